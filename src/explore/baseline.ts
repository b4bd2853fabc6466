import type { JournalEntry } from '../domain/journal.ts'
import type { PageId } from '../domain/pages.ts'
import type { RunResult } from '../run/run-options.ts'
import { prepareRun } from '../scenario/run-scenario.ts'
import type { Scenario } from '../scenario/scenario.ts'
import { SweepPerson } from './sweep-person.ts'

/** A scenario played without a fault of ours: what faults are injected into, and compared with. */
export interface Baseline {
  scenario: Scenario
  seed: number
  result: RunResult
  /** Requests in their order, with the page that was shown and the states that were active. */
  requests: readonly RequestPlace[]
  /** What carries the traffic of the device when it first has a link. */
  link: 'wifi' | 'ethernet' | undefined
  /** States that the device enters and stays in for a while, once each: `network.choosing`. */
  states: readonly string[]
  pages: ReadonlySet<PageId>
}

export interface RequestPlace {
  operation: string
  method: string
  url: string
  page: PageId | undefined
  /** The state in which the device was, as far as it has a page. */
  state: string
}

/** @throws as `Run.play` */
export async function playBaseline(scenario: Scenario, seed: number): Promise<Baseline> {
  const person = new SweepPerson(scenario, [])
  const { run, release } = prepareRun({ ...scenario, expect: null }, { seed, transport: 'direct', person })
  try {
    const result = await run.play()
    return { scenario, seed, result, ...placesIn(result.journal) }
  } finally {
    release()
  }
}

/** Statecharts of management: what they do goes on behind the pages. */
const BEHIND = new Set(['management', 'session', 'installation', 'packageDownload', 'oobe'])

function placesIn(journal: readonly JournalEntry[]): Pick<Baseline, 'requests' | 'states' | 'pages' | 'link'> {
  const requests: RequestPlace[] = []
  const states = new Set<string>()
  const pages = new Set<PageId>()
  const ends = endsOf(journal)
  let link: Baseline['link']
  let page: PageId | undefined
  let state = ''
  for (const entry of journal) {
    if (entry.kind === 'screen' && 'screen' in entry) {
      page = entry.screen.page
      pages.add(page)
    }
    if (entry.kind === 'transition') {
      const entered = (entry.to?.split(',') ?? []).map((leaf) => `${entry.machine}.${leaf}`)
      // What ends at the same moment is over before anything can happen to it.
      if (!ends.has(entry.at)) for (const one of entered) states.add(one)
      if (!BEHIND.has(entry.machine)) state = entered.at(-1) ?? state
    }
    if (entry.kind === 'network' && entry.via !== 'none') link ??= entry.via
    if (entry.kind === 'request') {
      const { operation, method, url } = entry
      requests.push({ operation, method, url, page, state })
    }
  }
  return { requests, states: [...states], pages, link }
}

/** Moments at which a start of the device, or the whole run, comes to its end. */
const endsOf = (journal: readonly JournalEntry[]): ReadonlySet<number> =>
  new Set(
    journal.flatMap((entry) =>
      entry.kind === 'outcome' || (entry.kind === 'power' && entry.event !== 'on') ? [entry.at] : [],
    ),
  )
