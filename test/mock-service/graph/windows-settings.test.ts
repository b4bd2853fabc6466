import { expect, test } from 'vitest'
import type { UserDefinition } from '../../../src/domain/tenant.ts'
import { asking, directly, type Json, tokenWith } from './serve.ts'

const SETTINGS = '/v1.0/me/settings/windows'
const PERSON = { scp: 'UserWindowsSettings.Read', upn: 'alice@contoso.example' }

const alice: UserDefinition = {
  email: 'alice@contoso.example',
  password: 'correct-horse',
  name: 'Alice Park',
  licensed: true,
  isGlobalAdministrator: false,
  backups: [
    { device: 'OLD-1', lastBackup: '2025-06-20T07:30:00Z' },
    { device: 'OLD-2', lastBackup: '2026-06-19T11:05:00Z' },
  ],
}

function asked(claims: Record<string, unknown> = PERSON) {
  const scene = directly({ users: [alice, { ...alice, email: 'ben@contoso.example', backups: [] }] })
  return asking(scene, tokenWith(scene, claims))
}

test('a person reads the devices that were backed up, and when', () => {
  const ask = asked()
  const listed: Json[] = ask('GET', `${SETTINGS}?$filter=settingType eq 'backup'`).json.value
  expect(listed.map(({ settingType }) => settingType)).toEqual(['backup', 'backup'])
  const instances = listed.map(({ id }) => ask('GET', `${SETTINGS}/${id}/instances`).json.value[0])
  expect(instances.map(({ payload }) => JSON.parse(payload).deviceName)).toEqual(['OLD-1', 'OLD-2'])
  expect(instances.map(({ lastModifiedDateTime }) => lastModifiedDateTime)).toEqual([
    '2025-06-20T07:30:00.000Z',
    '2026-06-19T11:05:00.000Z',
  ])
})

test('a person without backups has none, and reads no one else’s', () => {
  const [of, own] = [asked(), asked({ ...PERSON, upn: 'ben@contoso.example' })]
  expect(own('GET', SETTINGS).json.value).toEqual([])
  const [{ id }] = of('GET', SETTINGS).json.value
  expect(own('GET', `${SETTINGS}/${id}/instances`).status).toBe(404)
})

test('another permission is not enough', () => {
  expect(asked({ ...PERSON, scp: 'User.Read' })('GET', SETTINGS).status).toBe(403)
})
