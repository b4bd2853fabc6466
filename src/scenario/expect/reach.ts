import * as v from 'valibot'
import { formatDuration } from '../../domain/duration.ts'
import type { ExpectationKinds } from '../../domain/expectations.ts'
import { defineExpectation } from './define-expectation.ts'
import { insteadOf } from './near.ts'
import { namedPlace, namesLike, placeOrEnd, visitsOf } from './place.ts'
import { countText, isSoOften, listOf, often, someDuration, timesText } from './times.ts'

const full = v.strictObject({
  to: placeOrEnd,
  within: v.optional(v.pipe(someDuration, v.description('Virtual time from power-on, such as 45m.'))),
  ...often,
})

type Said = NonNullable<ExpectationKinds<number>['reach']['reach']>[number]
const fullOf = (said: Said) => (typeof said === 'string' ? { to: said } : said)

/** Pages that were shown, states that were entered. */
export const reach = defineExpectation<'reach'>({
  matcher: 'toReach',
  keys: {
    reach: v.pipe(
      listOf(
        v.lazy((given) =>
          given === undefined ? v.union([placeOrEnd, full]) : typeof given === 'object' ? full : placeOrEnd,
        ),
      ),
      v.description('Pages, states and outcomes that the run comes to.'),
    ) as never,
  },
  words: (to, options) => ({ reach: [{ to, ...options }] }),
  names: ({ reach: all = [] }) =>
    all.flatMap((said, index) =>
      namedPlace(typeof said === 'string' ? ['reach', index] : ['reach', index, 'to'], fullOf(said).to),
    ),
  judge: ({ reach: all = [] }, seen) =>
    all.map(fullOf).map(({ to, within, times }) => {
      const visits = visitsOf(to, seen)
      const inTime = within === undefined ? visits : visits.filter((at) => at <= within)
      const [first] = visits
      const limit = within === undefined ? '' : ` within ${formatDuration(within)}`
      return {
        holds: isSoOften(inTime.length, times),
        said: `the run to reach ${to}${limit}${timesText(times)}`,
        found:
          first === undefined
            ? `; it never did${insteadOf(to, namesLike(to, seen), 'it came nowhere')}`
            : `; it did${visits.length > 1 ? ` ${countText(visits.length)}, first` : ''} after ${formatDuration(first)}`,
      }
    }),
})
