import type { AppState, JournalEntry } from '../domain/journal.ts'

/** The last that a journal has of an app or a script; `absent` where it has nothing. */
export function endOfApp(journal: readonly JournalEntry[], name: string): AppState | 'absent' {
  const facts = journal.flatMap((entry) => (entry.kind === 'app' ? [entry] : []))
  // Before its package is here, an app has no name.
  const ids = new Set(facts.filter((fact) => fact.name === name).map(({ id }) => id))
  return facts.findLast(({ id }) => ids.has(id))?.state ?? 'absent'
}
