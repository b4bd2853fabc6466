import type { JournalEntry } from '../../../domain/journal.ts'
import { ActiveStates } from '../../../journal/path.ts'

/** Where the statecharts are at an entry, and which transitions were taken up to it. */
export interface Moment {
  /** `network.choosing`. */
  active: ReadonlySet<string>
  visited: ReadonlySet<string>
  /** Numbers of transitions by statechart. */
  taken: ReadonlyMap<string, ReadonlySet<number>>
  /** The statechart that moved last. */
  machine: string | undefined
  /** The newest last. */
  steps: string[]
}

const STEPS = 12
/** They go along with all others. */
const AROUND = ['oobe', 'management']

export function momentAt(entries: readonly JournalEntry[], index: number): Moment {
  const states = new ActiveStates()
  const visited = new Set<string>()
  const taken = new Map<string, Set<number>>()
  const steps: string[] = []
  let machine: string | undefined
  for (const entry of entries.slice(0, index + 1)) {
    states.take(entry)
    if (entry.kind !== 'transition') continue
    if (!AROUND.includes(entry.machine) || machine === undefined) machine = entry.machine
    for (const state of entry.to?.split(',') ?? []) visited.add(`${entry.machine}.${state}`)
    const numbers = taken.get(entry.machine) ?? new Set()
    for (const number of entry.taken ?? []) numbers.add(number)
    taken.set(entry.machine, numbers)
    steps.push(`${entry.machine}: ${entry.from ?? '·'} → ${entry.to ?? '·'} (${entry.event})`)
  }
  return { active: new Set(states.list()), visited, taken, machine, steps: steps.slice(-STEPS) }
}

/** The last entry that is not later. */
export function indexAt(entries: readonly JournalEntry[], at: number): number {
  const later = entries.findIndex((entry) => entry.at > at)
  return later < 0 ? entries.length - 1 : Math.max(0, later - 1)
}
