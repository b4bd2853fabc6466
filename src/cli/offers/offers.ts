import type { JournalEntry, RecordedSpec } from '../../domain/journal.ts'
import type { Offer } from '../../ui/cockpit/source.ts'
import { administratorOffers } from './administrator.ts'
import { deviceOffers } from './device.ts'
import { type Expected, faultOffers } from './faults.ts'
import { requestsIn } from './forecast.ts'
import { networkOffers } from './network.ts'
import { nowIn } from './now.ts'
import { serverOffers } from './server.ts'

/** Everything that can be done to a run by hand where it is now, each explained. @param forecast requests that it is going to have */
export function offersFor(
  spec: RecordedSpec,
  entries: readonly JournalEntry[],
  forecast: readonly Expected[] | undefined,
): Offer[] {
  const now = nowIn(spec, entries)
  return [
    ...networkOffers(now),
    ...deviceOffers(now),
    ...(now.isMocked ? [...serverOffers(now), ...administratorOffers(now)] : []),
    ...faultOffers(now, forecast ?? requestsIn(entries)),
  ]
}
