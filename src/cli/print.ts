import type { InfrastructureError, UserError } from '../domain/trouble.ts'

/** Files and services can hold escape sequences; a terminal would obey them. */
const CONTROLS = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g

const inert = (text: string): string => text.replace(CONTROLS, '\ufffd')

export const print = (line: string): void => void process.stdout.write(`${inert(line)}\n`)

/** On the side of errors: what a reporter prints must stay what a program can read. */
export const printNote = (line: string): void => void process.stderr.write(`note: ${inert(line)}\n`)

/** One message, what helps below it, and never a stack: the mistake is the user's or the world's. */
export function printError(error: UserError | InfrastructureError): void {
  const details = 'details' in error ? error.details : []
  process.stderr.write(
    `${inert([`error ${error.code}: ${error.message}`, ...details.map((line) => `  ${line}`)].join('\n'))}\n`,
  )
}
