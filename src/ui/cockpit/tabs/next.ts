import { type Chart, type ChartTransition, statesFrom } from '../../../charts/chart.ts'
import { triggerText } from '../../../charts/words.ts'
import { clock } from '../../rows/clock.ts'
import type { Row } from '../../rows/row.ts'
import { columns } from '../items.ts'
import type { Offer } from '../source.ts'
import { STYLE, told } from '../style.ts'

/** How an event of a statechart comes about by hand. */
export interface Way {
  event: string
  /** It is a button of the page: only the statechart of the page gets it. */
  isOfPage?: true
  offer: Offer
}

interface Possible {
  id: string
  row: Row
  /** What a person can do is the first, then what time and work bring. */
  rank: number
  detail: (width: number) => Row[]
  offer?: Offer
}

interface Around {
  ways: readonly Way[]
  /** The page on the screen is this statechart's. */
  isOfPage: boolean
  delayMs(name: string): number | undefined
  /** Virtual milliseconds of the moment that is looked at. */
  now: number
}

/** What the active states wait for, the innermost first. */
export function whatCanHappen(
  chart: Chart,
  walked: { active: readonly string[]; entered: ReadonlyMap<string, number>; taken: ReadonlyMap<number, number> },
  { ways, isOfPage, delayMs, now }: Around,
): Possible[] {
  const around = statesFrom(chart).filter(({ path }) =>
    walked.active.some((leaf) => path === '' || leaf === path || leaf.startsWith(`${path}.`)),
  )
  return around.toReversed().flatMap((state) =>
    state.transitions
      .filter(({ event }) => event !== 'always')
      .map((transition): Possible => {
        const way = ways.find((one) => one.event === transition.event && (isOfPage || !one.isOfPage))
        const times = walked.taken.get(transition.number) ?? 0
        const since = walked.entered.get(state.path)
        const due = dueOf(transition, since, delayMs)
        return {
          id: `next ${chart.id} ${transition.number}`,
          rank: way ? 0 : rankOf(transition),
          row: [
            ...(way ? [told(`${way.offer.label}  `, STYLE.good)] : []),
            told(`${chart.id}: `, STYLE.quiet),
            told(triggerText(transition), way ? {} : STYLE.quiet),
            told(` → ${transition.targets.join(', ') || 'stays'}`),
            told(way ? '' : `  ${waitsFor(transition)}`, STYLE.quiet),
            told(due === undefined ? '' : `  due ${clock(due)}`, STYLE.caution),
            told(times > 0 ? `  taken ${times}×` : '', STYLE.quiet),
          ],
          detail: (width) =>
            columns(
              [
                ['statechart', chart.id],
                ['in state', state.path || chart.id],
                ['since', since === undefined ? '' : clock(since)],
                ['event', transition.event],
                ...(due === undefined ? [] : [['due', `${clock(due)}, ${leftText(due - now)}`] as const]),
                ['if', transition.guard ?? 'always'],
                ['leads to', transition.targets.join(', ') || 'the same state'],
                ['does', transition.actions.join(', ') || 'nothing else'],
                ['taken in this run', `${times} times`],
                ['given by', way ? `${way.offer.label}: ${way.offer.about}` : waitsFor(transition)],
              ],
              width,
            ),
          ...(way ? { offer: way.offer } : {}),
        }
      }),
  )
}

/** What waits for a time, then for work that is under way, then for others. */
const rankOf = ({ event }: ChartTransition): number =>
  event.startsWith('after(') ? 1 : /^(done|error)\b/.test(event) ? 2 : 3

/** When a delay is over, in virtual milliseconds: so long after its state was entered. */
function dueOf({ event }: ChartTransition, since: number | undefined, delayMs: Around['delayMs']): number | undefined {
  const name = /^after\((.+)\)$/.exec(event)?.[1]
  const ms = name === undefined ? undefined : delayMs(name)
  return ms === undefined || since === undefined ? undefined : since + ms
}

const leftText = (ms: number): string => (ms <= 0 ? 'now' : `in ${clock(ms)}`)

/** Who gives an event that no person can give. */
function waitsFor({ event }: ChartTransition): string {
  const [, kind, what] = /^(after|done|error)\((.+)\)$/.exec(event) ?? []
  if (kind === 'after') return `a time: ${what}`
  if (kind === 'done') return `when ${what} has ended`
  if (kind === 'error') return `when ${what} fails`
  if (event === 'done') return 'when what is inside has ended'
  return event.startsWith('user.') ? 'a person at the device' : 'another statechart or the service'
}
