import { formatDuration } from '../domain/duration.ts'
import type { JournalEntry } from '../domain/journal.ts'
import { stimulusText } from '../journal/stimulus-text.ts'
import { plainText } from '../screens/plain-text.ts'

/** Prints a run from its journal as it grows: each page as text, restarts, events. */
export function plainLines(print: (line: string) => void): (line: string) => void {
  return (text) => {
    const entry = JSON.parse(text) as JournalEntry
    for (const line of linesOf(entry)) print(line)
  }
}

function linesOf(entry: JournalEntry): string[] {
  const at = formatDuration(entry.at).padStart(8)
  switch (entry.kind) {
    case 'screen':
      if ('skipped' in entry) return []
      return plainText(entry.screen).map((line, index) => `${index === 0 ? at : ' '.repeat(8)}  ${line}`)
    case 'power':
      return [`${at}  — power ${entry.event}${entry.reason ? `: ${entry.reason}` : ''} —`]
    case 'stimulus':
      return entry.by === 'script' ? [] : [`${at}  — ${whose(entry.by)}${stimulusText(entry.stimulus)} —`]
    default:
      return []
  }
}

/** Of what the scenario's events do, that they do it. */
const whose = (by: string): string => (by.startsWith('events.') ? 'event: ' : '')
