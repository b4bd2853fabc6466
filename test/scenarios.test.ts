import { expect, test } from 'vitest'
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
    expect(result.durationMs).toBeLessThan(deviceTimeMs / 20)
  },
)

test('the shipped scenarios cover what the flow promises', () => {
  expect(scenarios.length).toBeGreaterThanOrEqual(14)
})
