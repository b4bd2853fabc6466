import { expect, test } from 'vitest'
import { namesOf } from '../src/scenario/library.ts'
import { runScenario } from '../src/scenario/run-scenario.ts'
import { loadScenarios } from '../src/scenario/scenario.ts'

const scenarios = namesOf('scenario').flatMap(loadScenarios)

// Every shipped scenario is a test the moment it exists, over the way that the commands use.
test.each(scenarios.map((scenario) => [scenario.id, scenario] as const))(
  '%s does what it expects',
  async (_, scenario) => {
    const result = await runScenario(scenario, { seed: scenario.seed ?? 1, transport: 'msw' })
    expect(result.failures).toEqual([])
  },
)

test('the shipped scenarios cover what the flow promises', () => {
  expect(scenarios.length).toBeGreaterThanOrEqual(14)
})
