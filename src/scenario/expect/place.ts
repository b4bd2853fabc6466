import * as v from 'valibot'
import type { OutcomeKind, Place } from '../../domain/expectations.ts'
import { globPattern, isGlob } from '../../domain/glob.ts'
import type { JournalEntry } from '../../domain/journal.ts'
import { PAGE_IDS } from '../../domain/pages.ts'
import { text } from '../../events/values.ts'
import type { NameUsed, Seen } from './define-expectation.ts'

export const OUTCOMES = ['desktop', 'signInScreen', 'kiosk', 'failed', 'unanswered', 'stuck', 'poweredOff'] as const

/** Ends that are no pages. */
const ENDS = OUTCOMES.filter((kind) => !(PAGE_IDS as readonly string[]).includes(kind))

const isPattern = (name: string): boolean => name.includes('.') || isGlob(name)

/** A word is a page; with a point or a star it is a state, or a pattern. */
const placeOr = (words: readonly string[]) => {
  const page = v.picklist(words)
  return v.lazy((given) => {
    if (given === undefined) return v.union([page, text])
    return typeof given === 'string' && isPattern(given) ? text : page
  }) as unknown
}

export const place = v.pipe(
  placeOr(PAGE_IDS) as v.GenericSchema<Place, Place>,
  v.description('A page, a state such as network.connecting, or a pattern: enrollmentStatus.*, {signIn,desktop}.'),
)

export const placeOrEnd = v.pipe(
  placeOr([...PAGE_IDS, ...ENDS]) as v.GenericSchema<Place | OutcomeKind, Place | OutcomeKind>,
  v.description('A page, an outcome, a state such as network.connecting, or a pattern such as deviceSetup.*.'),
)

/** Only patterns and states can be wrong once the schema is content. */
export const namedPlace = (path: NameUsed['path'], name: string): NameUsed[] =>
  isPattern(name) ? [{ path, kind: 'place', name }] : []

/** Points are what parts a state from those around it, as slashes are in a path. */
const slashed = (name: string): string => name.replaceAll('.', '/')

const patterns = new Map<string, RegExp>()

export function isPlace(pattern: string, name: string): boolean {
  if (!isGlob(pattern)) return pattern === name
  let expression = patterns.get(pattern)
  if (!expression) {
    expression = globPattern(slashed(pattern))
    patterns.set(pattern, expression)
  }
  return expression.test(slashed(name))
}

/** A page that came onto the screen, or a state that was entered. */
export interface Moment {
  at: number
  name: string
  isState: boolean
}

/** Prefixes of a path: a state and those around it. */
const around = (path: string): string[] => path.split('.').map((_, index, words) => words.slice(0, index + 1).join('.'))

/** Follows the states of a device, those around the leaves included. */
export class StatesEntered {
  readonly #leaves = new Map<string, string[]>()

  /** @returns states that this entry has entered, the outer ones first */
  take(entry: JournalEntry): string[] {
    if (entry.kind === 'power' && entry.event !== 'on') this.#leaves.clear()
    if (entry.kind !== 'transition') return []
    const { machine, from, to, event, ended = [] } = entry
    const left = from?.split(',') ?? []
    // A statechart that begins anew is in none of its states.
    const before = event === 'init' && from === undefined ? [] : (this.#leaves.get(machine) ?? [])
    const kept = before.filter((leaf) => !left.includes(leaf))
    const leaves = to?.split(',') ?? []
    this.#leaves.set(machine, [...kept, ...leaves])
    for (const one of ended) this.#leaves.delete(one)
    const active = new Set(before.flatMap(around))
    const entered = [...new Set(leaves.flatMap(around))].filter((path) => !active.has(path) || leaves.includes(path))
    return entered.map((path) => `${machine}.${path}`)
  }

  /** Addresses of all states that are active, those around the leaves included. */
  active(): string[] {
    return [...this.#leaves].flatMap(([machine, leaves]) =>
      [...new Set(leaves.flatMap(around))].map((path) => `${machine}.${path}`),
    )
  }
}

const known = new WeakMap<readonly JournalEntry[], Moment[]>()

/** In the order of the journal. A page that follows itself counts once. */
export function momentsOf(journal: readonly JournalEntry[]): Moment[] {
  const before = known.get(journal)
  if (before) return before
  const states = new StatesEntered()
  const moments: Moment[] = []
  let page: string | undefined
  for (const entry of journal) {
    if (entry.kind === 'screen' && 'screen' in entry && entry.screen.page !== page) {
      page = entry.screen.page
      moments.push({ at: entry.at, name: page, isState: false })
    }
    for (const name of states.take(entry)) moments.push({ at: entry.at, name, isState: true })
  }
  known.set(journal, moments)
  return moments
}

/** When a place was come to, each time; an outcome once. */
export function visitsOf(pattern: string, { journal, outcome, durationMs }: Seen): number[] {
  const visits = momentsOf(journal).flatMap(({ at, name }) => (isPlace(pattern, name) ? [at] : []))
  return visits.length === 0 && outcome.kind === pattern ? [durationMs] : visits
}

/** Names to which a place may be near: pages for a page, states for a state. */
export const namesLike = (pattern: string, { journal }: Seen): string[] => {
  const isState = pattern.includes('.')
  return momentsOf(journal).flatMap((moment) => (moment.isState === isState ? [moment.name] : []))
}
