import { expect, test } from 'vitest'
import type { PageId } from '../../src/domain/pages.ts'
import { runScenario } from '../../src/scenario/run-scenario.ts'
import { loadScenarios } from '../../src/scenario/scenario.ts'

async function reasonOf(scenario: string, page: PageId): Promise<string | undefined> {
  const { journal } = await runScenario(loadScenarios(scenario)[0]!, { seed: 1, transport: 'direct' })
  const shown = journal.find((entry) => entry.kind === 'screen' && 'screen' in entry && entry.screen.page === page)
  return shown?.kind === 'screen' && 'screen' in shown ? shown.screen.why[0]?.fact : undefined
}

test.each<[string, PageId, string]>([
  [
    'surface-wifi-happy-path',
    'signIn',
    'the Autopilot profile "Classroom laptops" of contoso.example, assigned to a group of this device',
  ],
  ['not-registered', 'deviceUsage', 'no Autopilot profile, 807: no tenant has registered this device'],
  [
    'registered-minutes-ago',
    'deviceUsage',
    'no Autopilot profile, 815: it is registered, and no profile is assigned to it yet, or none at all',
  ],
  [
    'board-swapped',
    'deviceUsage',
    'no Autopilot profile, 908: its serial number is registered with other hardware: a board was replaced',
  ],
])('%s says on the page %s why: %s', async (scenario, page, reason) => {
  expect(await reasonOf(scenario, page)).toBe(reason)
})
