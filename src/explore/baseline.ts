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
  const { run, release } = await prepareRun({ ...scenario, expect: null }, { seed, transport: 'direct', person })
  try {
    const result = await run.play()
    return baselineOf(scenario, seed, result)
  } finally {
    release()
  }
}

/** The same of a run that was played already. */
export const baselineOf = (scenario: Scenario, seed: number, result: RunResult): Baseline => ({
  scenario,
  seed,
  result,
  ...placesIn(result.journal),
})

/** Statecharts of management: what they do happens behind the pages. */
const BEHIND = new Set(['management', 'session', 'installation', 'packageDownload', 'oobe'])

function placesIn(journal: readonly JournalEntry[]): Pick<Baseline, 'requests' | 'states' | 'pages' | 'link'> {
  const requests: RequestPlace[] = []
  const pages = new Set<PageId>()
  let link: Baseline['link']
  let page: PageId | undefined
  let state = ''
  for (const entry of journal) {
    if (entry.kind === 'screen' && 'screen' in entry) {
      page = entry.screen.page
      pages.add(page)
    }
    if (entry.kind === 'transition' && !BEHIND.has(entry.machine)) state = enteredBy(entry).at(-1) ?? state
    if (entry.kind === 'network' && entry.via !== 'none') link ??= entry.via
    if (entry.kind === 'request') {
      const { operation, method, url } = entry
      requests.push({ operation, method, url, page, state })
    }
  }
  return { requests, states: lastingStates(journal), pages, link }
}

type Move = Extract<JournalEntry, { kind: 'transition' }>

const addresses = (machine: string, paths: string | undefined): string[] =>
  (paths?.split(',') ?? []).map((path) => `${machine}.${path}`)

const enteredBy = ({ machine, to }: Move): string[] => addresses(machine, to)

/** What is left again at the moment at which it is entered is over before anything can happen to it. */
function lastingStates(journal: readonly JournalEntry[]): string[] {
  const ends = endsOf(journal)
  const lasting = new Set<string>()
  /** Entered at this moment, and not left yet. */
  let fresh = new Set<string>()
  let now = -1
  const settle = () => {
    if (!ends.has(now)) for (const state of fresh) lasting.add(state)
    fresh = new Set()
  }
  for (const entry of journal) {
    if (entry.at !== now) settle()
    now = entry.at
    if (entry.kind !== 'transition') continue
    for (const state of addresses(entry.machine, entry.from)) fresh.delete(state)
    for (const machine of entry.ended ?? [])
      for (const state of fresh) if (state.startsWith(`${machine}.`)) fresh.delete(state)
    // The plan enters its state with that of the page.
    if (entry.machine !== 'oobe') for (const state of enteredBy(entry)) fresh.add(state)
  }
  settle()
  return [...lasting]
}

/** Moments at which a start of the device, or the whole run, comes to its end. */
const endsOf = (journal: readonly JournalEntry[]): ReadonlySet<number> =>
  new Set(
    journal.flatMap((entry) =>
      entry.kind === 'outcome' || (entry.kind === 'power' && entry.event !== 'on') ? [entry.at] : [],
    ),
  )
