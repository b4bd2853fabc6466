import { expect, test } from 'vitest'
import { directly, type Json } from './serve.ts'

const IDENTITIES = '/beta/deviceManagement/windowsAutopilotDeviceIdentities'
const AUTOPILOT = '(device.devicePhysicalIds -any (_ -startsWith "[ZTDId]"))'
const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

function scene() {
  const applications = [
    {
      id: '5a3e0c52-7b1d-4f60-9a55-0c1d2e3f4a5b',
      secret: 'chalk-and-blackboard',
      name: 'Scripts',
      permissions: ['Device.ReadWrite.All', 'Group.ReadWrite.All', 'DeviceManagementServiceConfig.ReadWrite.All'],
    },
  ]
  const made = directly({ applications }, [{ device: 'surface-laptop-se', details: { groupTag: 'Classroom' } }])
  const [registered] = made.tenant.directory.now.devices.values()
  const { ask, wait } = made
  const membersOf = (membershipRule: string) => {
    const group = { displayName: 'x', groupTypes: ['DynamicMembership'], membershipRule }
    const { json } = ask('POST', '/v1.0/groups', group)
    wait(5)
    return ask('GET', `/v1.0/groups/${json.id}/members`).json.value.map(({ id }: Json) => id)
  }
  const object = () => ask('GET', '/v1.0/devices').json.value[0]
  return { ...made, registered: registered!, membersOf, object }
}

test('a registration makes one object, and everything names it by the same id', () => {
  const { ask, object, registered } = scene()
  const identity = ask('GET', `${IDENTITIES}/${registered.id}`).json
  const { id, deviceId } = object()
  expect(deviceId).toMatch(GUID)
  expect(new Set([id, deviceId, registered.id]).size).toBe(3)
  expect([identity.azureActiveDirectoryDeviceId, identity.azureAdDeviceId]).toEqual([deviceId, deviceId])
  expect(object()).toMatchObject({
    displayName: 'SIM-SLSE-000001',
    accountEnabled: true,
    operatingSystem: 'Windows',
    trustType: null,
    physicalIds: expect.arrayContaining([`[ZTDId]:${registered.id}`, '[OrderID]:Classroom']),
  })
})

test('an object is found by its object id, and by deviceId where the path or a filter says so', () => {
  const { ask, object } = scene()
  const { id, deviceId } = object()
  expect(ask('GET', `/v1.0/devices/${id}`).json.deviceId).toBe(deviceId)
  expect(ask('GET', `/v1.0/devices(deviceId='${deviceId}')`).json.id).toBe(id)
  expect(ask('GET', `/v1.0/devices?$filter=deviceId eq '${deviceId}'`).json.value).toHaveLength(1)
  expect(ask('GET', "/v1.0/devices?$filter=deviceId eq '00000000-0000-0000-0000-000000000000'").json.value).toEqual([])
  expect(ask('GET', `/v1.0/devices/${deviceId}`).status).toBe(404)
})

test('an object is renamed, disabled and given attributes, and rules see it', () => {
  const { ask, membersOf, object } = scene()
  const { id } = object()
  const facts = { displayName: 'Cart 7', accountEnabled: false, extensionAttributes: { extensionAttribute3: 'Cart' } }
  expect(ask('PATCH', `/v1.0/devices/${id}`, facts).status).toBe(204)
  expect(object()).toMatchObject({
    ...facts,
    extensionAttributes: { extensionAttribute3: 'Cart', extensionAttribute1: null },
  })
  expect(membersOf('(device.extensionAttribute3 -eq "Cart")')).toEqual([id])
  expect(membersOf('(device.accountEnabled -eq true)')).toEqual([])
  ask('PATCH', `/v1.0/devices/${id}`, { extensionAttributes: { extensionAttribute3: null } })
  expect(membersOf('(device.extensionAttribute3 -eq "Cart")')).toEqual([])
})

test.each([
  [{ colour: 'red' }, "Invalid property 'colour'."],
  [{ accountEnabled: 'no' }, "Invalid value specified for property 'accountEnabled' of resource 'Device'."],
  [{ extensionAttributes: { extensionAttribute16: 'x' } }, "Invalid property 'extensionAttribute16'."],
])('a change to %j is refused whole', (facts, message) => {
  const { ask, object } = scene()
  const before = object()
  const { status, json } = ask('PATCH', `/v1.0/devices/${before.id}`, { displayName: 'New', ...facts })
  expect([status, json.error]).toMatchObject([400, { code: 'Request_BadRequest', message }])
  expect(object()).toEqual(before)
})

test('ids of other objects are not taken for an object id', () => {
  const { ask, object, registered } = scene()
  const group = ask('POST', '/v1.0/groups', { displayName: 'Carts', mailEnabled: false, securityEnabled: true }).json
  const add = (id: string) =>
    ask('POST', `/v1.0/groups/${group.id}/members/$ref`, { '@odata.id': `https://x/v1.0/directoryObjects/${id}` })
      .status
  expect([add(registered.id), add(object().deviceId), add(object().id)]).toEqual([404, 404, 204])
  const members = ask('GET', `/v1.0/groups/${group.id}/members`).json.value
  expect(members).toMatchObject([{ '@odata.type': '#microsoft.graph.device', deviceId: object().deviceId }])
  expect(ask('GET', `/v1.0/devices/${object().id}/memberOf`).json.value).toMatchObject([
    { displayName: 'Classroom devices' },
    { displayName: 'Carts' },
  ])
})

test('a deleted object is in no group, and the profile goes with it', () => {
  const { ask, membersOf, object, registered, tenant, wait } = scene()
  const { id } = object()
  expect(membersOf(AUTOPILOT)).toEqual([id])
  expect(tenant.profileOf(registered).profile?.name).toBe('Classroom laptops')
  expect(ask('DELETE', `/v1.0/devices/${id}`).status).toBe(204)
  expect(ask('GET', `/v1.0/devices/${id}`).status).toBe(404)
  wait(20)
  expect(membersOf(AUTOPILOT)).toEqual([])
  expect(tenant.profileOf(registered)).toMatchObject({ profile: null, code: '815' })
})

test('a registration that is deleted takes its ids from the object', () => {
  const { ask, object, registered, wait } = scene()
  ask('DELETE', `${IDENTITIES}/${registered.id}`)
  wait(1)
  expect(object()).toMatchObject({ physicalIds: [], deviceId: registered.entraDeviceId })
})

test('a rule by membership of a group holds for its members', () => {
  const { membersOf, object, tenant } = scene()
  const [classroom] = [...tenant.directory.now.groups.values()].filter(({ name }) => name === 'Classroom devices')
  expect(membersOf(`device.memberOf -any (group.objectId -in ['${classroom!.id}'])`)).toEqual([object().id])
  expect(membersOf("device.memberOf -any (group.objectId -in ['11111111-1111-1111-1111-111111111111'])")).toEqual([])
})
