import * as v from 'valibot'
import type { ExpectationKinds } from '../../domain/expectations.ts'
import type { JournalEntry } from '../../domain/journal.ts'
import { specIn } from '../../journal/story.ts'
import { defineExpectation } from './define-expectation.ts'
import { insteadOf } from './near.ts'
import { countedText, isSoOften, listOf, often, text, timesText } from './times.ts'

const event = v.pipe(text, v.description('The name of an event of this scenario: its "name".'))
const full = v.strictObject({ event, ...often })

type Said = NonNullable<ExpectationKinds['happened']['happened']>[number]
const fullOf = (said: Said) => (typeof said === 'string' ? { event: said } : said)

/** Names of the events that happened, each time. That a lasting one ended again is no time of its own. */
function cameIn(journal: readonly JournalEntry[]): string[] {
  const { events = [] } = (specIn(journal) ?? {}) as { events?: { name?: string; forMs?: number }[] }
  const first = new Map<string, string>()
  return journal.flatMap((entry) => {
    if (entry.kind !== 'stimulus') return []
    const { name, forMs } = events[Number(/^events\.(\d+)$/.exec(entry.by)?.[1])] ?? {}
    if (name === undefined) return []
    const text = JSON.stringify(entry.stimulus)
    if (!first.has(entry.by)) first.set(entry.by, text)
    return forMs === undefined || first.get(entry.by) === text ? [name] : []
  })
}

/** Events of the scenario that happened. */
export const happened = defineExpectation<'happened'>({
  matcher: 'toHaveHappened',
  keys: {
    happened: v.pipe(
      listOf(
        v.lazy((given) => (given === undefined ? v.union([event, full]) : typeof given === 'object' ? full : event)),
      ),
      v.description('Events of the scenario that happen, by their names.'),
    ) as never,
  },
  words: (name, options) => ({ happened: [{ event: name, ...options }] }),
  names: ({ happened: all = [] }) =>
    all.map((said, index) => ({
      path: typeof said === 'string' ? ['happened', index] : ['happened', index, 'event'],
      kind: 'event',
      name: fullOf(said).event,
    })),
  judge: ({ happened: all = [] }, { journal }) => {
    const came = cameIn(journal)
    return all.map(fullOf).map(({ event: wanted, times }) => {
      const count = came.filter((name) => name === wanted).length
      return {
        holds: isSoOften(count, times),
        said: `the event "${wanted}" to happen${timesText(times)}`,
        found: count === 0 ? `; it never did${insteadOf(wanted, came, 'no named event did')}` : countedText(count),
      }
    })
  },
})
