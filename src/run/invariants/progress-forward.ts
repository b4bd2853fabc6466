import type { JournalEntry } from '../../domain/journal.ts'
import type { PageId } from '../../domain/pages.ts'
import type { Invariant } from './invariant.ts'

/** After these pages the page opens anew. */
const BETWEEN: readonly string[] = ['nextSignIn', 'technicianStatus'] satisfies PageId[]

/** A start of the device, another person at it, or a technician who tries again begins the page anew. */
const beginsAnew = (entry: JournalEntry): boolean =>
  entry.kind === 'power' || (entry.kind === 'screen' && 'screen' in entry && BETWEEN.includes(entry.screen.page))

export const progressForward: Invariant = {
  name: 'progressForward',
  about: 'a category of the Enrollment Status Page that is complete stays so',
  watch() {
    const complete = new Set<string>()
    return (entry) => {
      if (beginsAnew(entry)) {
        complete.clear()
        return undefined
      }
      if (entry.kind !== 'screen' || !('screen' in entry)) return undefined
      for (const { id, state } of entry.screen.progress?.categories ?? []) {
        if (state === 'succeeded') complete.add(id)
        else if (complete.has(id)) return `${id} was complete, and is ${state}`
      }
      return undefined
    }
  },
}
