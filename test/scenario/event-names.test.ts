import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { loadScenarios } from '../../src/scenario/scenario.ts'

const folder = mkdtempSync(join(tmpdir(), 'oobe-test-'))
afterAll(() => rmSync(folder, { recursive: true }))

const does = (administrator: string, tenant = 'contoso-school') => {
  const file = join(folder, 'story.yaml')
  writeFileSync(
    file,
    `title: A story
device: surface-laptop-se
tenant: ${tenant}
network: school-wifi
person: alice
events:
  - { when: { page: signIn }, administrator: ${administrator} }
expect: { outcome: desktop }
`,
  )
  return loadScenarios(file)[0]!.events[0]!.does.value
}

test.each<[what: string, written: string, value: object]>([
  [
    'a profile and a group by their names',
    '{ assign: { profile: Classroom laptops, to: All devices } }',
    { kind: 'assign', value: { profile: 'classroom', to: 'allDevices' } },
  ],
  [
    'an app by its name, in other letters',
    '{ unassign: { app: safe exam browser, from: Library devices } }',
    { kind: 'unassign', value: { app: '3b8a5c1e-0f42-4d6b-8e97-a1c2d3e4f501', from: 'library-devices' } },
  ],
  ['a page by its id', '{ delete: { statusPage: school } }', { kind: 'delete', value: { statusPage: 'school' } }],
  [
    'a user in other letters',
    '{ assignLicence: Carla@Contoso.Example }',
    { kind: 'assignLicence', value: 'carla@contoso.example' },
  ],
])('an administrator may name %s', (_, written, value) => {
  expect(does(written)).toEqual(value)
})

test('a name that two objects have is refused, with their ids', () => {
  const twice = `{ use: contoso-school, with: { groups: [{ id: a, name: Twins }, { id: b, name: Twins }, { id: classroom-devices, name: C }, { id: library-devices, name: L }] } }`
  expect(() => does('{ delete: { group: Twins } }', twice)).toThrow(
    /story\.yaml:7:\d+: the tenant "contoso-school" has more than one group "Twins"/,
  )
})

test('a name that is near is proposed', () => {
  try {
    does('{ assign: { profile: Clasroom laptops, to: All devices } }')
    expect.unreachable()
  } catch (error) {
    expect(error).toMatchObject({ details: expect.arrayContaining(['Did you mean "Classroom laptops"?']) })
  }
})
