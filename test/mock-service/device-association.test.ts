import { expect, test } from 'vitest'
import { runScenario } from '../../src/scenario/run-scenario.ts'
import { loadScenarios, type Scenario } from '../../src/scenario/scenario.ts'
import { playedTenant } from './played-tenant.ts'

const scenario = (): Scenario => loadScenarios('device-association-policy-of-the-person')[0]!

/** A school that blocks personally owned devices. */
function blocking(deviceAssociations: Scenario['tenant']['deviceAssociations']) {
  const { tenant, ...rest } = scenario()
  const enrollment = { ...tenant.enrollment, personal: 'block' as const }
  return runScenario(
    { ...rest, tenant: { ...tenant, enrollment, deviceAssociations: deviceAssociations ?? [] }, expect: null },
    { seed: 1, transport: 'direct' },
  )
}

test('an associated device is corporate, and enrols where personal devices are blocked', async () => {
  const { outcome } = await blocking(scenario().tenant.deviceAssociations)
  expect(outcome).toMatchObject({ kind: 'desktop', managed: true, autopilot: false })
})

test('the same device without an association is personal', async () => {
  const { outcome } = await blocking([])
  expect(outcome).toMatchObject({ kind: 'failed', page: 'enrollment', code: '0x80180014' })
})

test('Intune has the name of the policy, and the device in its group', async () => {
  const { tenant, play } = playedTenant('device-association')
  expect(await play()).toBe('desktop')
  const [managed] = [...tenant.state.management.managed.values()]
  expect(managed?.enrolment?.profileName).toBe('Student devices')
  const group = [...tenant.directory.now.groups.values()].find(({ name }) => name === 'Prepared devices')
  expect(group?.members).toHaveLength(1)
})
