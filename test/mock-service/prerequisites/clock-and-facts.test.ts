import { describe, expect, test } from 'vitest'
import { isServiced, versionOf, WINDOWS_VERSIONS } from '../../../src/domain/windows-versions.ts'
import { withEntry } from '../../../src/mock-service/directory/state.ts'
import { prerequisitesOf } from '../../../src/mock-service/prerequisites/prerequisites.ts'
import { loadDeviceFile } from '../../../src/scenario/library.ts'
import { START } from '../directory/tenant-of.ts'
import { foundIn, type Scene, schoolOf } from './school.ts'

const DAY = 24 * 60
const MINUTES_UNTIL = (day: string) => (Date.parse(day) - START) / 60_000

describe('Windows 11 SE', () => {
  test.each([
    ['2026-10-13T23:59:00Z', 'ready'],
    ['2026-10-14T00:00:00Z', 'notReady'],
  ])('at %s its 24H2 is %s', (time, status) => {
    const scene = schoolOf()
    scene.wait(MINUTES_UNTIL(time))
    expect(foundIn(scene, 'windows')[0]).toBe(status)
  })

  test('has its versions, and no other', () => {
    const ofSe = WINDOWS_VERSIONS.filter(({ build }) => versionOf('SE', `10.0.${build}.1`))
    expect(ofSe.map(({ name }) => name)).toEqual(['21H2', '22H2', '23H2', '24H2'])
    expect(isServiced('SE', '10.0.22631.1', Date.parse('2025-11-12T00:00:00Z'))).toBe(false)
    expect(buildOf('10.0.26200.6000')[0]).toMatch(/^Windows 11 SE has no version with the build 10\.0\.26200\.6000/)
  })

  const buildOf = (build: string): string[] => {
    const { tenant } = schoolOf()
    const [device] = [...tenant.directory.now.devices.values()]
    const facts = loadDeviceFile('surface-laptop-se')
    const definitions = new Map([[device!.id, { ...facts, windows: { ...facts.windows, build } }]])
    return prerequisitesOf({ tenant, definitions })
      .find(({ id }) => id === 'windows')!
      .reasons.map(({ text }) => text)
  }

  test('does not count on devices of another edition', () => {
    const scene = schoolOf({}, [{ device: 'lenovo-14w-gen-2', details: { groupTag: 'Classroom' } }])
    scene.wait(900 * DAY)
    expect(foundIn(scene, 'windows')).toEqual(['ready', 'no device has Windows 11 SE'])
    expect(foundIn(scene, 'approvedApps')).toEqual(['ready', 'no device has Windows 11 SE'])
  })

  test('may be on a device of which nothing is known', () => {
    const scene = schoolOf({}, undefined, false)
    expect(foundIn(scene, 'windows')).toEqual(['notKnown', 'not known from this file: the edition of 2 devices'])
  })
})

describe('what a file may leave out', () => {
  test.each([
    ['directoryLicence', { directoryLicence: null }],
    ['mdmScope', { enrollment: { mdmUserScope: null } }],
    ['mdmApplications', { enrollment: { mdmApplications: null } }],
    ['deviceLimit', { enrollment: { deviceLimit: null } }],
  ] as const)('%s is not known then, and not ready either', (id, changes) => {
    const [status, text] = foundIn(schoolOf(changes), id)
    expect([status, text]).toEqual(['notKnown', expect.stringMatching(/^not known from this file: /)])
  })
})

/** A registered device with another serial number, as a service knows it. */
function renumber({ tenant }: Scene, serialNumber: string): void {
  const [device] = [...tenant.directory.now.devices.values()]
  tenant.directory.change(tenant.now(), ({ devices }) => ({
    devices: withEntry(devices, device!.id, { ...device!, serialNumber }),
  }))
}

test('a serial number that the maker left out is no serial number', () => {
  const scene = schoolOf()
  expect(foundIn(scene, 'serialNumbers')[0]).toBe('ready')
  renumber(scene, 'Default string')
  expect(foundIn(scene, 'serialNumbers')).toEqual([
    'notReady',
    '"Default string" of Microsoft Corporation Surface Laptop SE is no serial number, and other devices have it too',
  ])
})

test('a serial number of digits may not be a name alone', () => {
  const deploymentProfiles = [
    { id: 'a', name: 'A', mode: 'userDriven', deviceNameTemplate: '%SERIAL%', assignedTo: ['allDevices'] },
  ]
  const scene = schoolOf({ deploymentProfiles })
  expect(foundIn(scene, 'deviceNames')[0]).toBe('ready')
  renumber(scene, '0012-3456')
  expect(foundIn(scene, 'deviceNames')).toEqual([
    'notReady',
    expect.stringContaining('0012-3456 would get a name of digits'),
  ])
})

test('what an administrator deletes is missed where it is still named', () => {
  const scene = schoolOf({
    groups: [{ id: 'staff', name: 'Staff', members: ['alice@contoso.example'] }],
    deploymentProfiles: [{ id: 'a', name: 'A', mode: 'userDriven', assignedTo: ['staff'] }],
    statusPages: [
      { id: 's', name: 'S', assignedTo: ['allUsers'], blockingApps: ['3b8a5c1e-0f42-4d6b-8e97-a1c2d3e4f503'] },
    ],
  })
  expect(foundIn(scene, 'objects')[0]).toBe('ready')
  const { tenant } = scene
  tenant.directory.change(tenant.now(), ({ users }) => ({
    users: withEntry(users, 'alice@contoso.example', undefined),
    apps: new Map(),
  }))
  expect(foundIn(scene, 'objects').slice(1)).toEqual([
    'the group "Staff" lists alice@contoso.example, who is no user here',
    expect.stringMatching(/^"S" waits for the app 3b8a5c1e/),
  ])
  tenant.directory.change(tenant.now(), () => ({ groups: new Map() }))
  expect(foundIn(scene, 'objects')[1]).toMatch(/^"A" names the group [0-9a-f-]+, which does not exist$/)
})

test('a tag is only a note where no rule is about tags and each device has its profile', () => {
  const everyone = [{ id: 'a', name: 'A', mode: 'userDriven', assignedTo: ['allDevices'] }]
  const changes = { groups: [], statusPages: [], deploymentProfiles: everyone }
  expect(foundIn(schoolOf(changes), 'groupTags')[0]).toBe('ready')
})

test('a school of self-deploying devices alone needs no user', () => {
  const deploymentProfiles = [{ id: 'a', name: 'A', mode: 'selfDeploying', assignedTo: ['allDevices'] }]
  expect(foundIn(schoolOf({ users: [], partners: [], deploymentProfiles }), 'licences')[0]).toBe('ready')
})
