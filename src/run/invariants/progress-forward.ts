import type { JournalEntry } from '../../domain/journal.ts'
import type { Invariant } from './invariant.ts'

/** A start of the device, or another person at it, begins the page anew. */
const beginsAnew = (entry: JournalEntry): boolean =>
  entry.kind === 'power' || (entry.kind === 'screen' && 'screen' in entry && entry.screen.page === 'nextSignIn')

export const progressForward: Invariant = {
  name: 'progressForward',
  about: 'a category of the Enrollment Status Page that is complete stays so',
  watch() {
    const complete = new Set<string>()
    return (entry) => {
      if (beginsAnew(entry)) complete.clear()
      if (entry.kind !== 'screen' || !('screen' in entry)) return undefined
      for (const { id, state } of entry.screen.progress?.categories ?? []) {
        if (state === 'succeeded') complete.add(id)
        else if (complete.has(id)) return `${id} was complete, and is ${state}`
      }
      return undefined
    }
  },
}
