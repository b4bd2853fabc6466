import { realpathSync } from 'node:fs'
import { dirname, isAbsolute, normalize, relative } from 'node:path'
import { digestOf } from '../run/seal.ts'
import type { Scenario } from '../scenario/scenario.ts'
import { workingFolder } from '../scenario/working-folder.ts'
import { folderKey } from './safe-name.ts'

/** A scenario with the name that its folder and its line in each report have. */
export interface NamedCase {
  name: string
  scenario: Scenario
}

type Naming = Pick<Scenario, 'id' | 'path' | 'variant'>

const DIGEST_LENGTH_MIN = 6
const DIGEST_LENGTH_MAX = 64

/**
 * Names under which no two scenarios share a folder. A name is the scenario's id; where that is not enough, the folders of
 * the files are put before it, and where they are the same, a digest is put behind it. The order of the scenarios does not count.
 * A scenario that is given twice is played once.
 */
export function namedApart(scenarios: readonly Scenario[]): NamedCase[] {
  const unique = [...grouped(scenarios, identityOf).values()].map(([first]) => first!)
  const names = new Map(unique.map((scenario) => [scenario, scenario.id]))
  for (const twins of twinsIn(names)) {
    const folders = foldersApart(twins)
    for (const twin of twins) names.set(twin, [...folders(twin), twin.id].join('-'))
  }
  for (let length = DIGEST_LENGTH_MIN; length <= DIGEST_LENGTH_MAX; length++) {
    const left = twinsIn(names).flat()
    if (left.length === 0) break
    for (const twin of left) names.set(twin, `${names.get(twin)!}-${placeDigest(twin).slice(0, length)}`)
  }
  return unique.map((scenario) => ({ scenario, name: names.get(scenario)! }))
}

/** The path of a scenario's file as reports tell it: below the working folder where it is there, with forward slashes. */
export function fileOf({ file, path }: Pick<Scenario, 'file' | 'path'>): string {
  const below = belowHere(path)
  return below.startsWith('../') || isAbsolute(below) ? normalize(file).replaceAll('\\', '/') : below
}

const belowHere = (path: string): string => relative(realpathSync.native(workingFolder()), path).replaceAll('\\', '/')

const identityOf = ({ path, variant }: Naming): string => JSON.stringify([path, variant])

/** The same on each machine, as long as the file is at the same place below the working folder. */
const placeDigest = ({ path, variant }: Naming): string => digestOf(JSON.stringify([belowHere(path), variant]))

function twinsIn<Of>(names: ReadonlyMap<Of, string>): Of[][] {
  const groups = grouped([...names.keys()], (one) => folderKey(names.get(one)!))
  return [...groups.values()].filter((group) => group.length > 1)
}

function grouped<Of>(all: readonly Of[], keyOf: (one: Of) => string): Map<string, Of[]> {
  const groups = new Map<string, Of[]>()
  for (const one of all) {
    const key = keyOf(one)
    const group = groups.get(key)
    if (group) group.push(one)
    else groups.set(key, [one])
  }
  return groups
}

/** The last folders of each file's path: as few as tell different folders apart, and none where all files are in one. */
function foldersApart(twins: readonly Naming[]): (twin: Naming) => string[] {
  const partsOf = ({ path }: Naming): string[] => dirname(path).split(/[\\/]/).filter(Boolean)
  const places = new Map(twins.map((twin) => [dirname(twin.path), partsOf(twin)]))
  const deepest = Math.max(...[...places.values()].map((parts) => parts.length))
  const countAt = (depth: number): number =>
    new Set([...places.values()].map((parts) => folderKey(parts.slice(-depth).join('-')))).size
  if (places.size === 1) return () => []
  let depth = 1
  while (depth < deepest && countAt(depth) < places.size) depth++
  return (twin) => partsOf(twin).slice(-depth)
}
