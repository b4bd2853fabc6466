import { describe, expect, test } from 'vitest'
import { hashOf } from '../directory/tenant-of.ts'
import { directly } from './serve.ts'

const DM = '/beta/deviceManagement'
const IMPORTS = `${DM}/importedWindowsAutopilotDeviceIdentities`
const DEVICES = `${DM}/windowsAutopilotDeviceIdentities`
const TYPE = 'microsoft.management.services.api'

/** As published scripts send it. */
const row = (facts: object = {}) => ({
  '@odata.type': '#microsoft.graph.importedWindowsAutopilotDeviceIdentity',
  groupTag: 'Classroom',
  serialNumber: 'SIM-SLSE-000001',
  productKey: '',
  hardwareIdentifier: hashOf('surface-laptop-se'),
  assignedUserPrincipalName: '',
  state: {
    '@odata.type': 'microsoft.graph.importedWindowsAutopilotDeviceIdentityState',
    deviceImportStatus: 'pending',
    deviceRegistrationId: '',
    deviceErrorCode: 0,
    deviceErrorName: '',
  },
  ...facts,
})

const noProperty = (name: string, type: string) =>
  `The property '${name}' does not exist on type '${TYPE}.${type}'. Make sure to only use property names that are defined by the type.`

describe('an import', () => {
  test('takes what scripts send', () => {
    const { ask } = directly()
    expect(ask('POST', IMPORTS, row()).json).toMatchObject({ groupTag: 'Classroom', serialNumber: 'SIM-SLSE-000001' })
    const rows = { importedWindowsAutopilotDeviceIdentities: [row({ state: null })] }
    expect(ask('POST', `${IMPORTS}/import`, rows).status).toBe(200)
  })

  test.each<[object, string]>([
    [{ grouptag: 'Library' }, noProperty('grouptag', 'importedWindowsAutopilotDeviceIdentity')],
    [{ groupTag: 5 }, "Cannot convert the literal '5' to the expected type 'Edm.String'."],
    [{ state: { importStatus: 'x' } }, noProperty('importStatus', 'importedWindowsAutopilotDeviceIdentityState')],
    [
      { '@odata.type': '#microsoft.graph.device' },
      "A type named 'microsoft.graph.device' could not be resolved by the model. When a model is available, each type name must resolve to a valid type.",
    ],
  ])('with %j is refused, alone and among rows, and nothing is imported', (facts, message) => {
    const { ask } = directly()
    const alone = ask('POST', IMPORTS, row(facts))
    expect([alone.status, alone.json.error.message]).toEqual([400, message])
    const rows = { importedWindowsAutopilotDeviceIdentities: [row(), row(facts)] }
    const among = ask('POST', `${IMPORTS}/import`, rows)
    expect([among.status, among.json.error.message]).toEqual([400, message])
    expect(ask('GET', IMPORTS).json.value).toEqual([])
  })

  test('of rows that are none, or under another name, is refused', () => {
    const { ask } = directly()
    const refusal = (body: object) => ask('POST', `${IMPORTS}/import`, body).json.error.message
    expect(refusal({ importedWindowsAutopilotDeviceIdentities: [5] })).toMatch(/A 'StartObject' node was expected/)
    expect(refusal({ importedDevices: [row()] })).toMatch(/^The parameter 'importedDevices' .* operation 'import'/)
    expect(refusal({ importedWindowsAutopilotDeviceIdentities: [] })).toMatch(/is missing or empty$/)
  })
})

describe('an action on a registered device', () => {
  function scene() {
    const made = directly({}, [{ device: 'surface-laptop-se', details: { groupTag: 'Classroom' } }])
    const [id] = made.tenant.directory.now.devices.keys()
    return { ...made, path: `${DEVICES}/${id}` }
  }

  test.each<[string, object, string]>([
    ['updateDeviceProperties', { groupTag: 5 }, "Cannot convert the literal '5' to the expected type 'Edm.String'."],
    ['updateDeviceProperties', { groupTag: ['x'] }, "An unexpected 'StartArray' node was found"],
    [
      'assignUserToDevice',
      { userPrincipalName: 1 },
      "Cannot convert the literal '1' to the expected type 'Edm.String'.",
    ],
    ['unassignUserFromDevice', { user: 'x' }, "The parameter 'user' in the request payload is not a valid parameter"],
    ['allowNextEnrollment', { times: 2 }, "The parameter 'times' in the request payload is not a valid parameter"],
  ])('%s with %j is refused', (action, body, message) => {
    const { ask, path, wait } = scene()
    const { status, json } = ask('POST', `${path}/${action}`, body)
    expect([status, json.error.message]).toEqual([400, expect.stringContaining(message)])
    wait(1)
    expect(ask('GET', path).json).toMatchObject({ groupTag: 'Classroom', userlessEnrollmentStatus: 'unknown' })
  })

  test('null leaves a text as it is', () => {
    const { ask, path, wait } = scene()
    expect(ask('POST', `${path}/updateDeviceProperties`, { groupTag: null, displayName: 'PC-1' }).status).toBe(204)
    wait(1)
    expect(ask('GET', path).json).toMatchObject({ groupTag: 'Classroom', displayName: 'PC-1' })
  })

  test.each<[string, object, string]>([
    [`${DEVICES}/deleteDevices`, { serialNumbers: 'SIM-SLSE-000001' }, "An unexpected 'PrimitiveValue' node was found"],
    [`${DEVICES}/deleteDevices`, { serialnumbers: [] }, "The parameter 'serialnumbers' in the request payload"],
    [`${DM}/windowsAutopilotSettings/sync`, { force: true }, "The parameter 'force' in the request payload"],
  ])('%s with %j is refused', (path, body, message) => {
    const { ask, tenant } = scene()
    const { status, json } = ask('POST', path, body)
    expect([status, json.error.message]).toEqual([400, expect.stringContaining(message)])
    expect(tenant.directory.now.devices.size).toBe(1)
  })
})
