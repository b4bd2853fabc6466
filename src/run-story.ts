import { formatDuration } from './domain/duration.ts'
import type { JournalEntry } from './domain/journal.ts'

const SHOWN = 10

/** The last transitions of a run, for a message that says where it went. */
export function lastTransitions(journal: readonly JournalEntry[]): string {
  const steps = journal.filter((entry) => entry.kind === 'transition' && entry.machine !== 'management')
  const lines = steps.slice(-SHOWN).map((entry) => {
    if (entry.kind !== 'transition') return ''
    return `  ${formatDuration(entry.at).padStart(8)}  ${entry.machine}: ${entry.from ?? '·'} → ${entry.to}  (${entry.event})`
  })
  return lines.join('\n')
}

/** What was on the screen at the end, and what it offered. */
export function lastScreen(journal: readonly JournalEntry[]): string {
  const entry = journal.findLast((candidate) => candidate.kind === 'screen' && 'screen' in candidate)
  if (entry?.kind !== 'screen' || !('screen' in entry)) return '  nothing was shown'
  const { page, title, controls } = entry.screen
  const buttons = controls.filter(({ kind }) => kind === 'button' || kind === 'link').map(({ label }) => label)
  return `  [${page}] ${title}${buttons.length > 0 ? `; it offered: ${buttons.join(', ')}` : ''}`
}
