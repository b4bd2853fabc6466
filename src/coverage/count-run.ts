import type { JournalEntry } from '../domain/journal.ts'
import type { Screen } from '../domain/screen.ts'
import type { Edge } from './edges.ts'
import { Outcomes, type OutcomeTable } from './outcomes.ts'
import { pathsOf } from './paths.ts'
import { type FaultIndex, SeenFaults } from './seen-faults.ts'

/** By the id of what was covered, how often: `state network.choosing`, `transition network 4`, `page region`. */
export type Counts = Record<string, number>

/** What coverage counts, in the order of the report. */
export const METRICS = [
  'states',
  'transitions',
  'guards',
  'actors',
  'delays',
  'pages',
  'texts',
  'events',
  'faults',
  'operations',
  'nodes',
] as const

export type Metric = (typeof METRICS)[number]

export const stateId = (machine: string, path: string): string => `state ${machine}.${path}`
/** @param way of the transition: see `edgesOf` */
export const transitionId = (way: string): string => `transition ${way}`
export const pageId = (page: string): string => `page ${page}`
export const eventId = (kind: string): string => `event ${kind}`
/** A session is one operation, whatever its number and its messages. */
export const operationId = (operation: string): string => `operation ${operation.replace(/ session.*/, '')}`
/** @param address of the node, with `{}` for names that were chosen */
export const nodeId = (address: string): string => `node ${address}`

/** Tables for what the statecharts alone do not tell. */
export interface Detail {
  outcomes: OutcomeTable
  /** Ids of the texts that a screen says. */
  textsIn: (screen: Screen) => readonly string[]
  faults: FaultIndex
  /** The address of a node of the management tree in the tables. */
  nodeOf: (uri: string) => string | undefined
}

/** Entries that say something of what was covered. */
const KINDS = /^\{"at":[^,]*,"seq":\d+,"kind":"(run|transition|screen|stimulus|request)"/
const DETAIL_KINDS = /^\{"at":[^,]*,"seq":\d+,"kind":"(csp|power)"/
const LOG_KINDS = /^\{"at":[^,]*,"seq":\d+,"kind":"(log|session|response)"/

/**
 * Counts what a run has covered, from the lines of its journal. A line that is torn, as of a killed run, says nothing.
 *
 * @param edgeOf a transition, by its statechart and number; undefined for one that this version does not have
 * @param detail left out: outcomes of guards, actors and delays, texts, faults and nodes are not counted
 */
export function countRun(
  lines: Iterable<string>,
  edgeOf: (machine: string, number: number) => Edge | undefined,
  detail?: Detail,
): Counts {
  const counts: Counts = {}
  let events: readonly { does?: { kind?: string } }[] = []
  const count = (id: string | undefined) => {
    if (id !== undefined) counts[id] = (counts[id] ?? 0) + 1
  }
  const sources = new Set<string>()
  const outcomes = detail && new Outcomes(detail.outcomes, count)
  const faults = detail && new SeenFaults(detail.faults)
  for (const line of lines) {
    if (!isRead(line, detail)) continue
    const entry = parsed(line)
    if (!entry) continue
    switch (entry.kind) {
      case 'run':
        events = (entry.spec as unknown as { events?: typeof events }).events ?? []
        break
      case 'transition': {
        const edges = (entry.taken ?? []).flatMap((number) => edgeOf(entry.machine, number) ?? [])
        for (const path of pathsOf(entry.to)) count(stateId(entry.machine, path))
        for (const edge of edges) {
          count(transitionId(edge.way))
          for (const path of pathsOf(edge.from)) sources.add(stateId(edge.machine, path))
        }
        outcomes?.step(entry, edges)
        break
      }
      case 'screen':
        if (!('screen' in entry)) break
        count(pageId(entry.screen.page))
        detail?.textsIn(entry.screen).forEach(count)
        faults?.see(entry)
        break
      case 'stimulus': {
        const index = /^events\.(\d+)$/.exec(entry.by)?.[1]
        const event = index === undefined ? undefined : events[Number(index)]
        const kind = event?.does?.kind
        count(kind === undefined ? undefined : eventId(kind))
        if (event) faults?.happened(event)
        break
      }
      case 'request':
        count(operationId(entry.operation))
        break
      case 'csp': {
        const node = detail?.nodeOf(entry.uri)
        count(node === undefined ? undefined : nodeId(node))
        faults?.see(entry)
        break
      }
      case 'power':
        if (entry.event !== 'on') outcomes?.stop()
        break
      case 'log':
      case 'session':
      case 'response':
        faults?.see(entry)
        break
      default:
        break
    }
  }
  // A state that is left in the step that enters it is in no entry.
  for (const id of sources) if (counts[id] === undefined) count(id)
  faults?.ids().forEach(count)
  return counts
}

const isRead = (line: string, detail: Detail | undefined): boolean =>
  KINDS.test(line) ||
  (detail !== undefined && (DETAIL_KINDS.test(line) || (LOG_KINDS.test(line) && detail.faults.logPattern.test(line))))

function parsed(line: string): JournalEntry | undefined {
  try {
    return JSON.parse(line) as JournalEntry
  } catch {
    return undefined
  }
}
