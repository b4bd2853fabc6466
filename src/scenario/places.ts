import { isAbsolute, relative } from 'node:path'
import type { Places } from '../run/run-spec.ts'
import { workingFolder } from './working-folder.ts'

const SCENARIO_DEPTH = 3

/** In what a scenario changes of a shared file single facts count: one app of several, one answer of several. */
const IN_CHANGES = /^(devices\.\d+\.)?(device|tenant|network|person|people\.[^.]+)\.with(?=\.|$)/

/** How deep the lines of a scenario's file are kept. @param path of one of its facts */
const scenarioDepth = (path: string): number => (IN_CHANGES.test(path) ? SCENARIO_DEPTH + 2 : SCENARIO_DEPTH)

/** How deep lines are kept: a school or a device has hundreds of facts, a scenario has few. */
export const LINES_DEPTH = { device: 2, tenant: 2, network: 2, person: 2, scenario: scenarioDepth } as const

/** What is written in a file about itself. */
const OF_THE_FILE = ['provenance', 'title']

/** The lines of a file that a scenario uses, by the paths that the facts have in a RunSpec. */
export function placesIn(
  file: string,
  lines: Record<string, number>,
  part: Exclude<keyof typeof LINES_DEPTH, 'scenario'>,
): Places {
  const facts = Object.entries(lines).flatMap(([path, line]): [string, number][] =>
    OF_THE_FILE.includes(path) ? [] : [[`${part}.${path}`, line]],
  )
  return { [fromHere(file)]: { [part]: 1, ...Object.fromEntries(facts) } }
}

/** What facts of a scenario's file are called in a RunSpec, by the beginning of their paths. */
const RENAMED: readonly [was: string, is: string][] = [
  ['clockSkew', 'clockSkewMs'],
  ['stuckAfter', 'limits.stuckAfterMs'],
  ['limits.deviceTime', 'limits.deviceTimeMs'],
]

/** Changes of a file that is used by name are facts of it. */
const CHANGES = /^(device|tenant|network|person|people\.[^.]+)\.with(?=\.|$)/

/** The lines of a scenario's file, by the paths that the facts have in a RunSpec. */
export function scenarioPlaces(file: string, lines: Record<string, number>): Places {
  const facts = Object.entries(lines).map(([path, line]): [string, number] => {
    return [inSpec(path), line]
  })
  return { [fromHere(file)]: Object.fromEntries(facts) }
}

/** What a fact of a scenario's file is called in a RunSpec. */
export function inSpec(path: string): string {
  const renamed = RENAMED.find(([was]) => path === was || path.startsWith(`${was}.`))
  return renamed ? renamed[1] + path.slice(renamed[0].length) : path.replace(CHANGES, '$1')
}

/** A path of this machine is of no use on another one. */
const fromHere = (file: string): string => (isAbsolute(file) ? relative(workingFolder(), file) : file)
