import * as v from 'valibot'
import { defineExpectation } from './define-expectation.ts'
import { isSoOften, times, timesText } from './times.ts'

/** Starts of the device. */
export const boots = defineExpectation<'boots'>({
  matcher: 'toHaveBoots',
  keys: { boots: v.pipe(times, v.description('How often the device starts: a number, or { atLeast: 2, atMost: 4 }.')) },
  words: (count) => ({ boots: count }),
  judge: ({ boots: wanted }, { journal }) => {
    if (wanted === undefined) return []
    const count = journal.filter((entry) => entry.kind === 'power' && entry.event === 'on').length
    const said = typeof wanted === 'number' ? `${wanted} starts` : `starts${timesText(wanted)}`
    return [{ holds: isSoOften(count, wanted), said, found: `, got ${count}` }]
  },
})
