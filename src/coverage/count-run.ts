import type { JournalEntry } from '../domain/journal.ts'
import type { Edge } from './edges.ts'

/** By the id of what was covered, how often: `state network.choosing`, `transition network 4`, `page region`. */
export type Counts = Record<string, number>

/** What coverage counts, in the order of the report. */
export const METRICS = ['states', 'transitions', 'pages', 'events', 'operations'] as const

export type Metric = (typeof METRICS)[number]

export const stateId = (machine: string, path: string): string => `state ${machine}.${path}`
/** @param way of the transition: see `edgesOf` */
export const transitionId = (way: string): string => `transition ${way}`
export const pageId = (page: string): string => `page ${page}`
export const eventId = (kind: string): string => `event ${kind}`
/** A session is one operation, whatever its number and its messages. */
export const operationId = (operation: string): string => `operation ${operation.replace(/ session.*/, '')}`

/** Entries that say something of what was covered. */
const KINDS = /^\{"at":[^,]*,"seq":\d+,"kind":"(run|transition|screen|stimulus|request)"/

/**
 * Counts what a run has covered, from the lines of its journal. A line that is torn, as of a killed run, says nothing.
 *
 * @param edgeOf a transition, by its statechart and number; undefined for one that this version does not have
 */
export function countRun(
  lines: Iterable<string>,
  edgeOf: (machine: string, number: number) => Edge | undefined,
): Counts {
  const counts: Counts = {}
  let events: readonly { does?: { kind?: string } }[] = []
  const count = (id: string | undefined) => {
    if (id !== undefined) counts[id] = (counts[id] ?? 0) + 1
  }
  const sources = new Set<string>()
  for (const line of lines) {
    if (!KINDS.test(line)) continue
    const entry = parsed(line)
    if (!entry) continue
    switch (entry.kind) {
      case 'run':
        events = (entry.spec as unknown as { events?: typeof events }).events ?? []
        break
      case 'transition':
        for (const path of pathsOf(entry.to)) count(stateId(entry.machine, path))
        for (const number of entry.taken ?? []) {
          const edge = edgeOf(entry.machine, number)
          if (!edge) continue
          count(transitionId(edge.way))
          for (const path of pathsOf(edge.from)) sources.add(stateId(edge.machine, path))
        }
        break
      case 'screen':
        if ('screen' in entry) count(pageId(entry.screen.page))
        break
      case 'stimulus': {
        const index = /^events\.(\d+)$/.exec(entry.by)?.[1]
        const kind = index === undefined ? undefined : events[Number(index)]?.does?.kind
        count(kind === undefined ? undefined : eventId(kind))
        break
      }
      case 'request':
        count(operationId(entry.operation))
        break
      default:
        break
    }
  }
  // A state that is left in the step that enters it is in no entry.
  for (const id of sources) if (counts[id] === undefined) count(id)
  return counts
}

function parsed(line: string): JournalEntry | undefined {
  try {
    return JSON.parse(line) as JournalEntry
  } catch {
    return undefined
  }
}

/** States that were entered, those around them included, each once. */
function pathsOf(to = ''): string[] {
  const leaves = to === '' ? [] : to.split(',')
  return [
    ...new Set(leaves.flatMap((leaf) => leaf.split('.').map((_, index, words) => words.slice(0, index + 1).join('.')))),
  ]
}
