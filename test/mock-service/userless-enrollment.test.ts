import { expect, test } from 'vitest'
import { playedTenant } from './played-tenant.ts'

test('a device enrols without a user once, and again for each time that an administrator allows it', async () => {
  const { ask, play, tenant } = playedTenant('self-deploying-ethernet')
  const device = [...tenant.directory.now.devices.values()].find(({ groupTag }) => groupTag === 'Library')!
  expect(tenant.contacts.of(device.id).enrollmentState).toBe('notContacted')
  expect(await play()).toBe('signInScreen')
  expect(tenant.contacts.of(device.id)).toMatchObject({ enrollmentState: 'enrolled', userlessEnrollment: 'blocked' })
  expect(await play()).toBe('0x80180014')
  const path = `/beta/deviceManagement/windowsAutopilotDeviceIdentities/${device.id}/allowNextEnrollment`
  expect(ask('POST', path).status).toBe(204)
  expect(await play()).toBe('signInScreen')
  expect(await play()).toBe('0x80180014')
})
