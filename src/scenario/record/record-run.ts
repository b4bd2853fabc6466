import type { JournalEntry } from '../../domain/journal.ts'
import { runScenario } from '../run-scenario.ts'
import { type Scenario, scenarioOf } from '../scenario.ts'
import type { SealedRun } from '../spec-of.ts'
import { loadedText, playedOnce, withoutIdle } from './fit.ts'
import { recordedScenario, scenarioText } from './recorded-scenario.ts'

export interface Recorded {
  /** Of the scenario's file. */
  text: string
  /** What the file says, as it was played. */
  scenario: Scenario
  /** Why the scenario does not pass when it is played; empty when it does. */
  failures: string[]
}

/**
 * Makes a scenario of a finished run, and plays it once to see that it passes. Codes `ERR_NOT_RECORDED`, and as `scenarioOf`.
 *
 * @param file what messages call the scenario's file
 */
export async function recordRun(
  sealed: SealedRun,
  journal: readonly JournalEntry[],
  file: string,
  comments: readonly string[],
): Promise<Recorded> {
  const first = loadedText(file, scenarioText(recordedScenario(sealed, journal, []), []))
  // Of a person who is for many stories, this one needs a part; and one answer of the script may do what two of a hand did.
  const { unused } = await playedOnce(scenarioOf(first))
  const whole = recordedScenario(sealed, journal, unused)
  // A change of a school may come with others that this run did not need.
  const needed = await withoutIdle(whole, loadedText(file, scenarioText(whole, [])))
  const text = scenarioText(needed, comments)
  const scenario = scenarioOf(loadedText(file, text))
  const { failures } = await runScenario(scenario, { seed: scenario.seed!, transport: 'direct' })
  return { text, scenario, failures }
}
