import type { RecordedSpec } from '../../domain/journal.ts'
import { placeIn } from '../../journal/cause/places.ts'
import type { KnownSpec } from '../../journal/cause/story.ts'
import { withoutSecrets } from './meaning.ts'

/** A fact of the RunSpec that two runs have otherwise. */
export interface FactDifference {
  /** Its path in the RunSpec: `tenant.users.2.licensed`. */
  fact: string
  /** As JSON has it; left out where that run has none. */
  left?: unknown
  right?: unknown
  /** File and line, where they are known. */
  leftPlace?: string
  rightPlace?: string
}

/** Names, and what follows from others: they decide nothing in a run. */
const SAYS_NOTHING: readonly string[] = ['version', 'scenario', 'title', 'places', 'cases', 'varied', 'expect']

/** What two runs are made of, fact by fact: those that differ. */
export function differingFacts(left: RecordedSpec, right: RecordedSpec): FactDifference[] {
  const names = [...new Set([...Object.keys(left), ...Object.keys(right)])].filter(
    (name) => !SAYS_NOTHING.includes(name),
  )
  return names
    .flatMap((name) => differing(name, memberOf(left, name), memberOf(right, name)))
    .map((one) => {
      const leftPlace = one.left === undefined ? undefined : placeIn(left as KnownSpec, one.fact)
      const rightPlace = one.right === undefined ? undefined : placeIn(right as KnownSpec, one.fact)
      return { ...one, ...(leftPlace ? { leftPlace } : {}), ...(rightPlace ? { rightPlace } : {}) }
    })
}

const memberOf = (value: object, name: string): unknown => withoutSecrets((value as Record<string, unknown>)[name])

function differing(fact: string, left: unknown, right: unknown): FactDifference[] {
  if (JSON.stringify(left) === JSON.stringify(right)) return []
  if (!isParted(left) || !isParted(right) || Array.isArray(left) !== Array.isArray(right)) {
    return [{ fact, ...(left === undefined ? {} : { left }), ...(right === undefined ? {} : { right }) }]
  }
  const names = [...new Set([...Object.keys(left), ...Object.keys(right)])]
  return names.flatMap((name) => differing(`${fact}.${name}`, memberOf(left, name), memberOf(right, name)))
}

const isParted = (value: unknown): value is object => typeof value === 'object' && value !== null
