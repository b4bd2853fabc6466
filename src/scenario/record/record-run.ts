import type { JournalEntry } from '../../domain/journal.ts'
import { casesIn, type ScenarioCase } from '../cases/scenario-cases.ts'
import { LINES_DEPTH } from '../places.ts'
import { prepareRun, runScenario, watchedPlay } from '../run-scenario.ts'
import { type Scenario, scenarioOf } from '../scenario.ts'
import { scenarioSchema } from '../schema/scenario.ts'
import type { SealedRun } from '../spec-of.ts'
import { idleSettingsOf } from '../without-effect/settings.ts'
import { readWithLines } from '../yaml-file.ts'
import type { Plain } from './as-written.ts'
import { recordedScenario, scenarioText } from './recorded-scenario.ts'

export interface Recorded {
  /** Of the scenario's file. */
  text: string
  /** Why the scenario does not pass when it is played; empty when it does. */
  failures: string[]
}

/**
 * Makes a scenario of a finished run, and plays it once to see that it passes. Codes `ERR_NOT_RECORDED`, and as `loadCases`.
 *
 * @param file what messages call the scenario's file
 */
export async function recordRun(
  sealed: SealedRun,
  journal: readonly JournalEntry[],
  file: string,
  comments: readonly string[],
): Promise<Recorded> {
  const first = loadedOf(file, scenarioText(recordedScenario(sealed, journal, []), []))
  const whole = recordedScenario(sealed, journal, await unusedAnswers(scenarioOf(first)))
  // A change of a school may come with others that this run did not need.
  const idle = await idleSettingsOf(loadedOf(file, scenarioText(whole, [])), watchedPlay(sealed.spec.seed))
  const needed = idle.reduce((left, path) => withoutPath(left, path), whole)
  const text = scenarioText(needed, comments)
  const loaded = loadedOf(file, text)
  const scenario = scenarioOf(loaded)
  const { failures } = await runScenario(scenario, { seed: scenario.seed!, transport: 'direct' })
  return { text, failures }
}

const ID = 'recorded'

function loadedOf(file: string, text: string): ScenarioCase {
  const { value, lines } = readWithLines(file, text, scenarioSchema, LINES_DEPTH.scenario)
  return casesIn({ id: ID, file, path: file, text, scenario: value, lines })[0]!
}

/** Without a setting of `with`, and without what would be empty then. An event stays: others may follow from it. */
function withoutPath(scenario: Plain, [key, ...rest]: readonly (string | number)[]): Plain {
  if (key === undefined || key === 'events') return scenario
  const { [key]: inner, ...others } = scenario
  if (rest.length === 0 || typeof inner !== 'object' || inner === null) return others
  if (Array.isArray(inner)) return { ...scenario, [key]: inner.filter((_, index) => index !== Number(rest[0])) }
  const left = withoutPath(inner as Plain, rest)
  if (key === 'device' || key === 'tenant') return { ...scenario, [key]: left.with ? left : left.use }
  return Object.keys(left).length === 0 ? others : { ...scenario, [key]: left }
}

/** Of a person who is for many stories, this one needs a part; and one answer of the script may do what two of a hand did. */
async function unusedAnswers(scenario: Scenario): Promise<string[]> {
  const { run, unused, release } = await prepareRun(scenario, { seed: scenario.seed!, transport: 'direct' })
  try {
    await run.play()
    return (unused?.() ?? []).map(({ path }) => path)
  } finally {
    release()
  }
}
