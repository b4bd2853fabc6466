import { describe, expect, test } from 'vitest'
import type { Json } from './graph/serve.ts'
import { playedTenant } from './played-tenant.ts'

const IDENTITIES = '/beta/deviceManagement/windowsAutopilotDeviceIdentities'
const MANAGED = '/v1.0/deviceManagement/managedDevices'

async function enrolled(name: string, groupTag: string) {
  const school = playedTenant(name)
  const identity = () => school.ask('GET', IDENTITIES).json.value.find((one: Json) => one.groupTag === groupTag)
  const object = () => {
    const { azureActiveDirectoryDeviceId } = identity()
    return school.ask('GET', `/v1.0/devices(deviceId='${azureActiveDirectoryDeviceId}')`).json
  }
  const before = { identity: identity(), object: object() }
  const end = await school.play()
  return { ...school, identity, object, before, end }
}

const rules = [
  '(device.deviceId -ne null)',
  '(device.deviceTrustType -eq "AzureAD")',
  '(device.deviceManufacturer -eq "ASUSTeK COMPUTER INC.")',
  '(device.managementType -eq "MDM")',
  '(device.enrollmentProfileName -eq "Library shared devices")',
  '(device.deviceOwnership -eq "Company")',
  '(device.deviceOSVersion -startsWith "10.0.26100")',
  '(device.deviceManagementAppId -eq "0000000a-0000-0000-c000-000000000000")',
  '(device.isRooted -eq false)',
]

describe('a device that has deployed itself', async () => {
  const { ask, before, end, object, wait } = await enrolled('self-deploying-ethernet', 'Library')

  test.each(rules)('is found by %s', (membershipRule) => {
    expect(end).toBe('signInScreen')
    const group = { displayName: 'x', groupTypes: ['DynamicMembership'], membershipRule }
    const { id } = ask('POST', '/v1.0/groups', group).json
    wait(5)
    const members = ask('GET', `/v1.0/groups/${id}/members`).json.value
    expect(members.map((one: Json) => one.deviceId)).toContain(object().deviceId)
  })

  test('has had its ids since the registration', () => {
    expect(before.identity.azureActiveDirectoryDeviceId).toBe(object().deviceId)
    expect(before.object).toMatchObject({ id: object().id, trustType: null, isManaged: null })
  })
})

test('the join, the managed device and the registration name one device', async () => {
  const { ask, before, end, identity, object } = await enrolled('surface-wifi-happy-path', 'Classroom')
  expect(end).toBe('desktop')
  const [managed] = ask('GET', MANAGED).json.value
  expect(managed).toMatchObject({ azureADDeviceId: before.object.deviceId })
  expect(identity()).toMatchObject({ azureAdDeviceId: before.object.deviceId, managedDeviceId: managed.id })
  expect(object()).toMatchObject({
    trustType: 'AzureAd',
    isManaged: true,
    displayName: managed.deviceName,
    enrollmentProfileName: 'Classroom laptops',
    model: 'Surface Laptop SE',
  })
  const owners = ask('GET', `/v1.0/devices/${object().id}/registeredOwners`).json.value
  expect(owners).toMatchObject([{ userPrincipalName: 'alice@contoso.example', id: managed.userId }])

  expect(ask('DELETE', `${IDENTITIES}/${identity().id}`).status).toBe(400)
  expect(ask('DELETE', `${MANAGED}/${managed.id}`).status).toBe(204)
  expect(object()).toMatchObject({ isManaged: null, managementType: null, trustType: 'AzureAd' })
  expect(ask('DELETE', `${IDENTITIES}/${identity().id}`).status).toBe(204)
})

test('without its object a device does not deploy itself', async () => {
  const school = playedTenant('self-deploying-ethernet')
  for (const { id } of school.ask('GET', '/v1.0/devices').json.value) school.ask('DELETE', `/v1.0/devices/${id}`)
  expect(await school.play()).toBe('0x801c03f3')
})
