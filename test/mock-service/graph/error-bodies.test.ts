import { describe, expect, test } from 'vitest'
import { APPLICATION, asking, directly, jsonOf, tokenOf } from './serve.ts'

const DM = '/beta/deviceManagement'
const reader = (...permissions: string[]) => {
  const scene = directly({ applications: [{ ...APPLICATION, name: 'Reader', permissions }] })
  return asking(scene, jsonOf(tokenOf(scene)).access_token)
}

describe('an error of Intune', () => {
  test('has JSON in its message, with what it asks for, and where', () => {
    const answer = reader()('GET', `${DM}/windowsAutopilotDeviceIdentities?$top=1`)
    const { error } = JSON.parse(answer.text)
    expect([answer.status, error.code]).toEqual([403, 'Forbidden'])
    expect(error.message).toMatch(/^\{\r\n {2}"_version": 3,\r\n {2}"Message": "/)
    expect(JSON.parse(error.message)).toEqual({
      _version: 3,
      Message: `Application is not authorized to perform this operation. Application must have one of the following scopes: DeviceManagementServiceConfig.Read.All, DeviceManagementServiceConfig.ReadWrite.All - Operation ID (for customer support): 00000000-0000-0000-0000-000000000000 - Activity ID: ${error.innerError['request-id']} - Url: https://fef.msuc01.manage.microsoft.test/DeviceEnrollmentFE/StatelessDeviceEnrollmentFEService/deviceManagement/windowsAutopilotDeviceIdentities?api-version=5024-06-14&$top=1`,
      CustomApiErrorPhrase: '',
      RetryAfter: null,
      ErrorSourceService: '',
      HttpHeaders: '{}',
    })
  })

  test.each<[string, string, number, string, string]>([
    [
      'GET',
      '/v1.0/deviceManagement/managedDevices/x',
      404,
      'ResourceNotFound',
      "DeviceFE/StatelessDeviceFEService/deviceManagement/managedDevices('x')?api-version=2024-06-14",
    ],
    [
      'GET',
      '/v1.0/deviceAppManagement/mobileApps/x',
      404,
      'ResourceNotFound',
      "AppLifecycle/StatelessAppMetadataFEService/deviceAppManagement/mobileApps('x')?api-version=2024-06-14",
    ],
    [
      'POST',
      `${DM}/windowsAutopilotDeviceIdentities/x/updateDeviceProperties`,
      404,
      'ResourceNotFound',
      "windowsAutopilotDeviceIdentities('x')/updateDeviceProperties?api-version=5024-06-14",
    ],
  ])('%s %s', (method, path, status, code, url) => {
    const answer = directly().ask(method as 'GET', path, method === 'POST' ? {} : undefined)
    const { error } = JSON.parse(answer.text)
    expect([answer.status, error.code]).toEqual([status, code])
    expect(JSON.parse(error.message).Message).toContain(url)
  })

  test('that the gateway has found is plain', () => {
    const { ask } = directly()
    const plain = (path: string, body?: object) => JSON.parse(ask(body ? 'POST' : 'GET', path, body).text).error.message
    expect(plain(`${DM}/managedDevices?$select=x`)).toMatch(/^Parsing OData Select and Expand failed: /)
    expect(plain(`${DM}/managedDevices?$filter=x`)).toMatch(/^Invalid filter clause: /)
    expect(plain(`${DM}/toasters`)).toBe("Resource not found for the segment 'toasters'.")
    expect(plain(`${DM}/importedWindowsAutopilotDeviceIdentities`, { hardwareIdentifier: 'T0E' })).toBe(
      "Cannot convert the literal 'T0E' to the expected type 'Edm.Binary'.",
    )
  })
})

describe('an error of the directory', () => {
  test.each(['/v1.0/groups', '/v1.0/users', '/beta/organization', '/v1.0/groups/x/members'])(
    '%s without rights',
    (path) => {
      const { status, json } = reader('DeviceManagementApps.Read.All')('GET', path)
      expect([status, json.error.code, json.error.message]).toEqual([
        403,
        'Authorization_RequestDenied',
        'Insufficient privileges to complete the operation.',
      ])
    },
  )

  test.each(['/v1.0/groups/x', '/v1.0/users/x', '/v1.0/groups/x/members', '/v1.0/users/x/memberOf'])(
    '%s is not there',
    (path) => {
      const { status, json } = directly().ask('GET', path)
      expect([status, json.error.code, json.error.message]).toEqual([
        404,
        'Request_ResourceNotFound',
        "Resource 'x' does not exist or one of its queried reference-property objects are not present.",
      ])
    },
  )

  test('of a body has the code of the directory', () => {
    const { ask } = directly()
    for (const [path, body] of [
      ['/v1.0/groups', {}],
      ['/v1.0/users', { displayName: 'x' }],
    ] as const) {
      const { status, json } = ask('POST', path, body)
      expect([status, json.error.code]).toEqual([400, 'Request_BadRequest'])
    }
  })
})

describe('a token that is refused', () => {
  const scene = directly()
  const answer = (token: string) => {
    const { status, headers, json } = asking(scene, token)('GET', '/v1.0/groups')
    return [status, json.error.code, json.error.message, headers['www-authenticate']?.slice(0, 16)]
  }
  const refusal = (message: string) => [401, 'InvalidAuthenticationToken', message, 'Bearer realm="",']

  test('says why', () => {
    expect(answer('')).toEqual(refusal('Access token is empty.'))
    expect(answer('x')).toEqual(refusal('IDX14100: JWT is not well formed, there are no dots (.).'))
    const late = directly()
    const token: string = jsonOf(tokenOf(late)).access_token
    late.wait(61)
    const { json } = asking(late, token)('GET', '/v1.0/groups')
    expect(json.error.message).toBe('Lifetime validation failed, the token is expired.')
    const other: string = jsonOf(tokenOf(scene, { scope: 'https://api.manage.microsoft.test/.default' })).access_token
    expect(answer(other)).toEqual(refusal('Access token validation failure. Invalid audience.'))
  })
})
