import * as v from 'valibot'
import { formatDuration } from '../../domain/duration.ts'
import { duration } from '../../events/values.ts'
import { defineExpectation, type Seen } from './define-expectation.ts'
import { insteadOf } from './near.ts'
import { isPlace, namedPlace, namesLike, place, StatesEntered } from './place.ts'
import { listOf } from './times.ts'

const full = v.pipe(
  v.strictObject({ in: place, atLeast: v.optional(duration), atMost: v.optional(duration) }),
  v.check(({ atLeast, atMost }) => atLeast !== undefined || atMost !== undefined, 'needs atLeast or atMost'),
)

/** Virtual milliseconds for which a page was shown or a state was active, all visits together; undefined where it never was. */
function timeIn(pattern: string, { journal, durationMs }: Seen): number | undefined {
  const states = new StatesEntered()
  let page: string | undefined
  let since: number | undefined
  let sum: number | undefined
  for (const entry of journal) {
    states.take(entry)
    if (entry.kind === 'screen' && 'screen' in entry) page = entry.screen.page
    if (entry.kind === 'power' && entry.event !== 'on') page = undefined
    if (entry.kind !== 'transition' && entry.kind !== 'screen' && entry.kind !== 'power') continue
    const isThere =
      (page !== undefined && isPlace(pattern, page)) || states.active().some((state) => isPlace(pattern, state))
    if (isThere && since === undefined) {
      since = entry.at
      sum ??= 0
    }
    if (!isThere && since !== undefined) {
      sum = sum! + entry.at - since
      since = undefined
    }
  }
  return since === undefined ? sum : sum! + durationMs - since
}

/** How long the device was on a page or in a state. */
export const spend = defineExpectation<'spend'>({
  matcher: 'toSpend',
  keys: {
    spend: v.pipe(
      listOf(full),
      v.description(
        'Virtual time on a page or in a state, all visits together: { in: enrollmentStatus, atMost: 30m }.',
      ),
    ) as never,
  },
  words: (where, options) => ({ spend: [{ in: where, ...options }] }),
  names: ({ spend: all = [] }) => all.flatMap((said, index) => namedPlace(['spend', index, 'in'], said.in)),
  judge: ({ spend: all = [] }, seen) =>
    all.map(({ in: where, atLeast, atMost }) => {
      const time = timeIn(where, seen)
      const limits = [
        ...(atLeast === undefined ? [] : [`at least ${formatDuration(atLeast)}`]),
        ...(atMost === undefined ? [] : [`at most ${formatDuration(atMost)}`]),
      ]
      return {
        holds: time !== undefined && time >= (atLeast ?? 0) && time <= (atMost ?? Number.POSITIVE_INFINITY),
        said: `${limits.join(' and ')} in ${where}`,
        found:
          time === undefined
            ? `; the run never came there${insteadOf(where, namesLike(where, seen), 'it came nowhere')}`
            : `; it was ${formatDuration(time)}`,
      }
    }),
})
