import { expect, test } from 'vitest'
import type { Json } from './graph/serve.ts'
import { playedTenant } from './played-tenant.ts'

const CORRELATOR = '7c0e5b1d-2f64-4a8e-9b3c-5d6e7f8a9b0c'
const PROFILE_NAME = `OfflineAutopilotprofile-${CORRELATOR}`

test('the directory, the report and Intune name the profile of a file by its correlation id', async () => {
  const { ask, play, wait } = playedTenant('existing-device')
  expect(await play()).toBe('desktop')
  const [managed] = ask('GET', '/beta/deviceManagement/managedDevices').json.value
  expect(managed).toMatchObject({ autopilotEnrolled: false, userPrincipalName: 'alice@contoso.example' })
  const object = ask('GET', `/v1.0/devices(deviceId='${managed.azureADDeviceId}')`).json
  expect(object).toMatchObject({ enrollmentProfileName: PROFILE_NAME, trustType: 'AzureAd' })
  expect(ask('GET', '/beta/deviceManagement/autopilotEvents').json.value).toMatchObject([
    {
      enrollmentType: 'azureADJoinedWithOfflineAutopilotProfile',
      deviceSerialNumber: 'SIM-SLSE-000001',
      deviceRegisteredDateTime: '0001-01-01T00:00:00Z',
      managedDeviceName: managed.deviceName,
      deploymentState: 'success',
      windowsAutopilotDeploymentProfileDisplayName: '',
    },
  ])
  const group = {
    displayName: 'x',
    groupTypes: ['DynamicMembership'],
    membershipRule: `(device.enrollmentProfileName -eq "${PROFILE_NAME}")`,
  }
  const { id } = ask('POST', '/v1.0/groups', group).json
  wait(5)
  const members = ask('GET', `/v1.0/groups/${id}/members`).json.value
  expect(members.map((one: Json) => one.deviceId)).toEqual([managed.azureADDeviceId])
})

test('a registered device sends no correlation id, whatever is on its disk', async () => {
  const { ask, play } = playedTenant('existing-device-registered')
  expect(await play()).toBe('desktop')
  expect(ask('GET', '/beta/deviceManagement/autopilotEvents').json.value).toMatchObject([
    { enrollmentType: 'azureADJoinedWithAutopilotProfile' },
  ])
})
