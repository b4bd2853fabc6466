import type { VirtualDevice } from '../../device/virtual-device.ts'
import type { JournalEntry } from '../../domain/journal.ts'
import type { RunOptions } from '../run-options.ts'
import { blockingApps } from './blocking-apps.ts'
import { evidence } from './evidence.ts'
import { BrokenInvariant, type Invariant, type Watched } from './invariant.ts'
import { noSecret } from './no-secret.ts'
import { profileAsked } from './profile-asked.ts'
import { progressForward } from './progress-forward.ts'
import { standardUser } from './standard-user.ts'
import { wayForward } from './way-forward.ts'

/** What holds after each step of every run. A server can break none of them, ours or another: it is a bug of ours when one does not hold. */
export const INVARIANTS: readonly Invariant[] = [
  wayForward,
  progressForward,
  standardUser,
  blockingApps,
  profileAsked,
  noSecret,
  evidence,
]

/**
 * Looks at each entry as it is written.
 *
 * @param fail called for what does not hold; the entry of the outcome comes when the run is over, and then it is thrown
 */
export function watchInvariants(
  journal: { onEntry(listener: (entry: JournalEntry) => void): unknown },
  device: VirtualDevice,
  { spec, vault }: Pick<RunOptions, 'spec' | 'vault'>,
  fail: (error: BrokenInvariant) => void,
): void {
  const watching = begun({ device, secrets: Object.values(vault), plain: JSON.stringify(spec) })
  journal.onEntry((entry) => {
    for (const { invariant, look } of watching) {
      const what = look(entry)
      if (what === undefined) continue
      const error = new BrokenInvariant(invariant, what)
      if (entry.kind === 'outcome') throw error
      fail(error)
    }
  })
}

/** Apart, so that a device that waits does not hold what only the beginning needs. */
const begun = (watched: Watched): { invariant: Invariant; look: ReturnType<Invariant['watch']> }[] =>
  INVARIANTS.map((invariant) => ({ invariant, look: invariant.watch(watched) }))
