import type { InfrastructureError, UserError } from '../domain/trouble.ts'

export const print = (line: string): void => void process.stdout.write(`${line}\n`)

/** One message, what helps below it, and never a stack: the mistake is the user's or the world's. */
export function printError(error: UserError | InfrastructureError): void {
  const details = 'details' in error ? error.details : []
  process.stderr.write(
    `${[`error ${error.code}: ${error.message}`, ...details.map((line) => `  ${line}`)].join('\n')}\n`,
  )
}
