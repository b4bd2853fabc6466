import { MOCK_ENDPOINTS } from '../../src/domain/endpoints.ts'
import { startTenant } from '../../src/mock-service/connect.ts'
import { seededIds } from '../../src/ports/ids.ts'
import { derivedKeys } from '../../src/ports/rsa-keys.ts'
import { seededChance } from '../../src/ports/seeded-chance.ts'
import { prepareRun } from '../../src/scenario/run-scenario.ts'
import { loadScenarios } from '../../src/scenario/scenario.ts'
import { wholeTenant } from '../../src/scenario/whole-tenant.ts'
import { asking, jsonOf, tokenOf } from './graph/serve.ts'

/** A school that one shipped scenario is played in, as often as wanted, and that Graph is asked about between. */
export function playedTenant(name: string) {
  const scenario = loadScenarios(name)[0]!
  const ids = seededIds(seededChance(1, 'service'))
  let later = 0
  let now = () => scenario.startsAt
  const { tenant, handle } = startTenant(
    wholeTenant(scenario.tenant, scenario.startsAt, { endpoints: MOCK_ENDPOINTS, keys: derivedKeys, ids }),
    () => now() + later,
  )
  const scene = { handle: (request: Parameters<typeof handle>[0]) => handle(request, {}) }
  return {
    tenant,
    wait: (minutes: number) => {
      later += minutes * 60_000
    },
    /** How the run ends: a kind of outcome, or the code of its failure. */
    play: async () => {
      const { run, release } = await prepareRun(scenario, {
        seed: 1,
        transport: 'direct',
        wrap: () => async (request, peer) => handle(request, peer),
      })
      now = () => scenario.startsAt + run.timeline.now
      const { outcome } = await run.play().finally(release)
      return outcome.kind === 'failed' ? outcome.code : outcome.kind
    },
    ask: (...request: Parameters<ReturnType<typeof asking>>) =>
      asking(scene, jsonOf(tokenOf(scene)).access_token)(...request),
  }
}
