import { expect, test } from 'vitest'
import { beginSession, nextBatch } from '../../../src/mock-service/oma-dm/device-session.ts'
import { managedScene } from '../../actors/managed-scene.ts'
import { asking, type Json, jsonOf, tokenOf } from './serve.ts'

const DEVICES = '/beta/deviceManagement/managedDevices'

/** An enrolled device, its server, and an administrator. */
function scene() {
  const made = managedScene()
  const handle = (request: Parameters<typeof made.handle>[0]) => made.handle(request, {})
  const ask = asking({ handle }, jsonOf(tokenOf({ handle })).access_token)
  const shown = (): Json => ask('GET', `${DEVICES}/id`).json
  const actions = () =>
    (shown().deviceActionResults ?? []).map(({ actionName, actionState }: Json) => [actionName, actionState])
  const order = (name: string, body?: object, version = 'beta') =>
    ask('POST', `${DEVICES.replace('beta', version)}/id/${name}`, body)
  return { ...made, ask, shown, actions, order }
}

test('a wipe waits for the next session, resets the device, and ends its record', async () => {
  const { order, hold, shown, actions, ask } = scene()
  expect(order('wipe', { keepEnrollmentData: false, keepUserData: false }).status).toBe(204)
  expect([shown().managementState, actions()]).toEqual(['wipePending', [['wipe', 'pending']]])
  expect(await hold()).toMatchObject({ kind: 'reset' })
  expect(ask('GET', `${DEVICES}/id`).status).toBe(404)
})

test.each([
  [{}, 'doWipe'],
  [{ keepUserData: true }, 'doWipePersistUserData'],
  [{ keepEnrollmentData: true }, 'doWipePersistProvisionedData'],
  [{ useProtectedWipe: true }, 'doWipeProtected'],
])('a wipe with %j is %s of the CSP', async (body, node) => {
  const { order, hold, facts } = scene()
  order('wipe', body)
  await hold()
  const uris = facts.flatMap((fact) => (fact.kind === 'csp' && fact.command === 'Exec' ? [fact.uri] : []))
  expect(uris).toEqual([`./Device/Vendor/MSFT/RemoteWipe/${node}`])
})

test('a device that keeps its enrolment keeps its record', async () => {
  const { order, hold, shown, actions } = scene()
  order('wipe', { keepEnrollmentData: true })
  await hold()
  expect([shown().managementState, actions()]).toEqual(['managed', [['wipe', 'done']]])
})

test('an Autopilot Reset keeps the record, and takes its primary user away', async () => {
  const { order, hold, shown, actions, server } = scene()
  expect(order('automaticRedeployment').status).toBe(204)
  server.device.upn = 'alice@contoso.example'
  expect(await hold()).toMatchObject({ kind: 'reset', what: 'autopilotReset' })
  expect([shown().managementState, actions()]).toEqual(['managed', [['automaticRedeployment', 'done']]])
  expect([shown().userPrincipalName, server.hasDevicePlan, server.awaitsPrimaryUser]).toEqual(['', false, true])
})

test.each([
  [{ keepUserData: true }, 'CleanPCRetainingUserData', 'keepsUsers', 200],
  [{ keepUserData: false }, 'CleanPCWithoutRetainingUserData', 'everything', 404],
])('a fresh start with %j is %s', async (body, node, what, status) => {
  const { order, hold, facts, ask } = scene()
  order('cleanWindowsDevice', body)
  expect(await hold()).toMatchObject({ kind: 'reset', what })
  const uris = facts.flatMap((fact) => (fact.kind === 'csp' && fact.command === 'Exec' ? [fact.uri] : []))
  expect(uris).toEqual([`./Device/Vendor/MSFT/CleanPC/${node}`])
  expect(ask('GET', `${DEVICES}/id`).status).toBe(status)
})

test('without Windows RE the order is refused, and the action has failed', async () => {
  const { order, hold, actions, device } = scene()
  device.storage.change({ recovery: 'disabled' }, device.disk)
  order('automaticRedeployment')
  expect((await hold()).kind).toBe('held')
  expect(actions()).toEqual([['automaticRedeployment', 'failed']])
  const base = './Device/Vendor/MSFT/RemoteWipe/AutomaticRedeployment'
  expect([device.csp.read(`${base}/Status`), device.csp.read(`${base}/LastError`)]).toEqual(['30', '-2147024846'])
})

test('a retired device says goodbye, and its record is gone', async () => {
  const { order, hold, shown, ask, device } = scene()
  expect(order('retire').status).toBe(204)
  expect(shown().managementState).toBe('retirePending')
  expect(await hold()).toMatchObject({ kind: 'unenroll' })
  expect(device.management).toBeUndefined()
  expect(ask('GET', `${DEVICES}/id`).status).toBe(404)
})

test('a restart is done when the device has taken the order', async () => {
  const { order, hold, actions, server } = scene()
  order('rebootNow')
  order('rebootNow')
  expect([actions(), server.pending.length]).toEqual([[['rebootNow', 'pending']], 1])
  expect(await hold()).toMatchObject({ kind: 'restart' })
  expect(actions()).toEqual([['rebootNow', 'done']])
})

test('a synchronisation brings what the device says of itself', async () => {
  const { order, hold, shown, actions, ask } = scene()
  expect(shown().osVersion).toBe('')
  order('syncDevice')
  await hold()
  expect(actions()).toEqual([['syncDevice', 'done']])
  expect(shown()).toMatchObject({ manufacturer: 'Microsoft Corporation', serialNumber: 'SIM-SLSE-000001' })
  expect(shown().totalStorageSpaceInBytes).toBeGreaterThan(0)
  const memory = () => ask('GET', `${DEVICES}/id?$select=physicalMemoryInBytes`).json.physicalMemoryInBytes
  expect([shown().physicalMemoryInBytes, memory() > 0]).toEqual([0, true])
})

test('a new name is set by the CSP, and its rule is that of Windows', async () => {
  const { order, hold, actions, device } = scene()
  const refusal = (deviceName: unknown) => order('setDeviceName', { deviceName }).status
  expect([refusal('A name'), refusal('1234567'), refusal('ABCDEFGHIJKLMNOP'), refusal(undefined)]).toEqual([
    400, 400, 400, 400,
  ])
  expect(refusal('LAB-{{rand:12}}')).toBe(400)
  expect([refusal('{{rand:5}}'), refusal('LAB-%SERIAL%'), refusal('LAB-{{rand:0}}')]).toEqual([400, 400, 400])
  expect(actions()).toEqual([])
  expect(refusal('LAB-{{serialnumber}}')).toBe(204)
  await hold()
  expect(actions()).toEqual([['setDeviceName', 'done']])
  expect(device.csp.read('./Device/Vendor/MSFT/Accounts/Domain/ComputerName')).toBe('LAB-%SERIAL%')
})

test('what the device does not have fails', async () => {
  const { order, hold, actions } = scene()
  order('windowsDefenderUpdateSignatures')
  order('locateDevice')
  order('rotateBitLockerKeys')
  await hold()
  expect(actions()).toEqual([
    ['windowsDefenderUpdateSignatures', 'failed'],
    ['locateDevice', 'failed'],
    ['rotateBitLockerKeys', 'done'],
  ])
})

test('an action of another system, of an unknown device, and an unknown parameter are refused', () => {
  const { order, ask, actions } = scene()
  for (const name of ['resetPasscode', 'remoteLock', 'bypassActivationLock', 'disable', 'reenable']) {
    const { status, json } = order(name)
    expect([name, status, json.error.message]).toEqual([
      name,
      400,
      `The action '${name}' is not supported for this device: its operating system is Windows.`,
    ])
  }
  expect(order('deleteUserFromSharedAppleDevice', { userPrincipalName: 'x' }).status).toBe(400)
  expect(ask('POST', `${DEVICES}/nobody/wipe`, {}).status).toBe(404)
  expect(order('wipe', { keepUserdata: true }).json.error.message).toBe(
    "The parameter 'keepUserdata' in the request payload is not a valid parameter for the operation 'wipe'.",
  )
  expect(order('wipe', { useProtectedWipe: true }, 'v1.0').status).toBe(400)
  expect(order('wipe', { keepUserData: 'yes' }).status).toBe(400)
  expect(order('wipe', { macOsUnlockCode: '123456' }).status).toBe(400)
  expect(order('setDeviceName', { deviceName: 'LAB-1' }, 'v1.0').status).toBe(400)
  expect(actions()).toEqual([])
})

test('an action that no answer came to is asked again, and then done', async () => {
  const { order, hold, actions, server, tenant, ask } = scene()
  order('rebootNow')
  beginSession(server, tenant, 'none')
  expect(nextBatch(server, '1', 2).commands).toHaveLength(1)
  expect(actions()).toEqual([['rebootNow', 'pending']])
  await hold()
  expect(actions()).toEqual([['rebootNow', 'done']])
  // Asked for once more it begins anew.
  order('rebootNow')
  expect(actions()).toEqual([['rebootNow', 'pending']])
  const { deviceActionResults } = ask('GET', DEVICES).json.value[0]
  expect(deviceActionResults).toEqual([])
})
