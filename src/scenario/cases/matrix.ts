import { isDeepStrictEqual } from 'node:util'
import { UserError } from '../../domain/trouble.ts'
import { nearest } from '../nearest.ts'
import type { Origin } from '../override.ts'
import type { MatrixFile } from '../schema/matrix.ts'
import type { Key } from '../schema-issues.ts'
import { REFERENCES } from './with-fact.ts'

/** A fact that a case has in the place of the file's. */
export interface CaseFact {
  /** Of the fact, as the matrix writes it: `network.latency`. */
  name: string
  value: unknown
  /** Where the matrix says it. */
  at: Key[]
}

/** One case of a matrix. */
export interface MatrixCase {
  /** What its name has behind the file's. */
  labels: string[]
  facts: CaseFact[]
}

/** More would be a mistake. */
const CASES_MAX = 1_000

const SPECIAL = ['include', 'exclude']
/** The first parts of a case's name. */
const FIRST = ['device', 'tenant']

/**
 * The cases of a matrix: each value with each of the others, without those that `exclude` names; then each entry of `include` adds its
 * facts to the cases that have the values it names, or is a further case where there is none. Code `ERR_FILE_INVALID`.
 */
export function matrixCases(matrix: MatrixFile, place: Origin): MatrixCase[] {
  const axes = axesOf(matrix)
  const product = axes.reduce((sum, { values }) => sum * values.length, 1)
  if (product > CASES_MAX) refuse(place, [], `has ${product} cases: at most ${CASES_MAX} are played`)
  const combinations = axes.length === 0 ? [] : combinationsOf(axes)
  const left = withoutExcluded(combinations, matrix, axes, place)
  const cases = withIncluded(left, matrix, axes)
  if (cases.length === 0) refuse(place, [], 'leaves no case')
  return namedApart(cases, axes)
}

interface Axis {
  name: string
  values: readonly unknown[]
}

const axesOf = (matrix: MatrixFile): Axis[] => {
  const named = Object.entries(matrix).flatMap(([name, values]) =>
    SPECIAL.includes(name) || values === undefined ? [] : [{ name, values: values as unknown[] }],
  )
  const rank = ({ name }: Axis) => (FIRST.includes(name) ? FIRST.indexOf(name) : FIRST.length)
  return named.sort((a, b) => rank(a) - rank(b))
}

/** By axis: the number of the value. A further case of `include` has the number of no value. */
interface Combination {
  facts: CaseFact[]
  /** Facts that `include` has added. */
  added: CaseFact[]
}

const combinationsOf = (axes: readonly Axis[]): Combination[] =>
  axes.reduce<Combination[]>(
    (all, { name, values }) =>
      all.flatMap(({ facts }) =>
        values.map((value, index) => ({
          facts: [...facts, { name, value, at: ['matrix', name, index] }],
          added: [],
        })),
      ),
    [{ facts: [], added: [] }],
  )

const has = ({ facts }: Combination, name: string, value: unknown): boolean =>
  facts.some((fact) => fact.name === name && isDeepStrictEqual(fact.value, value))

function withoutExcluded(
  combinations: readonly Combination[],
  { exclude = [] }: MatrixFile,
  axes: readonly Axis[],
  place: Origin,
): Combination[] {
  let left = [...combinations]
  for (const [index, entry] of exclude.entries()) {
    for (const name of Object.keys(entry)) {
      if (axes.some((axis) => axis.name === name)) continue
      const near = nearest(
        name,
        axes.map((axis) => axis.name),
      )
      refuse(
        place,
        ['exclude', index, name],
        `"${name}" is in no list of the matrix`,
        near ? [`Did you mean "${near}"?`] : [],
      )
    }
    const others = left.filter((one) => !Object.entries(entry).every(([name, value]) => has(one, name, value)))
    if (others.length === left.length) refuse(place, ['exclude', index], 'names no case')
    left = others
  }
  return left
}

function withIncluded(
  combinations: readonly Combination[],
  { include = [] }: MatrixFile,
  axes: readonly Axis[],
): Combination[] {
  const cases = combinations.map(({ facts }) => ({ facts, added: [] as CaseFact[] }))
  const own: Combination[] = []
  for (const [index, entry] of include.entries()) {
    const facts = Object.entries(entry).map(([name, value]) => ({
      name,
      value,
      at: ['matrix', 'include', index, name] satisfies Key[],
    }))
    const isAxis = ({ name }: CaseFact) => axes.some((axis) => axis.name === name)
    const meant = cases.filter((one) => facts.every((fact) => !isAxis(fact) || has(one, fact.name, fact.value)))
    for (const one of meant) one.added.push(...facts.filter((fact) => !isAxis(fact)))
    if (meant.length === 0) own.push({ facts, added: [] })
  }
  return [...cases, ...own]
}

/** A name has what differs: the values of lists with more than one, and of cases of their own. */
function namedApart(cases: readonly Combination[], axes: readonly Axis[]): MatrixCase[] {
  const differ = new Set(
    axes
      .filter(({ name }) => {
        const [first, ...others] = cases
        const inCase = (one: Combination) => one.facts.find((fact) => fact.name === name)?.value
        return others.some((other) => !isDeepStrictEqual(inCase(other), inCase(first!)))
      })
      .map(({ name }) => name),
  )
  const seen = new Map<string, number>()
  return cases.map(({ facts, added }) => {
    const labels = facts.flatMap((fact) => {
      const axis = axes.find(({ name }) => name === fact.name)
      return axis && !differ.has(fact.name) ? [] : labelOf(fact, axis)
    })
    const text = labels.join('-')
    const count = (seen.get(text) ?? 0) + 1
    seen.set(text, count)
    const isTwin = count > 1 || (labels.length === 0 && cases.length > 1)
    return { labels: isTwin ? [...labels, String(count)] : labels, facts: [...facts, ...added] }
  })
}

/** What a scenario may take by name has the name; another fact its own name and its value, or the number of the value. */
function labelOf({ name, value }: CaseFact, axis: Axis | undefined): string[] {
  const last = name.split('.').at(-1)!
  if (REFERENCES.includes(name) && typeof value === 'string') return [value]
  if (typeof value === 'object' && value !== null) {
    const index = axis?.values.findIndex((one) => isDeepStrictEqual(one, value)) ?? -1
    return index < 0 ? [] : [`${last}-${index + 1}`]
  }
  return [`${last}-${String(value)}`]
}

function refuse(place: Origin, path: Key[], message: string, hints: readonly string[] = []): never {
  const { at, frame } = place(['matrix', ...path], true)
  throw new UserError('ERR_FILE_INVALID', `${at}: ${['matrix', ...path].join('.')} ${message}`, [...frame, ...hints])
}
