import type { CspTree } from './csp/csp-tree.ts'

const MINUTE_MS = 60_000
/** Windows adds its own set where none is infinite (reference: mdm-protocols.md, 2.9). */
const FALLBACK_MS = 24 * 60 * MINUTE_MS

const SETS = [
  ['NumberOfFirstRetries', 'IntervalForFirstSetOfRetries'],
  ['NumberOfSecondRetries', 'IntervalForSecondSetOfRetries'],
  ['NumberOfRemainingScheduledRetries', 'IntervalForRemainingScheduledRetries'],
] as const

const baseOf = (providerId: string): string =>
  `./Device/Vendor/MSFT/DMClient/Provider/${encodeURIComponent(providerId)}/Poll`

/** The schedule as one text: when it is another, counting starts anew. */
export const pollScheduleOf = (tree: CspTree, providerId: string): string =>
  SETS.flat()
    .map((name) => tree.readInt(`${baseOf(providerId)}/${name}`))
    .join(' ')

/**
 * Milliseconds until the next session, after so many sessions of the schedule. A set with count 0 and an interval continues
 * for ever, and disables the later ones. What Windows makes of no set at all, or of two endless ones, is undefined by
 * Microsoft; here the first endless one counts, and without any the set that Windows adds.
 */
export function nextPollMs(tree: CspTree, providerId: string, sessions: number): number {
  const base = baseOf(providerId)
  let before = 0
  for (const [countName, intervalName] of SETS) {
    const count = tree.readInt(`${base}/${countName}`)
    const interval = tree.readInt(`${base}/${intervalName}`)
    if (interval <= 0) continue
    if (count === 0 || sessions < before + count) return interval * MINUTE_MS
    before += count
  }
  return FALLBACK_MS
}
