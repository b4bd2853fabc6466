import type { Cause } from '../../../journal/cause/cause.ts'
import { causeOf } from '../../../journal/cause/cause-of.ts'
import { endText, factText, injectedText } from '../../../journal/cause/lines.ts'
import { outcomeOf, outcomeText, verdictOf } from '../../../journal/outcome.ts'
import { clock } from '../../rows/clock.ts'
import { wrap } from '../../text-width.ts'
import { type Item, Tree } from '../items.ts'
import type { Place } from '../model.ts'
import { oncePer, type Reading } from '../reading.ts'
import type { CockpitSource } from '../source.ts'
import { STYLE, told } from '../style.ts'

/** Why the run failed, or what failed on its way, in full. */
export function causeItems(reading: Reading, place: Place, source: CockpitSource, width: number): Item[] {
  const tree = new Tree(place)
  const lines = (id: string, texts: readonly string[], extra: Pick<Item, 'leadsTo'> = {}) => {
    texts.forEach((text, index) => {
      for (const [row, part] of wrap(text, width - 2).entries()) tree.leaf(`${id} ${index} ${row}`, [told(part)], extra)
    })
  }
  const part = (title: string, texts: readonly string[], extra?: Pick<Item, 'leadsTo'>) => {
    if (texts.length === 0) return
    tree.title(title)
    lines(title, texts, extra)
  }
  const outcome = outcomeOf(reading.entries)
  const verdict = verdictOf(reading.entries)
  if (outcome) part('How it ended', [outcomeText(outcome)])
  part('What was expected', verdict?.failures ?? [])
  const cause = causeIn(source)(reading)
  if (cause === null) {
    tree.leaf('none', [told('Nothing has failed up to here.', STYLE.good)])
    return tree.items()
  }
  part('What broke before', cause.before)
  part('What broke', [
    `${cause.sentence}, at ${clock(cause.at)}${endText(cause.end)}`,
    ...(cause.page ? [`page ${cause.page.id}: “${cause.page.text}”`] : []),
    ...(cause.step ? [`step ${cause.step.category}: ${cause.step.label} (${cause.step.status})`] : []),
    ...(cause.code === undefined ? [] : [`code ${cause.code}`]),
    ...(cause.provider === undefined ? [] : [`policy provider ${cause.provider}`]),
  ])
  const { app, exchange, csp, logged, fact, injected, explained } = cause
  if (app)
    part('The app', [`${app.name} (${app.kind})${app.exitCode === undefined ? '' : `, exit code ${app.exitCode}`}`])
  if (exchange) {
    const end = exchange.status === undefined ? (exchange.trouble ?? 'no answer yet') : `HTTP ${exchange.status}`
    const leadsTo = { tab: 'wire', id: String(exchange.id) } as const
    part('The exchange that decided', [`#${exchange.id} ${exchange.operation}: ${end}   Enter shows it`], { leadsTo })
  }
  if (csp) {
    const leadsTo = { tab: 'device', id: csp.uri } as const
    part('The write that decided', [`${csp.uri} is ${csp.value}, at ${clock(csp.at)}   Enter shows it`], { leadsTo })
  }
  if (logged)
    part('The event log before it', [`${logged.channel} ${logged.id || ''}: ${logged.text}, at ${clock(logged.at)}`])
  part('What is behind it', [...(fact ? [factText(fact)] : []), ...(injected ? [injectedText(injected)] : [])])
  if (explained) part('What the code means', [explained.why, `What to do: ${explained.help}`])
  part('What followed', cause.followed)
  part('What to try next', cause.next)
  return tree.items()
}

const workers = new WeakMap<CockpitSource, (reading: Reading) => Cause | null>()

function causeIn(source: CockpitSource): (reading: Reading) => Cause | null {
  const known = workers.get(source)
  if (known) return known
  const work = oncePer<Cause | null>(({ entries }) => causeOf(entries, { explain: source.explain }) ?? null)
  workers.set(source, work)
  return work
}
