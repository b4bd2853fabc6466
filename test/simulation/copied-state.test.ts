import { expect, test } from 'vitest'
import { MOCK_ENDPOINTS } from '../../src/domain/endpoints.ts'
import type { HttpResponse } from '../../src/domain/http.ts'
import { startTenant } from '../../src/mock-service/connect.ts'
import { seededIds } from '../../src/ports/ids.ts'
import { derivedKeys } from '../../src/ports/rsa-keys.ts'
import { seededChance } from '../../src/ports/seeded-chance.ts'
import { namesOf } from '../../src/scenario/library.ts'
import { runScenario } from '../../src/scenario/run-scenario.ts'
import { loadScenarios, type Scenario } from '../../src/scenario/scenario.ts'
import { wholeTenant } from '../../src/scenario/whole-tenant.ts'

/** What a scenario's device asks its school, a second between the questions, and what it hears. */
async function transcript(scenario: Scenario, isCopied: boolean) {
  let now = scenario.startsAt
  const ids = seededIds(seededChance(3, 'service'))
  const { tenant, handle } = startTenant(
    wholeTenant(scenario.tenant, scenario.startsAt, { endpoints: MOCK_ENDPOINTS, keys: derivedKeys, ids }),
    () => now,
  )
  const heard: { url: string; response: HttpResponse }[] = []
  const { outcome } = await runScenario(scenario, {
    seed: 5,
    transport: 'direct',
    wrap: () => async (request, peer) => {
      now += 1_000
      const response = handle(request, peer)
      heard.push({ url: request.url, response })
      if (isCopied) tenant.state = structuredClone(tenant.state)
      return response
    },
  })
  return { heard, outcome }
}

/** They come to no service. */
const UNHEARD = ['command-prompt-shut-down', 'proxy-not-in-wpad']

test.each(
  namesOf('scenario')
    .flatMap(loadScenarios)
    .map((scenario) => [scenario.id, scenario] as const),
)('%s: a copy of the school between any two requests changes no answer', async (_, scenario) => {
  const whole = await transcript(scenario, false)
  expect(await transcript(scenario, true)).toEqual(whole)
  expect(whole.heard.length > 0).toBe(!UNHEARD.includes(scenario.id))
})
