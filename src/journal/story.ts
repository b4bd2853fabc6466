import { formatDuration } from '../domain/duration.ts'
import type { JournalEntry, RunFact } from '../domain/journal.ts'
import type { Screen } from '../domain/screen.ts'

const SHOWN = 10

/** Entry 0: what the run was made of. */
export function specIn(journal: readonly JournalEntry[]): RunFact['spec'] | undefined {
  const [first] = journal
  return first?.kind === 'run' ? first.spec : undefined
}

/** Virtual milliseconds of the run. */
export const durationOf = (journal: readonly JournalEntry[]): number => journal.at(-1)?.at ?? 0

/** What was on the screen at the end. */
export function screenAtEnd(journal: readonly JournalEntry[]): Screen | undefined {
  const entry = journal.findLast((candidate) => candidate.kind === 'screen' && 'screen' in candidate)
  return entry?.kind === 'screen' && 'screen' in entry ? entry.screen : undefined
}

/** The last transitions of a run, for a message that says where it went. */
export function lastTransitions(journal: readonly JournalEntry[]): string {
  const steps = journal.flatMap((entry) =>
    entry.kind === 'transition' && entry.machine !== 'management' && entry.to !== undefined ? [entry] : [],
  )
  const lines = steps
    .slice(-SHOWN)
    .map(
      ({ at, machine, from, to, event }) =>
        `  ${formatDuration(at).padStart(8)}  ${machine}: ${from ?? '·'} → ${to}  (${event})`,
    )
  return lines.join('\n')
}

/** What was on the screen at the end, and what it offered. */
export function lastScreen(journal: readonly JournalEntry[]): string {
  const screen = screenAtEnd(journal)
  if (!screen) return '  nothing was shown'
  const { page, title, controls } = screen
  const buttons = controls.filter(({ kind }) => kind === 'button' || kind === 'link').map(({ label }) => label)
  return `  [${page}] ${title}${buttons.length > 0 ? `; it offered: ${buttons.join(', ')}` : ''}`
}
