import { formatDuration } from '../../domain/duration.ts'
import type { JournalEntry } from '../../domain/journal.ts'
import { SIDES, type Side, sideOf } from '../../domain/sides.ts'
import { messageOperation, sessionOperation, shortAnswer, withoutMessage } from '../wire.ts'

/** Why something went wrong, or is against the rules and did not stop the run. */
export interface SessionCause {
  /** Virtual milliseconds, of the first time. */
  at: number
  /** `odd`: carried out all the same. */
  kind: 'sessionFailed' | 'odd'
  side: Side
  /** Left out for what is odd. */
  code?: string
  text: string
  times: number
  /** All management sessions of the run. */
  sessions: number
  /** The exchange in which it shows first: a number of `oobe run --wire`. */
  exchange?: number
}

type Told = Omit<SessionCause, 'at' | 'times' | 'sessions' | 'exchange'>

/** Why management sessions failed, and what of the server's answers was odd: each reason once, in the order of the journal. */
export function sessionCausesOf(journal: readonly JournalEntry[]): SessionCause[] {
  const causes = new Map<string, SessionCause>()
  const exchanges = new Map<string, number>()
  const note = (at: number, id: string, exchange: number | undefined, cause: Told): void => {
    const known = causes.get(id)
    if (known) {
      known.times++
      return
    }
    causes.set(id, { ...cause, at, times: 1, sessions: 0, ...(exchange === undefined ? {} : { exchange }) })
  }
  let sessions = 0
  for (const entry of journal) {
    if (entry.kind === 'request') {
      exchanges.set(entry.operation, entry.id)
      exchanges.set(withoutMessage(entry.operation), entry.id)
    }
    if (entry.kind === 'response' && entry.missing !== undefined) {
      note(entry.at, 'short', entry.id, { kind: 'odd', side: 'server', text: shortAnswer(entry.missing) })
    }
    if (entry.kind !== 'session' || entry.event !== 'ended') continue
    sessions++
    const { at, session, result, odd = [] } = entry
    const last = exchanges.get(sessionOperation(session))
    if (typeof result === 'object') {
      const { code, text } = result
      note(at, `${code} ${withoutNumbers(text)}`, last, { kind: 'sessionFailed', side: sideOf(code), code, text })
    }
    for (const { message, text } of odd)
      note(at, withoutNumbers(text), exchanges.get(messageOperation(session, message)), {
        kind: 'odd',
        side: 'server',
        text,
      })
  }
  return [...causes.values()].map((cause) => ({ ...cause, sessions }))
}

/** The same trouble in another session, at another message or in another place of its text. */
const withoutNumbers = (text: string): string => text.replace(/\d+/g, '')

/** In one line, for a person. */
export function sessionCauseText({ at, kind, side, code, text, times, sessions, exchange }: SessionCause): string {
  const place = `first at ${formatDuration(at)}${exchange === undefined ? '' : ` in exchange ${exchange}`}`
  if (kind === 'odd') {
    const often = times === 1 ? 'once' : `${times} times`
    return `against the rules, and taken all the same, ${often}: ${text}; ${place}`
  }
  const count = `${times} of ${sessions} management sessions`
  return `${count} failed, by ${SIDES[side]}: ${text}${code === undefined ? '' : ` (${code})`}, ${place}`
}
