import { formatDuration } from '../domain/duration.ts'
import type { Fault } from '../domain/faults/fault.ts'
import { matchesRequest, type RequestPattern } from '../events/request-pattern.ts'
import type { Baseline, RequestPlace } from './baseline.ts'

/** One place in a run at which a fault is injected: plain data, which a worker can be given. */
export type Step =
  | { kind: 'request'; operation: string; place: string; pattern: RequestPattern; from: number }
  | { kind: 'state'; state: string }
  | { kind: 'moment'; atMs: number }
  | { kind: 'start' }

/** As a matrix has it. */
export function stepText(step: Step): string {
  switch (step.kind) {
    case 'request':
      return `${step.operation} in ${step.place}`
    case 'state':
      return step.state
    case 'moment':
      return `at ${formatDuration(step.atMs)}`
    case 'start':
      return 'from the beginning'
  }
}

/** Where a fault can bite in a run; empty where the run does not come to such a place. */
export function stepsOf({ bites, needs }: Fault, baseline: Baseline): Step[] {
  if (needs !== undefined && baseline.link !== needs) return []
  if ('fromStart' in bites) return baseline.pages.has(bites.fromStart) ? [{ kind: 'start' }] : []
  if ('states' in bites) {
    const { states: wanted } = bites
    const states =
      wanted === 'all'
        ? baseline.states
        : baseline.states.filter((state) => wanted.some((one) => state === one || state.startsWith(`${one}.`)))
    return states.map((state) => ({ kind: 'state', state }))
  }
  const { requests: operations, on: pages, first } = bites
  const steps = new Map<string, Step>()
  baseline.requests.forEach((request, index) => {
    const { page, state } = request
    const operation = kindOf(request.operation)
    if (!operations.includes(operation)) return
    if (pages && (page === undefined || !pages.includes(page))) return
    const place = state === '' ? 'the beginning' : state
    // The same request of the same state is the same step once more.
    const key = `${operation} ${place}`
    if (steps.has(key) || (first && steps.size > 0)) return
    const pattern = patternOf(request)
    steps.set(key, { kind: 'request', operation, place, pattern, from: countOf(baseline, pattern, index) })
  })
  return [...steps.values()]
}

/** A power cut at each moment at which something happens while the device has power, besides those at states. */
export const momentsOf = ({ result: { journal } }: Baseline): Step[] => {
  const moments = new Set<number>()
  const dark = new Set<number>()
  let isOn = false
  for (const entry of journal) {
    if (entry.kind === 'power') isOn = entry.event === 'on'
    // At the moment of a start the cut would come before it.
    if (!isOn || entry.kind === 'power' || entry.kind === 'outcome') dark.add(entry.at)
    moments.add(entry.at)
  }
  return [...moments].filter((atMs) => !dark.has(atMs)).map((atMs) => ({ kind: 'moment', atMs }))
}

/** The messages of all sessions are of one kind. */
export const kindOf = (operation: string): string =>
  operation.replace(/^OMA-DM session \d+ message \d+$/, 'OMA-DM session')

/** Without its query, which is another one each time. */
const patternOf = ({ method, url }: RequestPlace): RequestPattern => ({ method, url: `${url.split('?')[0]}*` })

/** The how many-th request of a pattern it is, from 1. */
function countOf({ requests }: Baseline, pattern: RequestPattern, last: number): number {
  return requests.slice(0, last + 1).filter((one) => matchesRequest(pattern, one)).length
}
