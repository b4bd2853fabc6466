import { expect, test } from 'vitest'
import type { JournalEntry } from '../src/domain/journal.ts'
import { flawOf } from '../src/journal/schema.ts'
import { journalText } from '../src/journal/writer.ts'
import { namesOf } from '../src/scenario/library.ts'
import { runScenario } from '../src/scenario/run-scenario.ts'
import { loadScenarios } from '../src/scenario/scenario.ts'

const scenarios = namesOf('scenario').flatMap(loadScenarios)

// Every shipped scenario is a test the moment it exists, over the way that the commands use.
test.each(scenarios.map((scenario) => [scenario.id, scenario] as const))(
  '%s does what it expects',
  async (_, scenario) => {
    const result = await runScenario(scenario, { seed: scenario.seed ?? 1, transport: 'msw', checkSettings: true })
    expect(result.failures).toEqual([])
    expect(result.journal.flatMap((entry) => flawOf(entry) ?? [])).toEqual([])
    // None comes near a limit: a run that does is one without an end.
    const { starts, entries, journalBytes, requests, deviceTimeMs } = scenario.limits
    expect(result.journal.filter((entry) => entry.kind === 'power').length).toBeLessThan(starts / 4)
    expect(result.journal.length).toBeLessThan(entries / 50)
    expect(journalText(result.journal).length).toBeLessThan(journalBytes / 50)
    expect(result.journal.filter(({ kind }) => kind === 'request').length).toBeLessThan(requests / 10)
    expect(switchedOn(result.journal, result.durationMs)).toBeLessThan(deviceTimeMs / 20)
  },
)

/** Virtual milliseconds in which the device was not off. */
function switchedOn(journal: readonly JournalEntry[], durationMs: number): number {
  let [total, since] = [0, 0]
  for (const entry of journal) {
    if (entry.kind !== 'power') continue
    if (entry.event === 'on') since = entry.at
    else {
      total += since < 0 ? 0 : entry.at - since
      since = -1
    }
  }
  return total + (since < 0 ? 0 : durationMs - since)
}

test('the shipped scenarios cover what the flow promises', () => {
  expect(scenarios.length).toBeGreaterThanOrEqual(14)
})
