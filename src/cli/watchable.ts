import { UserError } from '../domain/trouble.ts'
import type { Inspection } from './inspection.ts'
import { parsePort } from './options.ts'
import { printNote } from './print.ts'
import { hideSplash } from './splash.ts'

/** The port of `--inspect`, which may be left out: 0, for a free one. */
export const withPort = (args: readonly string[]): string[] => {
  const end = args.indexOf('--')
  return args.map((arg, index) => (arg === '--inspect' && (end < 0 || index < end) ? '--inspect=0' : arg))
}

/** The number of `--inspect`. Codes as {@link parsePort}, and `ERR_BAD_ARGUMENTS` for a port that reads like an operand. */
export function inspectPort(text: string | undefined, operands: readonly string[]): number | undefined {
  if (text === undefined) return undefined
  const port = operands.find((operand) => /^\d+$/.test(operand))
  if (port === undefined) return parsePort(text)
  throw new UserError('ERR_BAD_ARGUMENTS', `${port} is no device`, [
    `A port is joined to its option: --inspect=${port}`,
  ])
}

/**
 * Plays a run that can be watched at a port, or one that cannot. What it takes to be watched is loaded only then.
 *
 * @throws InfrastructureError `ERR_CANNOT_LISTEN` when the port is taken
 */
export async function watchable(
  port: number | undefined,
  play: (inspection: Inspection | undefined) => Promise<number>,
): Promise<number> {
  if (port === undefined) return play(undefined)
  const { openInspection } = await import('./inspection.ts')
  const inspection = await openInspection(port)
  try {
    hideSplash()
    printNote(`the run can be watched at ${inspection.address}, with the protocol of Stately's inspector`)
    return await play(inspection)
  } finally {
    await inspection.close()
  }
}
