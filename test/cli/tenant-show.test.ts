import { readdirSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { Prerequisite } from '../../src/mock-service/prerequisites/prerequisite.ts'
import { call, expectRefused, file } from './call.ts'

const ROOT = resolve(import.meta.dirname, '../..')

const json = async (...args: string[]) => JSON.parse((await call('tenant', 'show', ...args, '--json')).stdout)
const idsOf = (prerequisites: Prerequisite[], status: Prerequisite['status']) =>
  prerequisites.filter((each) => each.status === status).map(({ id }) => id)

/** Five faults, and none of them was seen before there was a check (cases, boot-13). */
const MISCONFIGURED = `title: misconfigured
tenantId: 6f2c1d9a-4b73-4e58-9c0a-7d1e2f3a4b5c
domain: contoso.example
name: Contoso School
users:
  - { email: alice@contoso.example, password: correct-horse, name: Alice Park, licensed: false }
devices:
  - { device: surface-laptop-se, groupTag: Clasroom }
  - { device: lenovo-14w-gen-2, groupTag: Classroom }
enrollment: { windows: block, join: none }
groups:
  - { id: classroom-devices, name: Classroom devices, membershipRule: '(device.devicePhysicalIds -any (_ -eq "[OrderID]:Classroom"))' }
deploymentProfiles:
  - { id: classroom, name: Classroom laptops, mode: userDriven, deviceNameTemplate: "School PC %serial%", assignedTo: [classroom-devices] }
`

const READY = `title: T
tenantId: 6f2c1d9a-4b73-4e58-9c0a-7d1e2f3a4b5c
domain: t.example
name: Small School
branding: { color: "#112233", signInPageText: Hello, usernameHint: you@t.example }
users: [{ email: dana@t.example, password: x, name: Dana, isGlobalAdministrator: true }]
devices: [{ device: surface-laptop-se }]
deploymentProfiles: [{ id: a, name: All, mode: userDriven, assignedTo: [allDevices] }]
`

describe('oobe tenant show', () => {
  test('lists a school, and its prerequisites at the end', async () => {
    const { code, stdout } = await call('tenant', 'show')
    expect(code).toBe(0)
    expect(stdout).toMatch(/^Contoso School — contoso\.example, tenant 6f2c1d9a/)
    expect(stdout).toMatch(/surface-laptop-se +SIM-SLSE-000001 +Classroom +manual +Classroom laptops +School devices/)
    expect(stdout).toMatch(/\nPrerequisites on 2026-09-07: 23 ready, 2 not ready, 1 not known\n {2}not ready {2}Intune/)
  })

  test('finds each of five faults of a school in which no device can enrol', async () => {
    const path = file('misconfigured.yaml', MISCONFIGURED)
    const { code, stdout } = await call('tenant', 'show', path, '--check', '--json')
    expect(code).toBe(1)
    const { isReady, prerequisites } = JSON.parse(stdout) as { isReady: boolean; prerequisites: Prerequisite[] }
    const reasons = Object.fromEntries(
      prerequisites.filter(({ status }) => status === 'notReady').map((each) => [each.id, each.reasons[0]!.text]),
    )
    expect(isReady).toBe(false)
    expect(reasons).toMatchObject({
      licences: 'no user has an Intune licence: no person can enrol a device',
      joining: 'users may not join devices: the join will fail with 0x801c0003',
      enrollment: 'Windows devices may not enrol: enrolment will fail with 0x80180014',
      groupTags: 'no group takes the tag "Clasroom" of SIM-SLSE-000001',
      deviceNames:
        'the name template "School PC %serial%" of "Classroom laptops" has the unknown macro "%serial%": it knows %SERIAL% and %RAND:x%, in capitals, with x from 1 to 15',
    })
    expect(idsOf(prerequisites, 'notKnown')).toEqual([
      ...['directoryLicence', 'mdmScope', 'mdmApplications', 'deviceLimit', 'network'],
    ])
  })

  test('shows what the service would refuse, and a run refuses the file', async () => {
    const profiles = ['Year-one', 'Year two'].map(
      (name, index) => `  - { id: p${index}, name: ${name}, mode: userDriven, assignedTo: [allDevices] }\n`,
    )
    const path = file(
      'refused.yaml',
      `${READY.replace(/^deploymentProfiles:.*\n/m, '')}deploymentProfiles:\n${profiles.join('')}`,
    )
    const { stdout } = await call('tenant', 'show', path, '--check', '--json')
    const { prerequisites } = JSON.parse(stdout) as { prerequisites: Prerequisite[] }
    const textsOf = (id: string) => prerequisites.find((each) => each.id === id)!.reasons.map(({ text }) => text)
    expect(textsOf('values')).toEqual([expect.stringMatching(/^deploymentProfiles\.0\.name: .*refused\.yaml:\d+\)$/)])
    expect(textsOf('profileConflicts')).toContain(
      '"Year-one", "Year two" are all assigned to all devices: Intune takes one',
    )
    expect((await call('tenant', 'profiles', path)).stderr).toContain('deploymentProfiles.0.name')
  })

  test('without --check it ends with 0 all the same', async () => {
    expect((await call('tenant', 'show', file('misconfigured.yaml', MISCONFIGURED))).code).toBe(0)
  })

  test('of what the file does not say it demands nothing', async () => {
    const { code, stdout } = await call('tenant', 'show', file('small.yaml', READY), '--check')
    expect(code).toBe(0)
    expect(stdout).toContain('  not known  Device limit\n')
    expect(stdout).not.toContain('  not ready  ')
  })

  test('has a line of at most 80 cells for all that it says', async () => {
    for (const args of [[], [file('misconfigured.yaml', MISCONFIGURED)]]) {
      const { stdout } = await call('tenant', 'show', '--check', ...args)
      expect(stdout.split('\n').filter((line) => [...line].length > 80)).toEqual([])
    }
  })

  test('says how many reasons it leaves out on the screen, and --json has them', async () => {
    const users = Array.from(
      { length: 8 },
      (_, index) => `  - { email: u${index}@t.example, password: x, name: U, licensed: false }\n`,
    )
    const path = file('many.yaml', READY.replace(/^users: \[(.*)\]$/m, `users:\n  - $1\n${users.join('').trimEnd()}`))
    expect((await call('tenant', 'show', path, '--check')).stdout).toContain('and 3 more: --json has all\n')
    const { prerequisites } = await json(path)
    expect(prerequisites[0].reasons).toHaveLength(8)
  })

  test('counts the day that it is given as today', async () => {
    const path = file('small.yaml', READY)
    const at = async (day: string) => idsOf((await json(path, '--at', day)).prerequisites, 'notReady')
    expect([await at('2026-10-13'), await at('2026-10-14')]).toEqual([[], ['windows']])
    expectRefused(
      await call('tenant', 'show', path, '--at', '2026-02-30'),
      'ERR_BAD_ARGUMENTS: "2026-02-30" is no day',
      '  a day such as 2026-11-01',
    )
  })

  test('refuses a bad file as others do', async () => {
    const bad = await call(
      'tenant',
      'show',
      file('bad.yaml', `${READY}enrollment: { mdmUserScope: [staf] }\n`),
      '--check',
    )
    expect(bad.code).toBe(2)
    expect(bad.stderr).toMatch(/bad\.yaml:9:30: enrollment\.mdmUserScope\.0: there is no group "staf"\n/)
  })
})

/** What is not ready in a shipped school is so on purpose: scenarios play it. */
const ON_PURPOSE: Record<string, string[]> = {
  // Carla has no licence, and Northwind Devices waits for its consent.
  'contoso-school': ['licences', 'consent'],
}

test('shipped schools are ready, but for what scenarios play', async () => {
  const names = readdirSync(join(ROOT, 'scenarios/tenants'))
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => basename(name, '.yaml'))
  expect(names).toContain('contoso-school')
  for (const name of names) {
    expect([name, idsOf((await json(name)).prerequisites, 'notReady')]).toEqual([name, ON_PURPOSE[name] ?? []])
  }
})
