import type { JournalEntry } from '../../domain/journal.ts'
import type { Invariant } from './invariant.ts'

/** A start of the device, or another person at it, begins the page anew. */
const beginsAnew = (entry: JournalEntry): boolean =>
  entry.kind === 'power' || (entry.kind === 'screen' && 'screen' in entry && entry.screen.page === 'nextSignIn')

/** Rounding of a sum of fractions. */
const EPSILON = 1e-9

export const progressForward: Invariant = {
  name: 'progressForward',
  about: 'the bar of the Enrollment Status Page never goes back',
  watch() {
    let reached = 0
    return (entry) => {
      if (beginsAnew(entry)) reached = 0
      if (entry.kind !== 'screen' || !('screen' in entry)) return undefined
      const { progress } = entry.screen
      const fraction = progress?.categories && progress.fraction
      if (fraction === undefined) return undefined
      if (fraction < reached - EPSILON) return `from ${reached} to ${fraction}`
      reached = Math.max(reached, fraction)
      return undefined
    }
  },
}
