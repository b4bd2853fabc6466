import { CHANNEL, EVENTS } from '../events.ts'
import type { Cause } from '../windows-codes/windows-code.ts'
import type { Explanation } from './explanation.ts'

/** What to do when an event of this level is there. */
const HELP = {
  information: 'Nothing: it says how far the device has come.',
  warning: 'Look at the events behind it: the device tries again or leaves something out.',
  error: 'Look at the code in its text: "oobe explain CODE".',
} as const

const RANK = Object.keys(HELP) as (keyof typeof HELP)[]

type LogEvent = (typeof EVENTS)[keyof typeof EVENTS]

/** By channel and id: Windows gives one id to several sentences. */
const BY_ID = new Map<string, LogEvent[]>()
for (const event of Object.values(EVENTS)) {
  // A line of a log file has no id to ask for.
  if (event.id === 0) continue
  const key = `${event.channel} ${event.id}`
  BY_ID.set(key, [...(BY_ID.get(key) ?? []), event])
}

export const EVENT_EXPLANATIONS: readonly Explanation[] = [...BY_ID.values()].map((events): Explanation => {
  const { channel, id } = events[0]!
  const [first, ...more] = events.map(
    ({ level, text, source }): Cause => ({
      where: level,
      why: `"${text}"`,
      source: `oobe-autopilot-esp.md, ${source}`,
    }),
  )
  const worst = events.map(({ level }) => RANK.indexOf(level)).reduce((a, b) => Math.max(a, b))
  return {
    family: 'event',
    code: `event ${id}`,
    also: [String(id)],
    causes: [first!, ...more],
    pages: [],
    seen: `Windows event log ${CHANNEL[channel]}`,
    help: HELP[RANK[worst]!],
  }
})
