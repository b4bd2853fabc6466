import { join } from 'node:path'
import { UserError } from '../domain/trouble.ts'
import { casesIn } from '../scenario/cases/scenario-cases.ts'
import type { loadScenarioFile } from '../scenario/library.ts'
import { nearestFirst } from '../scenario/nearest.ts'
import { LINES_DEPTH } from '../scenario/places.ts'
import { playSealed } from '../scenario/run-scenario.ts'
import { loadScenarios, type Scenario, scenarioOf } from '../scenario/scenario.ts'
import type { ScenarioWords } from '../scenario/scenario-words.ts'
import { scenarioSchema } from '../scenario/schema/scenario.ts'
import { specOf } from '../scenario/spec-of.ts'
import { workingFolder } from '../scenario/working-folder.ts'
import { readWithLines } from '../scenario/yaml-file.ts'
import { extended, runOf } from './run.ts'
import type { Run } from './types.ts'

export interface RunScenarioOptions {
  /** Of a scenario with a matrix or several devices: which of its runs, by its name. */
  case?: string
  /** Left out: the scenario's own, or 1. The same seed gives the same journal. */
  seed?: number
  /** How requests reach the mocked services. Default `msw`. */
  transport?: 'msw' | 'direct'
}

/** A scenario that was played and judged. */
export interface ScenarioRun extends Run {
  /** Its name, with its case. */
  name: string
  /** Nothing of what it expects was missed. */
  passed: boolean
  /** What did not hold: expectations, events and settings without an effect. */
  failures: string[]
}

/** What messages call a scenario that is no file. */
const NAME = 'runScenario'

/**
 * Plays a scenario: a file by name or path, or what a file says as an object. It rejects for bad input, never for a scenario that
 * does not pass: that is `failures`.
 *
 * @throws UserError with the codes of the reader and the library: `ERR_NOT_FOUND`, `ERR_FILE_INVALID`, `ERR_UNKNOWN_NAME` …
 */
export async function runScenario(
  scenario: string | ScenarioWords,
  options: RunScenarioOptions = {},
): Promise<ScenarioRun> {
  const cases = typeof scenario === 'string' ? loadScenarios(scenario) : casesIn(written(scenario)).map(scenarioOf)
  const one = oneCase(cases, options.case)
  const seed = options.seed ?? one.seed ?? 1
  const sealed = specOf(one, seed)
  const { failures, passed, ...result } = await playSealed(sealed, { transport: options.transport ?? 'msw' })
  return extended(runOf(result, sealed), { name: one.id, passed, failures })
}

/** JSON is YAML: an object has the lines of its text. */
function written(scenario: ScenarioWords): ReturnType<typeof loadScenarioFile> {
  const text = JSON.stringify(scenario, null, 2)
  const { value, lines } = readWithLines(NAME, text, scenarioSchema, LINES_DEPTH.scenario)
  return { id: NAME, file: NAME, path: join(workingFolder(), NAME), text, scenario: value, lines }
}

function oneCase(cases: readonly Scenario[], name: string | undefined): Scenario {
  const [first, ...more] = cases
  if (name === undefined && more.length === 0) return first!
  const names = cases.map(({ id }) => id)
  const found = cases.find(({ id }) => id === name)
  if (found) return found
  if (name === undefined) {
    throw new UserError('ERR_NO_CASE', `${first!.file} has ${cases.length} cases: name one`, [
      `runScenario(…, { case: '${names[0]}' }). There are: ${names.join(', ')}`,
    ])
  }
  throw new UserError('ERR_NO_CASE', `${first!.file} has no case "${name}"`, [
    `Nearest: ${nearestFirst(name, names).slice(0, 3).join(', ')}`,
  ])
}
