import { formatDuration } from '../domain/duration.ts'
import type { JournalEntry } from '../domain/journal.ts'
import { InfrastructureError, UserError } from '../domain/trouble.ts'
import { statesAtEnd } from '../journal/path.ts'
import { durationOf, screenAtEnd, specIn } from '../journal/story.ts'
import type { Broken } from '../report/reporter.ts'
import { VERSION } from '../run/version.ts'
import { printRaw } from './print.ts'

/** Why a run has no verdict. A user error in the middle of a run came from what a service answered: the guard refused it. */
export function brokenBy(error: unknown): Broken {
  const message = error instanceof Error ? error.message : String(error)
  if (error instanceof UserError) return { kind: 'run', code: error.code, message }
  if (error instanceof InfrastructureError) return { kind: 'infrastructure', code: error.code, message }
  return { kind: 'bug', code: 'ERR_BUG', message: `a bug in oobe-sim: ${message}` }
}

export const isBug = (error: unknown): boolean => brokenBy(error).kind === 'bug'

/** Everything that a report of the bug needs. */
export function bugText(error: unknown, { path, journal }: { path: string; journal: readonly JournalEntry[] }): string {
  const spec = specIn(journal)
  const facts: [string, string | undefined][] = [
    ['scenario', spec?.scenario],
    ['seed', spec && String(spec.seed)],
    ['device time', formatDuration(durationOf(journal))],
    ['states', statesAtEnd(journal).join(', ') || 'powered off'],
    ['page', screenAtEnd(journal)?.page ?? 'none'],
    ['journal', path],
    ['version', `oobe-sim ${VERSION}, Node ${process.version}`],
  ]
  return [
    'This is a bug in oobe-sim; please report it, with these lines and the journal.',
    ...facts.flatMap(([name, value]) => (value === undefined ? [] : [`  ${`${name}:`.padEnd(13)}${value}`])),
    (error as Error | undefined)?.stack ?? String(error),
  ].join('\n')
}

export const printBug = (...about: Parameters<typeof bugText>): void => printRaw('error', `${bugText(...about)}\n`)
