import type { JournalEntry } from '../domain/journal.ts'

/** `edge network 4`, `state network.choosing`: transitions that were taken and states that were entered, with those around them. */
export function coversOf(journal: readonly JournalEntry[]): string[] {
  const covers = new Set<string>()
  for (const entry of journal) {
    if (entry.kind !== 'transition') continue
    for (const number of entry.taken ?? []) covers.add(`edge ${entry.machine} ${number}`)
    for (const leaf of entry.to === undefined || entry.to === '' ? [] : entry.to.split(',')) {
      const words = leaf.split('.')
      for (const index of words.keys()) covers.add(`state ${entry.machine}.${words.slice(0, index + 1).join('.')}`)
    }
  }
  return [...covers]
}
