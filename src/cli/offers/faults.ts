import { parseDuration } from '../../domain/duration.ts'
import type { Fault } from '../../domain/faults/fault.ts'
import { FAULTS } from '../../domain/faults/faults.ts'
import { PAGES, type PageId } from '../../domain/pages.ts'
import type { Stimulus } from '../../domain/stimulus.ts'
import { definitionOf, lasts } from '../../events/event-kinds.ts'
import { kindOf } from '../../explore/steps.ts'
import { effectOf } from '../../explore/with-fault.ts'
import type { Offer } from '../../ui/cockpit/source.ts'
import type { Now } from './now.ts'

/** A request that the run is going to have, or had. */
export interface Expected {
  operation: string
  method: string
  url: string
  page: PageId | undefined
}

/** Faults of the catalogue that can bite from here on. @param forecast requests of the whole run, as far as they are known */
export const faultOffers = (now: Now, forecast: readonly Expected[]): Offer[] =>
  FAULTS.flatMap((fault): Offer[] => {
    const stimuli = stimuliOf(fault, now, forecast)
    if (stimuli.length === 0) return []
    const { name, family } = fault
    return [{ id: `fault ${name}`, group: family, label: name, about: aboutOf(fault), stimuli, ...endOf(fault) }]
  })

function stimuliOf({ bites, does, needs }: Fault, now: Now, forecast: readonly Expected[]): Stimulus[] {
  if (!does || 'fromStart' in bites) return []
  if (needs !== undefined && now.network?.via !== needs) return []
  const { for: lastsFor, times = 1, ...words } = does
  void lastsFor
  const effect = effectOf(words)
  const { apply } = definitionOf(effect)
  const on = (pattern: string): Stimulus => apply(effect.value as never, pattern)
  if ('states' in bites) {
    const { states } = bites
    const isThere =
      states === 'all'
        ? now.isOn
        : now.states.some((state) => states.some((one) => state === one || state.startsWith(`${one}.`)))
    return isThere ? [on('*')] : []
  }
  const next = nextOf(bites, now, forecast)
  if (!next) return []
  const { method, url } = next
  return Array.from({ length: times }, () => on(`${method} ${url.split('?')[0]}*`))
}

/** The next request that the fault is about: one that is still to come, or that the page on the screen would repeat. */
function nextOf(
  { requests, on }: Extract<Fault['bites'], { requests: readonly string[] }>,
  { entries, screen }: Now,
  forecast: readonly Expected[],
): Expected | undefined {
  const had = new Map<string, number>()
  for (const entry of entries) {
    if (entry.kind === 'request') had.set(kindOf(entry.operation), (had.get(kindOf(entry.operation)) ?? 0) + 1)
  }
  const seen = new Map<string, number>()
  return forecast.find((one) => {
    const kind = kindOf(one.operation)
    const count = (seen.get(kind) ?? 0) + 1
    seen.set(kind, count)
    if (!requests.includes(kind)) return false
    if (on && (one.page === undefined || !on.includes(one.page))) return false
    const isToCome = count > (had.get(kind) ?? 0)
    return (
      isToCome || (screen !== null && one.page !== undefined && PAGES[one.page].machine === PAGES[screen.page].machine)
    )
  })
}

/** What ends a fault that lasts, and how long the catalogue has it last. */
function endOf({ does }: Fault): Pick<Offer, 'back' | 'lastsMs'> {
  const { for: lastsFor, times: _, ...words } = does!
  const effect = effectOf(words)
  const { undo } = definitionOf(effect)
  if (undo === null || !lasts(effect)) return {}
  const lastsMs = lastsFor === undefined ? undefined : parseDuration(lastsFor)
  return { back: [undo(effect.value)], ...(lastsMs === undefined ? {} : { lastsMs }) }
}

function aboutOf({ about, help, does }: Fault): string {
  const { for: lastsFor, times: _, ...words } = does!
  const stays = lasts(effectOf(words))
    ? ` It lasts as long as you say${lastsFor === undefined ? '' : `: ${lastsFor} in the catalogue`}.`
    : ''
  return `${about} ${help}${stays}`
}
