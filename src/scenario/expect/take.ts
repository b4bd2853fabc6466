import * as v from 'valibot'
import type { ExpectationKinds } from '../../domain/expectations.ts'
import { fitsPattern } from '../../domain/text-pattern.ts'
import { defineExpectation } from './define-expectation.ts'
import { insteadOf } from './near.ts'
import { countedText, isSoOften, listOf, often, text, timesText } from './times.ts'
import { asWay, namesOfWay, shortWayOf } from './ways.ts'

const way = v.pipe(
  text,
  v.regex(/(→|->) *\S|\bstays\b|\*/, 'must be a transition, such as "network.connecting → connected"'),
  v.description('A transition as "oobe coverage" names it; its guard and its trigger may be left out, * is anything.'),
)
const full = v.strictObject({ way, ...often })

type Said = NonNullable<ExpectationKinds<number>['take']['take']>[number]
const fullOf = (said: Said) => (typeof said === 'string' ? { way: said } : said)

/** Transitions that were taken. */
export const take = defineExpectation<'take'>({
  matcher: 'toTake',
  keys: {
    take: v.pipe(
      listOf(v.lazy((given) => (given === undefined ? v.union([way, full]) : typeof given === 'object' ? full : way))),
      v.description('Transitions that statecharts take: "network.connecting → connected".'),
    ) as never,
  },
  words: (one, options) => ({ take: [{ way: one, ...options }] }),
  names: ({ take: all = [] }) =>
    all.map((said, index) => ({
      path: typeof said === 'string' ? ['take', index] : ['take', index, 'way'],
      kind: 'way',
      name: asWay(fullOf(said).way),
    })),
  judge: ({ take: all = [] }, { takenWays }) =>
    all.map(fullOf).map((said) => {
      const wanted = asWay(said.way)
      const taken = takenWays()
      // Those that leave the same state tell most.
      const place = wanted.split(/:| →/)[0]!
      const near = taken.filter((one) => one.startsWith(`${place}:`))
      const count = taken.filter((one) => namesOfWay(one).some((name) => fitsPattern(wanted, name))).length
      return {
        holds: isSoOften(count, said.times),
        said: `the transition ${wanted}${timesText(said.times)}`,
        found:
          count === 0
            ? `; it was not taken${insteadOf(wanted, near.length > 0 ? near : taken, 'none was', shortWayOf)}`
            : countedText(count),
      }
    }),
})
