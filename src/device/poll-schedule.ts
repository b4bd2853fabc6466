import type { CspTree } from './csp/csp-tree.ts'

const MINUTE_MS = 60_000
/** Windows adds a set of its own where none is infinite (reference: mdm-protocols.md, 2.9). */
const FALLBACK_MS = 24 * 60 * MINUTE_MS

/**
 * Milliseconds until the next session, after so many sessions of the schedule. A set with count 0 and an interval goes on
 * for ever, and disables the later ones.
 */
export function nextPollMs(tree: CspTree, providerId: string, sessions: number): number {
  const base = `./Device/Vendor/MSFT/DMClient/Provider/${encodeURIComponent(providerId)}/Poll`
  const sets = [
    ['NumberOfFirstRetries', 'IntervalForFirstSetOfRetries'],
    ['NumberOfSecondRetries', 'IntervalForSecondSetOfRetries'],
    ['NumberOfRemainingScheduledRetries', 'IntervalForRemainingScheduledRetries'],
  ] as const
  let before = 0
  for (const [countName, intervalName] of sets) {
    const count = tree.readInt(`${base}/${countName}`)
    const interval = tree.readInt(`${base}/${intervalName}`)
    if (interval <= 0) continue
    if (count === 0 || sessions < before + count) return interval * MINUTE_MS
    before += count
  }
  return FALLBACK_MS
}
