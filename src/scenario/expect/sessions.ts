import * as v from 'valibot'
import type { SessionOptions } from '../../domain/expectations.ts'
import type { SessionFact } from '../../domain/journal.ts'
import { defineExpectation } from './define-expectation.ts'
import { fits } from './near.ts'
import { countText, isSoOften, listOf, often, text, timesText, whole, windowsCode } from './times.ts'

const held = whole(0, 100_000)
const full = v.strictObject({
  result: v.optional(v.pipe(v.picklist(['held', 'failed']), v.description('failed: any other end.'))),
  startedBy: v.optional(v.pipe(text, v.description('What began it, such as schedule; * is anything.'))),
  code: v.optional(windowsCode),
  ...often,
})

const codeOf = ({ result }: SessionFact): string | undefined => (typeof result === 'object' ? result.code : undefined)

const isLike = (session: SessionFact, { result, startedBy, code }: SessionOptions): boolean =>
  (result === undefined || (session.result === 'held') === (result === 'held')) &&
  (startedBy === undefined || fits(startedBy, session.startedBy)) &&
  (code === undefined || codeOf(session)?.toLowerCase() === code.toLowerCase())

/** `4 held, 1 failed with 0x80072ee2`. */
function countsText(sessions: readonly SessionFact[]): string {
  const counts = new Map<string, number>()
  for (const session of sessions) {
    const code = codeOf(session)
    const end = session.result === 'held' ? 'held' : `failed${code === undefined ? '' : ` with ${code}`}`
    const what = `${end} (${session.startedBy})`
    counts.set(what, (counts.get(what) ?? 0) + 1)
  }
  return [...counts].map(([what, count]) => `${count} ${what}`).join(', ') || 'none'
}

/** Sessions with the management server. */
export const sessions = defineExpectation<'sessions'>({
  matcher: 'toHaveSessions',
  keys: {
    sessions: v.pipe(
      v.lazy((given) =>
        given === undefined ? v.union([held, listOf(full)]) : Array.isArray(given) ? listOf(full) : held,
      ),
      v.description('Sessions with the management server: how many were held, or a list of those that there were.'),
    ) as never,
  },
  words: (said) => ({ sessions: typeof said === 'number' ? said : [said] }),
  judge: ({ sessions: said }, { journal }) => {
    if (said === undefined) return []
    const ended = journal.flatMap((entry) => (entry.kind === 'session' && entry.event === 'ended' ? [entry] : []))
    const wanted: SessionOptions[] = typeof said === 'number' ? [{ result: 'held', times: said }] : said
    return wanted.map((one) => {
      const count = ended.filter((session) => isLike(session, one)).length
      const facts = [
        ...(one.result === undefined ? [] : [one.result]),
        ...(one.startedBy === undefined ? [] : [`begun by ${one.startedBy}`]),
        ...(one.code === undefined ? [] : [`ended by ${one.code}`]),
      ]
      return {
        holds: isSoOften(count, one.times),
        said: `a management session${facts.length > 0 ? ` ${facts.join(', ')}` : ''}${timesText(one.times)}`,
        found: `; it was ${countText(count)}: ${countsText(ended)}`,
      }
    })
  },
})
