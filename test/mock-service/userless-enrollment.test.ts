import { expect, test } from 'vitest'
import { MOCK_ENDPOINTS } from '../../src/domain/endpoints.ts'
import { startTenant } from '../../src/mock-service/connect.ts'
import { seededIds } from '../../src/ports/ids.ts'
import { derivedKeys } from '../../src/ports/rsa-keys.ts'
import { seededChance } from '../../src/ports/seeded-chance.ts'
import { prepareRun } from '../../src/scenario/run-scenario.ts'
import { loadScenarios } from '../../src/scenario/scenario.ts'
import { wholeTenant } from '../../src/scenario/whole-tenant.ts'
import { asking, jsonOf, tokenOf } from './graph/serve.ts'

test('a device enrols without a user once, and again for each time that an administrator allows it', async () => {
  const scenario = loadScenarios('self-deploying-ethernet')[0]!
  const ids = seededIds(seededChance(1, 'service'))
  let now = () => scenario.startsAt
  const { tenant, handle } = startTenant(
    wholeTenant(scenario.tenant, scenario.startsAt, { endpoints: MOCK_ENDPOINTS, keys: derivedKeys, ids }),
    () => now(),
  )
  const play = async () => {
    const { run, release } = prepareRun(scenario, {
      seed: 1,
      transport: 'direct',
      wrap: () => async (request, peer) => handle(request, peer),
    })
    now = () => scenario.startsAt + run.timeline.now
    const { outcome } = await run.play().finally(release)
    return outcome.kind === 'failed' ? outcome.code : outcome.kind
  }
  const device = [...tenant.directory.now.devices.values()].find(({ groupTag }) => groupTag === 'Library')!
  expect(tenant.contacts.of(device.id).enrollmentState).toBe('notContacted')
  expect(await play()).toBe('signInScreen')
  expect(tenant.contacts.of(device.id)).toMatchObject({ enrollmentState: 'enrolled', userlessEnrollment: 'blocked' })
  expect(await play()).toBe('0x80180014')
  const scene = { handle: (request: Parameters<typeof handle>[0]) => handle(request, {}) }
  const ask = asking(scene, jsonOf(tokenOf(scene)).access_token)
  const path = `/beta/deviceManagement/windowsAutopilotDeviceIdentities/${device.id}/allowNextEnrollment`
  expect(ask('POST', path).status).toBe(204)
  expect(await play()).toBe('signInScreen')
  expect(await play()).toBe('0x80180014')
})
