import { expect, test } from 'vitest'
import { contextItemsOf } from '../../src/device/enrollment-context.ts'
import { chooseEnrollmentKey } from '../../src/device/enrollment-key.ts'
import type { VirtualDevice } from '../../src/device/virtual-device.ts'
import { behaviourOf } from '../../src/domain/device-behaviour.ts'
import { negotiatedVersion, requestVersionOf } from '../../src/protocols/ms-mde2/request-version.ts'
import { meetsSearchCriteria } from '../../src/protocols/ms-mde2/search-criteria.ts'
import { DEFAULT_POLICY } from '../../src/protocols/ms-xcep/get-policies.ts'
import { loadDeviceFile } from '../../src/scenario/library.ts'

const deviceWith = (profile: object | undefined, tpm: object | undefined = {}, behaviour = {}) =>
  ({
    definition: loadDeviceFile('surface-laptop-se'),
    disk: { deviceName: 'CLS-1', language: 'en-US', profile },
    hardwareDeviceId: 'A'.repeat(64),
    deviceId: 'D'.repeat(32),
    tpm,
    behaviour: behaviourOf(behaviour),
  }) as unknown as VirtualDevice

const enrolling = { osVersion: '10.0.26100.4652', osEdition: '203', requestVersion: '7.0', enrollmentVersion: '5.0' }
const namesOf = (items: { name: string }[]) => [...new Set(items.map(({ name }) => name))]

test('the items come in the order of the captures [point 17: fixture]', () => {
  const items = contextItemsOf(deviceWith({ ztdRegistrationId: 'z' }), { ...enrolling, termsOfUse: 'blob' })
  expect(namesOf(items)).toEqual([
    ...['UXInitiated', 'HWDevID', 'Locale', 'TargetedUserLoggedIn', 'OSEdition', 'DeviceName', 'MAC', 'DeviceID'],
    ...['EnrollmentType', 'DeviceType', 'OSVersion', 'ApplicationVersion', 'EnrollmentData', 'ZeroTouchProvisioning'],
    ...['NotInOobe', 'RequestVersion'],
  ])
  const values = Object.fromEntries(items.map(({ name, value }) => [name, value]))
  expect(values).toMatchObject({
    EnrollmentType: 'Device',
    NotInOobe: 'false',
    OSEdition: '203',
    EnrollmentData: 'blob',
  })
})

test.each<[string, object | undefined, string[]]>([
  ['without a profile', undefined, []],
  ['of a registered device', { ztdRegistrationId: 'z' }, ['ZeroTouchProvisioning']],
  [
    'with a profile from a file',
    { ztdRegistrationId: '', ztdCorrelationId: 'c' },
    ['OfflineAutoPilotEnrollmentCorrelator'],
  ],
])('an enrolment %s says where its profile came from [point 18]', (_, profile, expected) => {
  const names = namesOf(contextItemsOf(deviceWith(profile), enrolling))
  expect(names.filter((name) => /ZeroTouch|Offline/.test(name))).toEqual(expected)
})

test.each([
  ['3.0', undefined, []],
  ['4.0', '5.0', ['RequestVersion']],
  ['5.0', '5.0', ['RequestVersion']],
  ['9.0', '7.0', ['RequestVersion', 'AttestationStatus', 'AttestationStatusHResult']],
])('a service of version %s gets the items of that version [point 19]', (enrollmentVersion, version, expected) => {
  const attestation = { hresult: '0x80090029', message: 'none' }
  const items = contextItemsOf(deviceWith(undefined), { ...enrolling, enrollmentVersion, attestation })
  expect(items.find(({ name }) => name === 'RequestVersion')?.value).toBe(version)
  expect(namesOf(items).filter((name) => /RequestVersion|Attestation/.test(name))).toEqual(expected)
})

test.each([
  ['10.0.26200.6899', '9.0'],
  ['10.0.26100.4652', '7.0'],
  ['10.0.22631.5126', '7.0'],
  ['10.0.22631.4602', '6.0'],
  ['10.0.22621.1', '5.0'],
  ['10.0.19045.1', '4.0'],
  ['10.0.10240.1', '3.0'],
])('Windows %s asks for version %s [point 5]', (build, version) => {
  expect(requestVersionOf(build)).toBe(version)
  expect(negotiatedVersion(version, undefined)).toBe(3)
})

const PLATFORM = 'Microsoft Platform Crypto Provider'
const SOFTWARE = 'Microsoft Software Key Storage Provider'

test.each<[object, boolean, object]>([
  [{ cryptoProviders: [PLATFORM, SOFTWARE] }, true, { value: { provider: 'tpm', bits: 2048, hash: 'sha1' } }],
  [{ cryptoProviders: [SOFTWARE, PLATFORM] }, true, { value: { provider: 'software' } }],
  [{ cryptoProviders: [PLATFORM, SOFTWARE] }, false, { value: { provider: 'software' } }],
  [{ cryptoProviders: [PLATFORM, SOFTWARE], keyLength: 4096 }, true, { value: { provider: 'software', bits: 4096 } }],
  [{ cryptoProviders: [PLATFORM], keyLength: 4096 }, true, { trouble: { code: '0x80180027' } }],
  [{ cryptoProviders: ['Somebody'] }, true, { trouble: { code: '0x80180027' } }],
  [{ hashAlgorithm: undefined }, true, { trouble: { code: '0x80180027' } }],
  [{ keyLength: 2100 }, true, { value: { provider: 'software', bits: 2560 } }],
])('the policy %j with a TPM %s chooses the key [point 14]', (policy, hasTpm, expected) => {
  const device = { ...deviceWith(undefined), tpm: hasTpm ? {} : undefined } as VirtualDevice
  expect(chooseEnrollmentKey(device, { ...DEFAULT_POLICY, ...policy })).toMatchObject(expected)
})

test('by the letter of the specification a service of 4.0 gets no version [point 19]', () => {
  const device = deviceWith(undefined, {}, { requestVersionSince: '5.0' })
  const items = contextItemsOf(device, { ...enrolling, enrollmentVersion: '4.0' })
  expect(namesOf(items)).not.toContain('RequestVersion')
})

test.each([
  ['Subject=CN%3dA&Stores=My%5CSystem', true],
  ['Subject=cn%3Da', true],
  ['Subject=CN%3DB\uf000Subject=CN%3DA', true],
  ['Subject=CN%3DB&Stores=My%5CSystem', false],
  ['Subject=CN%3DA&Stores=My%5CUser', false],
  ['Subject=CN%3DA%2COU%3DX', false],
])('the criteria %j find the certificate: %s [point 23]', (criteria, isFound) => {
  expect(meetsSearchCriteria([{ type: 'CN', value: 'A' }], 'System', criteria)).toBe(isFound)
})
