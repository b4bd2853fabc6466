import { expect, test } from 'vitest'
import { profileFileOf } from '../../src/device/profile-file.ts'
import type { DiskFacts, DiskFile, TextEncoding } from '../../src/domain/device.ts'
import { bytesOf, PROFILE_PATH } from '../../src/protocols/autopilot/disk-file.ts'

const json = {
  CloudAssignedTenantId: '6f2c1d9a-4b73-4e58-9c0a-7d1e2f3a4b5c',
  CloudAssignedTenantDomain: 'contoso.example',
  CloudAssignedOobeConfig: 28,
  CloudAssignedDomainJoinMethod: 0,
  CloudAssignedForcedEnrollment: 1,
  CloudAssignedAadServerData: '{"ZeroTouchConfig":{"CloudAssignedTenantDomain":"contoso.example"}}',
  ZtdCorrelationId: '7c0e5b1d-2f64-4a8e-9b3c-5d6e7f8a9b0c',
}

const disk = (...files: DiskFile[]): DiskFacts => ({
  ...{ gb: 64, bus: 'emmc', serialNumber: '1', product: 'DISK', vendor: '' },
  files,
})

const at = (path: string, facts: Partial<DiskFile> = {}) => profileFileOf(disk({ path, json, ...facts }))

test.each([PROFILE_PATH, PROFILE_PATH.toLowerCase(), PROFILE_PATH.toUpperCase()])('%s is found', (path) => {
  expect(at(path)).toMatchObject({ kind: 'profile', path, ignored: [] })
})

test.each([
  ['C:\\Windows\\Provisioning\\Autopilot\\AutopilotConfiguration.json', 'its name must be'],
  ['C:\\Windows\\Provisioning\\Autopilot\\AutopilotConfigurationFile.json.txt', 'its name must be'],
  ['C:\\AutopilotConfigurationFile.json', 'its place must be'],
  ['D:\\Windows\\Provisioning\\Autopilot\\AutopilotConfigurationFile.json', 'its place must be'],
])('%s is not found, and the reason is said', (path, why) => {
  expect(at(path)).toEqual({ kind: 'misplaced', why: expect.stringContaining(why) })
})

test('without such a file there is none', () => {
  expect(at('C:\\Users\\Public\\notes.json')).toEqual({ kind: 'none' })
  expect(profileFileOf({ ...disk(), files: undefined })).toEqual({ kind: 'none' })
})

test('sysprep /generalize deletes the file', () => {
  const { files, ...others } = disk({ path: PROFILE_PATH, json })
  expect(profileFileOf({ ...others, files, isGeneralized: true })).toEqual({
    kind: 'misplaced',
    why: `sysprep /generalize has deleted ${PROFILE_PATH}`,
  })
})

test.each<[TextEncoding, string]>([
  ['ansi', 'profile'],
  // Without a mark, and of ASCII alone, the bytes are the same.
  ['utf-8', 'profile'],
  ['utf-8-bom', 'refused'],
  ['utf-16le', 'refused'],
  ['utf-16be', 'refused'],
])('a file in %s is %s', (encoding, kind) => {
  expect(at(PROFILE_PATH, { encoding }).kind).toBe(kind)
})

test('what has no meaning is named', () => {
  const found = at(PROFILE_PATH, { json: { ...json, CloudAssignedOobeConfig: 2_076, Extra: 1 } })
  expect(found).toMatchObject({
    ignored: ['not read here: Extra', 'CloudAssignedOobeConfig has unknown bits: 2048'],
  })
})

test('the bytes of a file are those of its text in its encoding, or its own', () => {
  const text = 'é'
  expect([...bytesOf({ path: 'C:\\a', text })]).toEqual([0xe9])
  expect([...bytesOf({ path: 'C:\\a', text, encoding: 'utf-8-bom' })]).toEqual([0xef, 0xbb, 0xbf, 0xc3, 0xa9])
  expect([...bytesOf({ path: 'C:\\a', text, encoding: 'utf-16be' })]).toEqual([0xfe, 0xff, 0x00, 0xe9])
  expect([...bytesOf({ path: 'C:\\a', base64: '/w==' })]).toEqual([0xff])
  expect(() => bytesOf({ path: 'C:\\a', text: '教' })).toThrow(RangeError)
})
