import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { UserError } from '../../src/domain/trouble.ts'
import { loadScenarios } from '../../src/scenario/scenario.ts'
import { specOf } from '../../src/scenario/spec-of.ts'

const PATH = 'C:\\Windows\\Provisioning\\Autopilot\\AutopilotConfigurationFile.json'
const SERVER_DATA = '{"ZeroTouchConfig":{"CloudAssignedTenantDomain":"contoso.example"}}'

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'oobe-disk-files-'))
})

afterEach(() => rmSync(folder, { recursive: true }))

const scenario = (files: unknown): string => {
  const path = join(folder, 'story.yaml')
  const device = JSON.stringify({ use: 'surface-laptop-se', with: { disk: { files } } })
  writeFileSync(path, `title: A story\ndevice: ${device}\ntenant: contoso-school\nexpect: { outcome: desktop }\n`)
  return path
}

const filesOf = (files: unknown) => loadScenarios(scenario(files))[0]!.device.disk.files

function refusal(files: unknown): string {
  try {
    filesOf(files)
  } catch (error) {
    const { code, message } = error as UserError
    return `${code} ${message.replace(`${folder}/`, '')}`
  }
  throw new Error('accepted')
}

const profile = (over: object) => ({
  CloudAssignedTenantId: '6f2c1d9a-4b73-4e58-9c0a-7d1e2f3a4b5c',
  CloudAssignedTenantDomain: 'contoso.example',
  CloudAssignedOobeConfig: 28,
  CloudAssignedDomainJoinMethod: 0,
  CloudAssignedForcedEnrollment: 1,
  CloudAssignedAadServerData: SERVER_DATA,
  ZtdCorrelationId: '7c0e5b1d-2f64-4a8e-9b3c-5d6e7f8a9b0c',
  ...over,
})

test('a file beside the scenario is named as seen from there, and the run has its bytes', () => {
  mkdirSync(join(folder, 'images'))
  writeFileSync(join(folder, 'images', 'profile.json'), Buffer.from([0xff, 0xfe, 0x7b, 0x00]))
  const path = scenario([{ path: PATH, from: 'images/profile.json' }])
  const [loaded] = loadScenarios(path)
  const held = [{ path: PATH, base64: '//57AA==' }]
  expect(loaded!.device.disk.files).toEqual(held)
  expect(specOf(loaded!, 1).spec.device).toMatchObject({ disk: { files: held } })
})

test('what is written in the scenario stays as it is written', () => {
  const files = [{ path: PATH, encoding: 'utf-16le', json: { a: 1 } }]
  expect(filesOf(files)).toEqual(files)
})

test.each<[string, unknown, string]>([
  ['a file that is not there', [{ path: PATH, from: 'gone.json' }], 'ERR_NOT_READABLE story.yaml:2'],
  ['a folder', [{ path: PATH, from: '.' }], 'ERR_NOT_READABLE story.yaml:2'],
  ['no contents', [{ path: PATH }], 'needs one of json, text, base64, from'],
  ['two contents', [{ path: PATH, text: '', json: {} }], 'needs one of json, text, base64, from'],
  ['an encoding of bytes', [{ path: PATH, base64: '', encoding: 'ansi' }], 'encoding goes with json and text'],
  ['an unknown encoding', [{ path: PATH, text: '', encoding: 'ascii' }], 'must be one of ansi, utf-8'],
  ['bytes that are no base64', [{ path: PATH, base64: '{' }], 'must be base64'],
  ['a path of another system', [{ path: '/etc/passwd', text: '' }], 'must be a path of Windows'],
  ['a list for JSON', [{ path: PATH, json: [] }], 'must be an object'],
  ['an unknown key', [{ path: PATH, jsn: {} }], 'unknown key "jsn"'],
  ['a character that ANSI does not have', [{ path: PATH, text: '教' }], 'is not in ANSI'],
  [
    'one path twice',
    [
      { path: PATH, text: '' },
      { path: PATH.toLowerCase(), text: '' },
    ],
    'is there twice',
  ],
  ['a self-deploying profile', [{ path: PATH, json: profile({ CloudAssignedOobeConfig: 382 }) }], 'self-deploying'],
  ['a hybrid join', [{ path: PATH, json: profile({ CloudAssignedDomainJoinMethod: 1 }) }], 'hybrid join'],
])('%s is refused, with its place', (_, files, why) => {
  const said = refusal(files)
  expect(said).toContain(why)
  expect(said).toMatch(/^ERR_\w+ story\.yaml:2:\d+/)
})

test('a file of more than a megabyte is refused', () => {
  writeFileSync(join(folder, 'huge.json'), Buffer.alloc(1024 * 1024 + 1, 0x20))
  expect(refusal([{ path: PATH, from: 'huge.json' }])).toContain('ERR_FILE_TOO_LARGE')
})

test('the same profile elsewhere on the disk is not looked at', () => {
  const files = [{ path: 'C:\\profile.json', json: profile({ CloudAssignedOobeConfig: 382 }) }]
  expect(filesOf(files)).toEqual(files)
})
