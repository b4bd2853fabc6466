import { describe, expect, test } from 'vitest'
import { encodeConfigurationFile, readConfigurationFile } from '../../../src/protocols/autopilot/configuration-file.ts'

const CORRELATOR = '7c0e5b1d-2f64-4a8e-9b3c-5d6e7f8a9b0c'
const TENANT = '6f2c1d9a-4b73-4e58-9c0a-7d1e2f3a4b5c'

/** The sample of the documentation, with a name template. */
const FILE = {
  CloudAssignedTenantId: TENANT,
  CloudAssignedForcedEnrollment: 1,
  Version: 2049,
  Comment_File: 'Profile Autopilot Profile',
  CloudAssignedAadServerData: JSON.stringify({
    ZeroTouchConfig: {
      CloudAssignedTenantUpn: '',
      ForcedEnrollment: 1,
      CloudAssignedTenantDomain: 'contoso.example',
    },
  }),
  CloudAssignedTenantDomain: 'contoso.example',
  CloudAssignedDomainJoinMethod: 0,
  CloudAssignedOobeConfig: 28,
  CloudAssignedDeviceName: 'CLS-%SERIAL%',
  ZtdCorrelationId: CORRELATOR.toUpperCase(),
}

const bytes = (text: string, encoding: BufferEncoding = 'latin1') => Buffer.from(text, encoding)
const written = (changes: Record<string, unknown>) => bytes(JSON.stringify({ ...FILE, ...changes }))
const without = (name: keyof typeof FILE) => written({ [name]: undefined })

test('the documented sample is a profile without a registration, and its GUIDs are in lower case', () => {
  expect(readConfigurationFile(written({}))).toEqual({
    kind: 'profile',
    unread: [],
    unknownBits: 0,
    profile: {
      tenantId: TENANT,
      tenantDomain: 'contoso.example',
      tenantUpn: '',
      oobeConfig: 28,
      deviceName: 'CLS-%SERIAL%',
      language: '',
      region: '',
      forcedEnrollment: true,
      deploymentProfileName: '',
      ztdRegistrationId: '',
      ztdCorrelationId: CORRELATOR,
      isExplicit: false,
    },
  })
})

test.each<[string, Uint8Array, 'encoding' | 'parse' | 'correlator', string]>([
  ['UTF-8 with a mark', bytes(`\ufeff${JSON.stringify(FILE)}`, 'utf8'), 'encoding', 'UTF-8 with a byte order mark'],
  ['UTF-16', bytes(`\ufeff${JSON.stringify(FILE)}`, 'utf16le'), 'encoding', 'UTF-16 (little-endian)'],
  ['UTF-16 without a mark', bytes(JSON.stringify(FILE), 'utf16le'), 'encoding', 'without a byte order mark'],
  ['UTF-8 beyond ASCII', bytes(JSON.stringify({ ...FILE, Comment_File: 'Höhe' }), 'utf8'), 'encoding', 'UTF-8'],
  ['an empty file', bytes(''), 'parse', 'not JSON'],
  ['no JSON', bytes('CloudAssignedTenantId=1'), 'parse', 'not JSON'],
  ['two profiles', bytes(`${JSON.stringify(FILE)}${JSON.stringify(FILE)}`), 'parse', 'not JSON'],
  ['a list', bytes(`[${JSON.stringify(FILE)}]`), 'parse', 'not an object'],
  ['no tenant', without('CloudAssignedTenantId'), 'parse', 'CloudAssignedTenantId is missing'],
  ['no domain', without('CloudAssignedTenantDomain'), 'parse', 'CloudAssignedTenantDomain is missing'],
  ['no OobeConfig', without('CloudAssignedOobeConfig'), 'parse', 'CloudAssignedOobeConfig is missing'],
  ['no way of the join', without('CloudAssignedDomainJoinMethod'), 'parse', 'DomainJoinMethod is missing'],
  ['no forced enrolment', without('CloudAssignedForcedEnrollment'), 'parse', 'ForcedEnrollment is missing'],
  ['no server data', without('CloudAssignedAadServerData'), 'parse', 'AadServerData is missing'],
  ['a blank profile', written({ CloudAssignedAadServerData: '{"ZeroTouchConfig":{}}' }), 'parse', 'blank'],
  ['server data that is no JSON', written({ CloudAssignedAadServerData: 'none' }), 'parse', 'not JSON'],
  ['a tenant in braces', written({ CloudAssignedTenantId: `{${TENANT}}` }), 'parse', 'not a GUID without braces'],
  ['a number as text', written({ CloudAssignedOobeConfig: '28' }), 'parse', 'CloudAssignedOobeConfig is not a number'],
  ['a broken number', written({ CloudAssignedOobeConfig: 28.5 }), 'parse', 'not a number of 32 bits'],
  ['a negative number', written({ CloudAssignedOobeConfig: -1 }), 'parse', 'not a number of 32 bits'],
  ['a number of 33 bits', written({ CloudAssignedOobeConfig: 2 ** 32 }), 'parse', 'not a number of 32 bits'],
  ['1e999', bytes(JSON.stringify(FILE).replace(':28,', ':1e999,')), 'parse', 'not a number'],
  ['another way of the join', written({ CloudAssignedDomainJoinMethod: 2 }), 'parse', 'is not 0 or 1'],
  ['a name of the wrong type', written({ CloudAssignedDeviceName: 5 }), 'parse', 'DeviceName is not a string'],
  ['a huge domain', written({ CloudAssignedTenantDomain: 'x'.repeat(2_049) }), 'parse', 'more than 2048 characters'],
  ['a huge file', bytes(JSON.stringify({ ...FILE, x: 'x'.repeat(4_194_304) })), 'parse', 'too large'],
  ['no correlation id', without('ZtdCorrelationId'), 'correlator', 'ZtdCorrelationId is missing'],
  ['a correlation id in braces', written({ ZtdCorrelationId: `{${CORRELATOR}}` }), 'correlator', 'without braces'],
  ['a correlation id that is a number', written({ ZtdCorrelationId: 7 }), 'correlator', 'not a GUID'],
])('%s is refused', (_, input, event, why) => {
  expect(readConfigurationFile(input)).toEqual({ kind: 'refused', event, why: expect.stringContaining(why) })
})

test.each([
  ['bit 32', { CloudAssignedOobeConfig: 28 + 32 }, 'self-deploying'],
  ['bit 64', { CloudAssignedOobeConfig: 28 + 64 }, 'self-deploying'],
  ['a self-deploying profile', { CloudAssignedOobeConfig: 382 }, 'self-deploying'],
  ['a hybrid join', { CloudAssignedDomainJoinMethod: 1 }, 'hybrid join'],
])('%s is no mode of a file', (_, changes, why) => {
  expect(readConfigurationFile(written(changes))).toEqual({ kind: 'unsupported', why: expect.stringContaining(why) })
})

test('members and bits that have no meaning are named', () => {
  const read = readConfigurationFile(written({ ZtdRegistrationId: 'x', CloudAssignedOobeConfig: 28 + 2048 + 4096 }))
  expect(read).toMatchObject({ kind: 'profile', unread: ['ZtdRegistrationId'], unknownBits: 6_144 })
})

test('the assigned user may be in the server data alone', () => {
  const data = JSON.stringify({ ZeroTouchConfig: { CloudAssignedTenantUpn: 'alice@contoso.example' } })
  const read = readConfigurationFile(written({ CloudAssignedAadServerData: data }))
  expect(read).toMatchObject({ profile: { tenantUpn: 'alice@contoso.example' } })
})

describe('a file that was written here', () => {
  const profile = {
    ...{
      tenantId: TENANT,
      tenantDomain: 'contoso.example',
      tenantUpn: '',
      oobeConfig: 1310,
      deviceName: 'CLS-%SERIAL%',
    },
    ...{
      language: 'de-DE',
      region: 'DE',
      forcedEnrollment: true,
      deploymentProfileName: 'Höhe, 教室',
      isExplicit: true,
    },
    ...{ ztdRegistrationId: 'a0000000-0000-4000-8000-000000000001', ztdCorrelationId: CORRELATOR },
  }
  const file = encodeConfigurationFile(profile)

  test('is ASCII, and is read as it was written, without what only the service says', () => {
    expect(file).toMatch(/^[\x09-\x7e]+$/)
    expect(readConfigurationFile(bytes(file))).toEqual({
      kind: 'profile',
      unread: [],
      unknownBits: 0,
      profile: { ...profile, deploymentProfileName: '', ztdRegistrationId: '', isExplicit: false },
    })
  })

  test('has the members of an export, and no empty ones', () => {
    expect(JSON.parse(file)).toMatchObject({
      Version: 2049,
      Comment_File: 'Profile Höhe, 教室',
      ZtdCorrelationId: CORRELATOR,
    })
    expect(Object.keys(JSON.parse(file))).not.toContain('CloudAssignedTenantUpn')
  })
})
