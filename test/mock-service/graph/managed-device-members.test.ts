import { expect, test } from 'vitest'
import { newDevice } from '../../../src/mock-service/oma-dm/managed-device.ts'
import { START } from '../directory/tenant-of.ts'
import { directly } from './serve.ts'

const DEVICES = '/beta/deviceManagement/managedDevices'

function scene() {
  const made = directly()
  const device = newDevice(
    {
      entDmId: '11111111-2222-4333-8444-555555555555',
      deviceId: '0'.repeat(32),
      deviceName: 'CLS-1',
      upn: 'alice@contoso.example',
      registered: undefined,
      entraDeviceId: 'aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee',
      contentUrl: '',
    },
    START,
  )
  device.enrolment = {
    osVersion: '10.0.26100.1742',
    edition: 203,
    macs: ['00-11-22-33-44-55'],
    profileName: 'Classroom laptops',
  }
  device.found.set('./Device/Vendor/MSFT/DeviceStatus/NetworkIdentifiers/00%3A11%3A22%3A33%3A44%3A55/Type', '1')
  made.tenant.state.management.managed.set('print', device)
  return { ...made, path: `${DEVICES}/${device.device.entDmId}` }
}

test('a device that is asked for alone tells what a list leaves out', () => {
  const { ask, path } = scene()
  const [listed] = ask('GET', DEVICES).json.value
  const alone = ask('GET', path).json
  const facts = ({ enrollmentProfileName, ethernetMacAddress, roleScopeTagIds, hardwareInformation }: typeof alone) => [
    enrollmentProfileName,
    ethernetMacAddress,
    roleScopeTagIds,
    hardwareInformation,
  ]
  expect(facts(listed)).toEqual([null, null, [], null])
  expect(facts(alone)).toEqual(['Classroom laptops', '001122334455', ['0'], null])
  expect(ask('GET', `${path}?$select=hardwareInformation`).json.hardwareInformation).toMatchObject({
    operatingSystemEdition: 'CloudEdition',
  })
})

test('members are those of the version', () => {
  const { ask, path } = scene()
  const beta = ask('GET', path).json
  const stable = ask('GET', path.replace('beta', 'v1.0')).json
  expect(beta).toMatchObject({
    managementState: 'managed',
    joinType: 'azureADJoined',
    skuFamily: 'CloudEdition',
    skuNumber: 203,
    autopilotEnrolled: false,
    azureADDeviceId: 'aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee',
  })
  expect(Object.keys(stable)).not.toContain('managementState')
  expect(stable).toMatchObject({
    osVersion: '10.0.26100.1742',
    complianceState: 'unknown',
    managedDeviceName: 'alice_Windows_11/4/2024_8:00 AM',
    deviceEnrollmentType: 'windowsAzureADJoin',
    easActivationDateTime: '0001-01-01T00:00:00Z',
  })
})

test('an administrator writes what can be written, and nothing else', () => {
  const { ask, path } = scene()
  const changes = { managedDeviceOwnerType: 'personal', notes: 'front row', managedDeviceName: 'Bench 4' }
  expect(ask('PATCH', path, changes)).toMatchObject({ status: 200, json: changes })
  expect(ask('GET', path).json).toMatchObject({ ...changes, ownerType: 'personal' })
  const refusal = (body: object, at = path) => {
    const { status, json } = ask('PATCH', at, body)
    return [status, json.error.code, json.error.message]
  }
  const type = 'microsoft.management.services.api.managedDevice'
  const sentence = (name: string) =>
    `The property '${name}' does not exist on type '${type}'. Make sure to only use property names that are defined by the type.`
  expect(refusal({ colour: 'red' })).toEqual([400, 'ModelValidationFailure', sentence('colour')])
  expect(refusal({ ownerType: 'company' }, path.replace('beta', 'v1.0'))).toEqual([
    400,
    'ModelValidationFailure',
    sentence('ownerType'),
  ])
  expect(refusal({ serialNumber: '1' })[0]).toBe(400)
  expect(refusal({ managedDeviceOwnerType: 'mine' })[0]).toBe(400)
  expect(ask('GET', path).json).toMatchObject(changes)
})

test('a person has devices, and a device has its person', () => {
  const { ask, path } = scene()
  const [mine] = ask('GET', '/v1.0/users/alice@contoso.example/managedDevices').json.value
  expect(mine.deviceName).toBe('CLS-1')
  expect(ask('GET', `${path}/users`).json.value[0].userPrincipalName).toBe('alice@contoso.example')
  expect(ask('GET', '/v1.0/users/nobody@contoso.example/managedDevices').status).toBe(404)
})
