import { expect, test } from 'vitest'
import { directly, type Json } from './serve.ts'

const DEVICES = '/beta/deviceManagement/windowsAutopilotDeviceIdentities'

function scene() {
  const made = directly({}, [{ device: 'surface-laptop-se' }])
  const [device] = made.tenant.directory.now.devices.values()
  const path = `${DEVICES}/${device!.id}`
  return { ...made, device: device!, path, seen: () => made.ask('GET', path).json }
}

test('a change of a registration takes as long as a synchronisation', () => {
  const { ask, path, seen, wait } = scene()
  expect(ask('POST', `${path}/updateDeviceProperties`, { groupTag: 'Library', displayName: 'PC-1' }).status).toBe(204)
  expect(seen()).toMatchObject({ groupTag: '', displayName: '' })
  wait(1)
  expect(seen()).toMatchObject({ groupTag: 'Library', displayName: 'PC-1' })
})

test('deleteDevices says of each serial number what became of it, and the device is gone some time later', () => {
  const { ask, tenant, wait } = scene()
  const serialNumbers = ['SIM-SLSE-000001', 'no-such-number']
  const { json } = ask('POST', `${DEVICES}/deleteDevices`, { serialNumbers })
  expect(json.value.map(({ deletionState }: Json) => deletionState)).toEqual(['accepted', 'failed'])
  expect(tenant.directory.now.devices.size).toBe(1)
  wait(1)
  expect(tenant.directory.now.devices.size).toBe(0)
})

test('a device that is enrolled is not deleted, by either way', () => {
  const { ask, device, path, tenant, wait } = scene()
  tenant.contacts.note(device.id, { managedDeviceId: 'm', enrollmentState: 'enrolled' })
  const message = expect.stringContaining('is enrolled in Intune and cannot be deleted')
  expect(ask('DELETE', path)).toMatchObject({ status: 400, json: { error: { message } } })
  const { json } = ask('POST', `${DEVICES}/deleteDevices`, { serialNumbers: ['SIM-SLSE-000001'] })
  expect(json.value).toMatchObject([{ deletionState: 'failed', errorMessage: message }])
  wait(5)
  tenant.contacts.note(device.id, { managedDeviceId: '' })
  expect(ask('DELETE', path).status).toBe(204)
  wait(1)
  expect(ask('GET', path).status).toBe(404)
})

test.each(['assignUserToDevice', 'updateDeviceProperties'])('%s takes users who exist and have a licence', (action) => {
  const licensed = { email: 'ben@contoso.example', password: 'x', name: 'Ben' }
  const users = [licensed, { email: 'carla@contoso.example', password: 'x', name: 'Carla', licensed: false }]
  const { ask, tenant, wait } = directly({ users }, [{ device: 'surface-laptop-se' }])
  const [id] = tenant.directory.now.devices.keys()
  const answer = (name: string) =>
    ask('POST', `${DEVICES}/${id}/${action}`, { userPrincipalName: name, addressableUserName: 'Child' })
  expect(
    ['mallory@fabrikam.example', 'ghost@contoso.example', 'carla@contoso.example'].map((one) => answer(one).status),
  ).toEqual([400, 400, 400])
  expect(answer('ghost@contoso.example').json.error.message).toContain("'ghost@contoso.example' does not exist")
  expect(answer('Ben@contoso.example').status).toBe(204)
  wait(1)
  expect(ask('GET', `${DEVICES}/${id}`).json).toMatchObject({
    userPrincipalName: 'ben@contoso.example',
    addressableUserName: 'Child',
  })
})

test.each([
  ['THIS-NAME-IS-MUCH-TOO-LONG-01', 'displayName has 29 characters: 15 are possible'],
  ['PC 001', 'displayName may not hold " ": a device name has letters from A to Z, digits and hyphens'],
  ['PC-%SERIAL%', 'displayName may not hold "%": a device name has letters from A to Z, digits and hyphens'],
  ['123456', 'displayName has digits alone'],
])('the name %j is refused, with all that the body says besides', (displayName, message) => {
  const { ask, path, seen, wait } = scene()
  const { status, json } = ask('POST', `${path}/updateDeviceProperties`, { groupTag: 'A', displayName })
  expect([status, json.error.message]).toEqual([400, message])
  wait(1)
  expect(seen()).toMatchObject({ groupTag: '', displayName: '' })
})

test('a name is taken away by an empty one, and kept by a body without one', () => {
  const { ask, path, seen, wait } = scene()
  for (const [body, name] of [
    [{ displayName: 'PC-1' }, 'PC-1'],
    [{ groupTag: 'A' }, 'PC-1'],
    [{ displayName: '' }, ''],
  ] as const) {
    expect(ask('POST', `${path}/updateDeviceProperties`, body).status).toBe(204)
    wait(1)
    expect(seen().displayName).toBe(name)
  }
})

test('a parameter that an action does not have is refused, and nothing is changed', () => {
  const { ask, path, seen, wait } = scene()
  const { status, json } = ask('POST', `${path}/updateDeviceProperties`, { groupTag: 'A', grouptTag: 'B' })
  expect([status, json.error.message]).toEqual([400, expect.stringContaining("'grouptTag'")])
  wait(1)
  expect(seen().groupTag).toBe('')
})

test('it says since when a profile is assigned', () => {
  const { ask, seen, tenant } = scene()
  expect(seen().deploymentProfileAssignedDateTime).toBe('0001-01-01T00:00:00Z')
  const [profile] = tenant.directory.now.profiles.values()
  expect(profile).toBeDefined()
  const tagged = directly({}, [{ device: 'surface-laptop-se', details: { groupTag: 'Classroom' } }])
  expect(tagged.ask('GET', DEVICES).json.value[0].deploymentProfileAssignedDateTime).toMatch(/^20\d\d-/)
  expect(ask('GET', DEVICES).status).toBe(200)
})
