import { casesIn, type ScenarioCase } from '../cases/scenario-cases.ts'
import { LINES_DEPTH } from '../places.ts'
import { type JudgedRun, judged, prepareSealed, watchedPlay } from '../run-scenario.ts'
import { type Scenario, scenarioOf } from '../scenario.ts'
import { scenarioSchema } from '../schema/scenario.ts'
import { specOf } from '../spec-of.ts'
import { idleSettingsOf } from '../without-effect/settings.ts'
import { readWithLines } from '../yaml-file.ts'
import type { Plain } from './as-written.ts'

const ID = 'recorded'

/** A scenario's text as its file would be loaded. Code `ERR_FILE_INVALID` and as `casesIn`. */
export function loadedText(file: string, text: string): ScenarioCase {
  const { value, lines } = readWithLines(file, text, scenarioSchema, LINES_DEPTH.scenario)
  return casesIn({ id: ID, file, path: file, text, scenario: value, lines })[0]!
}

/** A run of a scenario, judged, and the paths of the answers that it did not use. */
export interface Played extends JudgedRun {
  unused: string[]
}

/** Plays a scenario once, by a call. */
export async function playedOnce(scenario: Scenario): Promise<Played> {
  const sealed = specOf(scenario, scenario.seed!)
  const prepared = await prepareSealed(sealed, { transport: 'direct' })
  try {
    const result = await prepared.run.play()
    const unused = (prepared.unused?.() ?? []).map(({ path }) => path)
    return { ...judged(prepared, sealed.spec, result), unused }
  } finally {
    prepared.release()
  }
}

/** The scenario without the settings that its run does not need: it is played once more without each of them. */
export async function withoutIdle(scenario: Plain, loaded: ScenarioCase): Promise<Plain> {
  const { seed } = scenarioOf(loaded)
  const idle = await idleSettingsOf(loaded, watchedPlay(seed!))
  // From the back, so that the numbers of those before stay.
  return idle.reduceRight((left, path) => withoutPath(left, path), scenario)
}

/** Without a setting of `with`, and without what would be empty then. An event stays: others may follow from it. */
export function withoutPath(scenario: Plain, [key, ...rest]: readonly (string | number)[]): Plain {
  if (key === undefined || key === 'events') return scenario
  const { [key]: inner, ...others } = scenario
  if (rest.length === 0 || typeof inner !== 'object' || inner === null) return others
  if (Array.isArray(inner)) return { ...scenario, [key]: inner.filter((_, index) => index !== Number(rest[0])) }
  const left = withoutPath(inner as Plain, rest)
  if (key === 'device' || key === 'tenant') return { ...scenario, [key]: left.with ? left : left.use }
  return Object.keys(left).length === 0 ? others : { ...scenario, [key]: left }
}
