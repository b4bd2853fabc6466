import { expect, test } from 'vitest'
import { LOCAL_RESET_NODE } from '../../src/domain/reset.ts'
import { beginSession } from '../../src/mock-service/oma-dm/device-session.ts'
import { notePrimaryUser } from '../../src/mock-service/oma-dm/primary-user.ts'
import { trackedApps } from '../../src/mock-service/oma-dm/tracked-apps.ts'
import { managedScene } from '../actors/managed-scene.ts'

const ALICE = 'alice@contoso.example'
const BEN = 'ben@contoso.example'
const POLICY = {
  policy: 'CredentialProviders/DisableAutomaticReDeploymentCredentials',
  scope: 'device' as const,
  value: '0',
}

/** A device whose management has brought it all that it plans. */
function scene(allowsLocalReset = false) {
  const made = managedScene('surface-laptop-pro-education')
  const { tenant, server } = made
  if (allowsLocalReset) tenant.definition.policies.push(POLICY)
  server.isPlanless = false
  server.hasDevicePlan = true
  server.device.upn = ALICE
  const asked = () => server.pending.flat().flatMap((order) => ('uri' in order ? [order.uri] : []))
  return { ...made, asked }
}

test('each session asks for the policy that lets a device be reset at its sign-in screen, where there is one', () => {
  const [allowing, other] = [scene(true), scene(false)]
  for (const { server, tenant } of [allowing, other]) beginSession(server, tenant, 'none')
  expect(allowing.asked()).toContain(LOCAL_RESET_NODE)
  expect(other.asked()).not.toContain(LOCAL_RESET_NODE)
})

test('a device that has lost that policy was reset: it gets all anew in the same session, and keeps its primary user', async () => {
  const { server, device, hold, tenant } = scene(true)
  await hold()
  expect(device.csp.readPut(LOCAL_RESET_NODE)).toBe('0')
  expect(server.device).toMatchObject({ upn: ALICE, isAfterReset: true })
  expect(trackedApps(tenant, server.device, ALICE, 'device')).toEqual([])
  const plans = device.csp.uris().length
  await hold()
  expect(device.csp.uris().length).toBe(plans)
})

test('after an Autopilot Reset the next person becomes the primary user, and only that one', () => {
  const { server, tenant } = scene()
  server.device.upn = ''
  server.awaitsPrimaryUser = true
  notePrimaryUser(tenant, server, BEN)
  expect([server.device.upn, server.awaitsPrimaryUser]).toEqual([BEN, false])
  notePrimaryUser(tenant, server, ALICE)
  expect(server.device.upn).toBe(BEN)
})

test('a shared device has none, and gets none', () => {
  const { server, tenant } = scene()
  server.device.upn = ''
  notePrimaryUser(tenant, server, BEN)
  expect(server.device.upn).toBe('')
})
