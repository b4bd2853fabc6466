import { expect } from 'vitest'
import type { Beginning } from '../../src/cli/serve/beginning.ts'
import type { Recorded } from '../../src/cli/serve/recorded.ts'
import { serveTenant } from '../../src/cli/serve/served-tenant.ts'
import { endpointsAt } from '../../src/domain/endpoints.ts'
import type { HttpResponse } from '../../src/domain/http.ts'
import { runScenario } from '../../src/scenario/run-scenario.ts'
import { loadScenarios } from '../../src/scenario/scenario.ts'
import { CA, ORIGIN } from './data-folder-scene.ts'

export interface Told {
  beginning: Beginning
  exchanges: { recorded: Recorded; answer: HttpResponse }[]
}

const known = new Map<string, Promise<Told>>()

/** What a scenario's device asks a served school, a second between the questions, and what it hears. */
export function told(name: string): Promise<Told> {
  const made = known.get(name) ?? tell(name)
  known.set(name, made)
  return made
}

async function tell(name: string): Promise<Told> {
  const scenario = loadScenarios(name)[0]!
  const startedAt = scenario.startsAt
  const beginning: Beginning = { definition: scenario.tenant, startedAt, seed: 3, ca: CA, origin: ORIGIN }
  let now = startedAt
  const served = serveTenant({ beginning, state: undefined, requests: [] }, undefined, () => now)
  const exchanges: Told['exchanges'] = []
  const result = await runScenario(scenario, {
    seed: 5,
    transport: 'direct',
    endpoints: endpointsAt(ORIGIN),
    wrap: () => async (request, peer) => {
      now += 1_000
      const answer = served.handle(request, peer)
      exchanges.push({ recorded: { at: now, request, peer }, answer })
      return answer
    },
  })
  expect(result.failures).toEqual([])
  return { beginning, exchanges }
}
