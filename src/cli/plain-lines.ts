import { formatDuration } from '../domain/duration.ts'
import type { JournalEntry } from '../domain/journal.ts'
import { plainText } from '../screens/plain-text.ts'

/** Prints a run from its journal as it grows: each page as text, restarts, faults. */
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
    case 'fault':
      return [`${at}  — fault: ${entry.effect} —`]
    default:
      return []
  }
}
