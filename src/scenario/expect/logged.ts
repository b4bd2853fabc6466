import * as v from 'valibot'
import type { ExpectationKinds } from '../../domain/expectations.ts'
import type { LogFact } from '../../domain/journal.ts'
import { defineExpectation } from './define-expectation.ts'
import { fieldsText, fits, hasPart, insteadOf, missingFields } from './near.ts'
import { countText, fields, isSoOften, listOf, often, text, timesText, whole } from './times.ts'

const event = v.pipe(text, v.description('Key of an event in docs/events.md; * is anything.'))
const full = v.pipe(
  v.strictObject({
    event: v.optional(event),
    id: v.optional(v.pipe(whole(0, 65_535), v.description('Event id.'))),
    channel: v.optional(v.pipe(text, v.description('A part of the name of its log.'))),
    level: v.optional(v.picklist(['information', 'warning', 'error'])),
    text: v.optional(v.pipe(text, v.description('A part of the sentence; * is anything.'))),
    data: v.optional(v.pipe(fields, v.description('Fields of the sentence by their names.'))),
    ...often,
  }),
  v.check(
    (facts) => Object.entries(facts).some(([name, fact]) => name !== 'times' && fact !== undefined),
    'needs one fact of the event',
  ),
)

type Said = NonNullable<ExpectationKinds['logged']['logged']>[number]
type Wanted = Exclude<Said, string>
const fullOf = (said: Said): Wanted => (typeof said === 'string' ? { event: said } : said)

function differences(entry: LogFact, { event: key, id, channel, level, text: part, data = {} }: Wanted): string[] {
  return [
    ...(key !== undefined && !fits(key, entry.event ?? '') ? [`it is ${entry.event}`] : []),
    ...(id !== undefined && entry.id !== id ? [`its id is ${entry.id}`] : []),
    ...(channel !== undefined && !hasPart(channel, entry.channel) ? [`its channel is ${entry.channel}`] : []),
    ...(level !== undefined && entry.level !== level ? [`its level is ${entry.level}`] : []),
    ...(part !== undefined && !hasPart(part, entry.text) ? [`its text is "${entry.text}"`] : []),
    ...missingFields(data, Object.entries(entry.data ?? {})),
  ]
}

/** Whether it is the event that is meant, whatever else is wrong with it. */
const isNamed = (entry: LogFact, { event: key, id }: Wanted): boolean =>
  (key !== undefined || id !== undefined) &&
  (key === undefined || fits(key, entry.event ?? '')) &&
  (id === undefined || entry.id === id)

function saidText({ event: key, id, channel, level, text: part, data, times }: Wanted): string {
  const facts = [
    ...(key === undefined ? [] : [key]),
    ...(id === undefined ? [] : [`with the id ${id}`]),
    ...(channel === undefined ? [] : [`in ${channel}`]),
    ...(level === undefined ? [] : [`of the level ${level}`]),
    ...(part === undefined ? [] : [`with the text "${part}"`]),
    ...(data === undefined ? [] : [`with ${fieldsText(data)}`]),
  ]
  return `the event ${facts.join(' ')} to be logged${timesText(times)}`
}

/** Events of Windows event logs. */
export const logged = defineExpectation<'logged'>({
  matcher: 'toHaveLogged',
  keys: {
    logged: v.pipe(
      listOf(
        v.lazy((given) => (given === undefined ? v.union([event, full]) : typeof given === 'object' ? full : event)),
      ),
      v.description(
        'Events of the Windows event logs, by their keys in docs/events.md, or by id, channel, level, text and data.',
      ),
    ) as never,
  },
  words: (key, options) => ({ logged: [{ event: key, ...options }] }),
  names: ({ logged: all = [] }) =>
    all.flatMap((said, index) => {
      const name = fullOf(said).event
      const path = typeof said === 'string' ? ['logged', index] : ['logged', index, 'event']
      return name === undefined ? [] : [{ path, kind: 'log event' as const, name }]
    }),
  judge: ({ logged: all = [] }, { journal }) => {
    const entries = journal.flatMap((entry) => (entry.kind === 'log' ? [entry] : []))
    return all.map(fullOf).map((wanted) => {
      const count = entries.filter((entry) => differences(entry, wanted).length === 0).length
      const own = entries.filter((entry) => isNamed(entry, wanted))
      const [nearest] = own
        .map((entry) => differences(entry, wanted))
        .filter(({ length }) => length > 0)
        .sort((a, b) => a.length - b.length)
      const found =
        count > 0
          ? `; it was logged ${countText(count)}`
          : nearest
            ? `; it was logged, but ${nearest.join(', and ')}`
            : insteadOf(
                wanted.text ?? wanted.event ?? '',
                entries.map((entry) => (wanted.text === undefined && entry.event ? entry.event : entry.text)),
                'nothing was logged',
              )
      return { holds: isSoOften(count, wanted.times), said: saidText(wanted), found }
    })
  },
})
