import type { Places } from '../../run/run-spec.ts'
import { placed } from '../by-name.ts'
import { type Found, find, loadScenarioFile, readWritten } from '../library.ts'
import { checked, type Origin } from '../override.ts'
import { inSpec, LINES_DEPTH, scenarioPlaces } from '../places.ts'
import { type DeviceEntry, type OneDevice, type ScenarioFile, scenarioSchema } from '../schema/scenario.ts'
import type { Key } from '../schema-issues.ts'
import { placeIn } from '../yaml-file.ts'
import { extended, inheritedLines, type WrittenFile } from './extended.ts'
import { type CaseFact, type MatrixCase, matrixCases } from './matrix.ts'
import { isPlain, type Plain, REFERENCES, withFact } from './with-fact.ts'

/** One case of a scenario's file: all that it says is in it, whatever file says it. */
export interface ScenarioCase extends Pick<Found, 'id' | 'file' | 'path'> {
  scenario: OneDevice
  /** Where a fact of it is written. */
  place: Origin
  places: Places
  /** A fact of the scenario that this one extends: it is for more than this story. */
  isInherited(path: readonly Key[]): boolean
  /** What tells it apart from the file's other cases. */
  variant: readonly string[]
  /** How many cases the file has that its person answers in. */
  cases: number
  /** Facts that other cases have otherwise, by their names in a RunSpec. */
  varied: readonly string[]
  /** The devices before this one in the same school, in their order. */
  before: readonly ScenarioCase[]
  /** Those that come after it. */
  coming: readonly ScenarioCase[]
}

/** The cases of a file: one, or one for each of its matrix and each of its devices. Codes as the library's and the reader's. */
export const loadCases = (name: string): ScenarioCase[] => casesIn(loadScenarioFile(name))

/** The same of a file that was read. */
export function casesIn(found: ReturnType<typeof loadScenarioFile>): ScenarioCase[] {
  const { file, text, scenario, lines } = found
  const place: Origin = (path, needsKey) => placeIn(file, text, path, needsKey)
  const { matrix, devices } = scenario
  if (scenario.extends === undefined && isSimple(matrix)) {
    const deepLines = devices ? linesOf(found) : lines
    const own = { file, lines: deepLines, place, isInherited: () => false }
    return casesWith(
      found,
      scenario,
      own,
      {},
      matrix ? matrixCases(matrix, place) : [NO_MATRIX],
      (one, { facts }) => withFacts({ ...one }, facts) as unknown as ScenarioFile,
    )
  }
  const own = writtenOf(found)
  const base = scenario.extends === undefined ? undefined : baseOf(own, scenario.extends)
  const whole = base ? extended(own, base) : own
  // A file is judged as a whole before its cases are.
  const { matrix: list } = checked(scenarioSchema, whole.value, whole.place)
  const { matrix: _, ...facts } = whole.value
  const cases = list ? matrixCases(list, whole.place) : [NO_MATRIX]
  const inherited = base ? scenarioPlaces(base.file, shallow(inheritedLines(own, base))) : {}
  return casesWith(found, facts, whole, inherited, cases, (one, { facts: changes }, origin) =>
    checked(scenarioSchema, withFacts(one, changes), origin),
  )
}

const withFacts = (scenario: Plain, facts: readonly CaseFact[]): Plain =>
  facts.reduce((all, { name, value }) => withFact(all, name, value), scenario)

const NO_MATRIX: MatrixCase = { labels: [], facts: [] }

/** Names of devices and schools alone: nothing that a case changes has to be read anew. */
function isSimple(matrix: ScenarioFile['matrix']): boolean {
  const { device: _, tenant: __, include, exclude, ...others } = matrix ?? {}
  return include === undefined && exclude === undefined && Object.keys(others).length === 0
}

const writtenOf = (found: Found): WrittenFile => {
  const { file, text } = found
  const { value, lines } = readWritten(found)
  return {
    file,
    value,
    lines,
    place: (path, needsKey) => placeIn(file, text, path, needsKey),
    isInherited: () => false,
  }
}

const linesOf = (found: Found): Record<string, number> => readWritten(found).lines

/** It has to be whole without the other one. */
function baseOf(own: WrittenFile, name: string): WrittenFile {
  const found = placed(own.place, ['extends'], () => find('scenario', name))
  const base = writtenOf(found)
  if (!('extends' in base.value)) checked(scenarioSchema, base.value, base.place)
  return base
}

function casesWith<Facts>(
  found: Found,
  facts: Facts,
  own: Omit<WrittenFile, 'value'>,
  inherited: Places,
  cases: readonly MatrixCase[],
  resolve: (facts: Facts, one: MatrixCase, origin: Origin) => ScenarioFile,
): ScenarioCase[] {
  return cases.flatMap((one) => {
    const origin = byMatrix(own.place, one.facts)
    const { extends: _, matrix: __, devices, ...top } = resolve(facts, one, origin)
    const lines = { ...own.lines, ...linesOfFacts(one.facts, own.lines) }
    const { file, path } = found
    const { isInherited } = own
    const common = { file, path, isInherited, cases: cases.length, varied: one.facts.map(({ name }) => inSpec(name)) }
    const id = [found.id, ...one.labels].join('-')
    if (!devices) {
      const places = { ...scenarioPlaces(own.file, shallow(lines)), ...inherited }
      return [{ ...common, id, scenario: top, place: origin, places, variant: one.labels, before: [], coming: [] }]
    }
    return chainOf(
      devices.map((entry, index) => ({
        ...common,
        // A person of the whole scenario answers for all of its devices.
        cases: entry.person ? cases.length : cases.length * devices.length,
        id: `${id}-${entry.name}`,
        scenario: ofDevice(top, entry),
        place: byDevice(origin, entry, index),
        isInherited: (fact) => isInherited(ofEntry(entry, index, fact)),
        places: { ...scenarioPlaces(own.file, shallow(linesOfDevice(lines, entry, index))), ...inherited },
        variant: [...one.labels, entry.name],
      })),
      top,
      devices,
    )
  })
}

type Link = Omit<ScenarioCase, 'before' | 'coming'>

/** Each device knows those before it, and the first one those that come. */
function chainOf(links: readonly Link[], top: Pick<OneDevice, 'startsAt'>, devices: readonly DeviceEntry[]) {
  let startsAt = Date.parse(top.startsAt)
  const chain = links.map((link, index): ScenarioCase => {
    if (index > 0) startsAt += devices[index]!.later
    const scenario = { ...link.scenario, startsAt: new Date(startsAt).toISOString() }
    return { ...link, scenario, before: [], coming: [] }
  })
  return chain.map((one, index) => ({ ...one, before: chain.slice(0, index), coming: chain.slice(index + 1) }))
}

/** What its entry says, and for the rest what is said for all. */
function ofDevice(top: Omit<ScenarioFile, 'matrix'>, { name, ...entry }: DeviceEntry): OneDevice {
  const own = Object.fromEntries(Object.entries(entry).filter(([key, fact]) => key !== 'later' && fact !== undefined))
  return { ...top, title: `${top.title} (${name})`, ...own } as OneDevice
}

const isStated = (entry: DeviceEntry, key: Key | undefined): boolean =>
  key !== undefined && (entry as Record<string, unknown>)[key] !== undefined

const byDevice =
  (place: Origin, entry: DeviceEntry, index: number): Origin =>
  (path, needsKey) =>
    place(ofEntry(entry, index, path), needsKey)

const ofEntry = (entry: DeviceEntry, index: number, path: readonly Key[]): readonly Key[] =>
  isStated(entry, path[0]) ? ['devices', index, ...path] : path

/** What a matrix says is written there. */
const byMatrix =
  (place: Origin, facts: readonly CaseFact[]): Origin =>
  (path, needsKey) => {
    const name = factName(path)
    const said = facts.findLast((fact) => name === fact.name || name.startsWith(`${fact.name}.`))
    if (!said) return place(path, needsKey)
    const rest = name.slice(said.name.length).split('.').filter(Boolean)
    return place([...said.at, ...(isPlain(said.value) || Array.isArray(said.value) ? rest : [])], false)
  }

/** Facts of a file that is used by name are called as in the file. */
const factName = ([first, ...rest]: readonly Key[]): string =>
  [first, ...(REFERENCES.includes(String(first)) && (rest[0] === 'with' || rest[0] === 'use') ? rest.slice(1) : rest)]
    .filter((key) => key !== undefined)
    .join('.')

const linesOfFacts = (facts: readonly CaseFact[], lines: Record<string, number>): Record<string, number> =>
  Object.fromEntries(
    facts.flatMap(({ name, at }): [string, number][] => {
      for (let length = at.length; length > 0; length--) {
        const line = lines[at.slice(0, length).join('.')]
        if (line !== undefined) return [[name, line]]
      }
      return []
    }),
  )

/** The lines of what holds for one of several devices. */
function linesOfDevice(lines: Record<string, number>, entry: DeviceEntry, index: number): Record<string, number> {
  const own = `devices.${index}.`
  const common = Object.entries(lines).filter(
    ([path]) => !/^devices(\.|$)/.test(path) && !isStated(entry, path.split('.')[0]),
  )
  const of = Object.entries(lines).flatMap(([path, line]): [string, number][] =>
    path.startsWith(own) ? [[path.slice(own.length), line]] : [],
  )
  return Object.fromEntries([...common, ...of])
}

/** As deep as lines of a scenario are kept. */
const shallow = (lines: Record<string, number>): Record<string, number> =>
  Object.fromEntries(Object.entries(lines).filter(([path]) => path.split('.').length <= LINES_DEPTH.scenario(path)))
