import * as v from 'valibot'
import type { ExpectationKinds } from '../../domain/expectations.ts'
import { PAGE_IDS } from '../../domain/pages.ts'
import { pagesOf } from '../../journal/pages.ts'
import { defineExpectation } from './define-expectation.ts'
import { hasPart, insteadOf } from './near.ts'
import { listOf, text } from './times.ts'

const page = v.picklist(PAGE_IDS)
const full = v.strictObject({
  page,
  why: v.optional(v.pipe(text, v.description('A part of the fact that hides the page, or of what it does.'))),
})

type Said = NonNullable<ExpectationKinds['skip']['skip']>[number]
const fullOf = (said: Said) => (typeof said === 'string' ? { page: said } : said)

/** Pages that ended without having been shown, and why. */
export const skip = defineExpectation<'skip'>({
  matcher: 'toSkip',
  keys: {
    skip: v.pipe(
      listOf(
        v.lazy((given) => (given === undefined ? v.union([page, full]) : typeof given === 'object' ? full : page)),
      ),
      v.description('Pages that are skipped, with a part of the reason: { page: licenseTerms, why: SkipEula }.'),
    ) as never,
  },
  words: (one, options) => ({ skip: [{ page: one, ...options }] }),
  judge: ({ skip: all = [] }, { journal }) => {
    const skipped = journal.flatMap((entry) => (entry.kind === 'screen' && 'skipped' in entry ? [entry] : []))
    return all.map(fullOf).map(({ page: wanted, why }) => {
      const own = skipped.filter((entry) => entry.skipped === wanted)
      const reasons = own.flatMap((entry) => entry.why.map(({ fact, effect }) => `${fact}: ${effect}`))
      const wasShown = pagesOf(journal).includes(wanted)
      return {
        holds: own.length > 0 && (why === undefined || reasons.some((reason) => hasPart(why, reason))),
        said: `the page ${wanted} to be skipped${why === undefined ? '' : ` for "${why}"`}`,
        found:
          own.length > 0
            ? `; it was skipped for ${reasons.map((reason) => `"${reason}"`).join(', ') || 'no reason'}`
            : `; it was ${wasShown ? 'shown' : 'neither shown nor skipped'}${insteadOf(
                wanted,
                skipped.map((entry) => entry.skipped),
                'nothing was skipped',
              )}`,
      }
    })
  },
})
