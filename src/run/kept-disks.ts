import type { BootState } from '../domain/boot.ts'
import type { JournalEntry } from '../domain/journal.ts'

/** What is on the disk from a moment on. */
export interface KeptDisk {
  /** Virtual milliseconds. */
  at: number
  disk: BootState
}

/** Grows with the journal: a disk that changes is another value, and what changed shows with the next entry. */
export function keptDisks(
  journal: { onEntry(listener: (entry: JournalEntry) => void): unknown },
  device: { readonly disk: BootState },
): readonly KeptDisk[] {
  const kept: KeptDisk[] = []
  journal.onEntry(({ at }) => {
    if (kept.at(-1)?.disk !== device.disk) kept.push({ at, disk: device.disk })
  })
  return kept
}
