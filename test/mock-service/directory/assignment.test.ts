import { describe, expect, test } from 'vitest'
import type { RegisteredDevice } from '../../../src/mock-service/directory/state.ts'
import { withEntry } from '../../../src/mock-service/directory/state.ts'
import { hardware } from '../../../src/mock-service/prerequisites/devices.ts'
import { START, type TenantScene, tenantOf } from './tenant-of.ts'

const only = ({ tenant }: TenantScene): RegisteredDevice => [...tenant.directory.now.devices.values()][0]!

const stand = (scene: TenantScene) => {
  const { status, profile, intended, code, why } = scene.tenant.profileOf(only(scene))
  return { status, gets: profile?.name ?? code, intended: intended?.name ?? null, why }
}

const profile = (id: string, changes: object = {}) => ({
  id,
  name: id,
  mode: 'userDriven',
  assignedTo: ['classroom-devices'],
  ...changes,
})

describe('the deployment profile of a device', () => {
  test('is the one that its group has', () => {
    const scene = tenantOf({}, [{ device: 'surface-laptop-se', details: { groupTag: 'Classroom' } }])
    expect(stand(scene)).toEqual({
      status: 'assignedInSync',
      gets: 'Classroom laptops',
      intended: 'Classroom laptops',
      why: ['"Classroom laptops": it is assigned to the group "Classroom devices"'],
    })
  })

  test('is the oldest of several, whatever their order in the file', () => {
    const deploymentProfiles = [
      profile('young', { createdDateTime: '2024-09-01T00:00:00Z' }),
      profile('default', { createdDateTime: '2020-01-01T00:00:00Z', assignedTo: ['allDevices'] }),
      profile('old', { createdDateTime: '2024-08-01T00:00:00Z' }),
    ]
    const scene = tenantOf({ deploymentProfiles }, [
      { device: 'surface-laptop-se', details: { groupTag: 'Classroom' } },
    ])
    expect(stand(scene)).toMatchObject({
      gets: 'old',
      why: [
        '"old": it is assigned to the group "Classroom devices"',
        'not "young": it is assigned to the group "Classroom devices" too, and comes after',
        'not "default": it is assigned to all devices too, and comes after',
      ],
    })
    expect(scene.tenant.profileOf(only(scene)).isExplicit).toBe(true)
  })

  test('is the default of all devices when no group has one, and none for a group that is excluded', () => {
    const everybody = profile('default', { assignedTo: ['allDevices'], excluded: ['library-devices'] })
    const gets = (groupTag: string) => {
      const scene = tenantOf({ deploymentProfiles: [everybody] }, [
        { device: 'surface-laptop-se', details: { groupTag } },
      ])
      return [stand(scene).gets, scene.tenant.profileOf(only(scene)).isExplicit]
    }
    expect([gets('Kitchen'), gets('Library')]).toEqual([
      ['default', false],
      ['815', false],
    ])
  })

  test('comes by listing a device by name, too', () => {
    const scene = tenantOf(
      {
        groups: [{ id: 'loaners', name: 'Loaners', members: ['Surface-Laptop-SE'] }],
        deploymentProfiles: [profile('loan', { assignedTo: ['loaners'] })],
        statusPages: [],
      },
      [{ device: 'surface-laptop-se', details: { name: 'surface-laptop-se' } }],
    )
    expect(stand(scene).gets).toBe('loan')
  })

  test('takes groups and profiles their time after a registration', () => {
    const scene = tenantOf({ delays: { groups: '5m', profiles: '15m' } }, [
      { device: 'surface-laptop-se', details: { groupTag: 'Classroom', registeredAt: START } },
    ])
    const waiting = {
      status: 'pending',
      gets: '815',
      intended: 'Classroom laptops',
      why: [
        '"Classroom laptops": it is assigned to the group "Classroom devices"',
        'the device was registered less than 20 minutes ago: groups and profiles have not caught up',
      ],
    }
    expect(stand(scene)).toEqual(waiting)
    scene.wait(19.9)
    expect(stand(scene)).toEqual(waiting)
    scene.wait(0.1)
    expect(stand(scene)).toMatchObject({ status: 'assignedInSync', gets: 'Classroom laptops' })
  })

  test('stays the old one while a new group tag is worked through', () => {
    const scene = tenantOf({}, [{ device: 'surface-laptop-se', details: { groupTag: 'Classroom' } }])
    const { tenant } = scene
    tenant.directory.change(tenant.now(), ({ devices }) => ({
      devices: withEntry(devices, only(scene).id, { ...only(scene), groupTag: 'Library' }),
    }))
    expect(stand(scene)).toMatchObject({
      status: 'assignedOutOfSync',
      gets: 'Classroom laptops',
      intended: 'Library shared devices',
    })
    scene.wait(20)
    expect(stand(scene)).toMatchObject({ status: 'assignedInSync', gets: 'Library shared devices' })
  })

  test('is 809 while a deleted profile is still assigned, and 815 after', () => {
    const scene = tenantOf({}, [{ device: 'surface-laptop-se', details: { groupTag: 'Classroom' } }])
    const { tenant } = scene
    tenant.directory.change(tenant.now(), () => ({ profiles: new Map() }))
    expect(stand(scene)).toMatchObject({
      gets: '809',
      why: [
        'the assigned profile "Classroom laptops" was deleted',
        'no deployment profile is assigned to a group of this device or to all devices',
      ],
    })
    scene.wait(20)
    expect(stand(scene)).toMatchObject({ status: 'notAssigned', gets: '815' })
  })

  test('says that a self-deploying one requires TPM 2.0', () => {
    const { tenant, ...rest } = tenantOf({}, [{ device: 'surface-laptop-se', details: { groupTag: 'Library' } }])
    const device = only({ tenant, ...rest })
    expect(tenant.profileOf(device)).toMatchObject({ status: 'assignedInSync', detailedStatus: 'none' })
    expect(tenant.profileOf({ ...device, tpmVersion: '1.2' })).toMatchObject({
      status: 'failed',
      detailedStatus: 'hardwareRequirementsNotMet',
      why: expect.arrayContaining([expect.stringContaining('needs TPM 2.0')]),
    })
  })
})

describe('the Enrollment Status Page of a device', () => {
  const page = (id: string, changes: object) => ({ id, name: id, ...changes })
  const pages = [
    page('second', { priority: 2, assignedTo: ['classroom-devices'] }),
    page('first', { priority: 1, assignedTo: ['classroom-devices'] }),
    page('user', { priority: 1, assignedTo: ['allUsers'] }),
  ]
  const pageOf = (groupTag: string, upn: string, statusPages: object[] = pages) => {
    const scene = tenantOf({ statusPages }, [{ device: 'surface-laptop-se', details: { groupTag } }])
    return scene.tenant.managementOf({ registered: only(scene) }, upn).statusPage.page.name
  }

  test('is the best that targets the device, else the user, else the default', () => {
    expect([
      pageOf('Classroom', 'alice@contoso.example'),
      pageOf('Kitchen', 'alice@contoso.example'),
      pageOf('Kitchen', ''),
      pageOf('Classroom', '', []),
    ]).toEqual(['first', 'user', 'All users and all devices', 'All users and all devices'])
  })
})

describe('the apps of a device', () => {
  test('are those for its groups and for the person at it', () => {
    const app = (id: number, scope: string, assignedTo: string[]) => ({
      id: `3b8a5c1e-0f42-4d6b-8e97-a1c2d3e4f5${id}`,
      name: `app${id}`,
      publisher: 'x',
      version: '1',
      scope,
      assignedTo,
    })
    const scene = tenantOf(
      {
        apps: [
          app(10, 'device', ['classroom-devices']),
          app(11, 'device', ['library-devices']),
          app(12, 'device', ['allDevices']),
          app(13, 'user', ['allUsers']),
          app(14, 'user', ['allDevices']),
        ],
      },
      [{ device: 'surface-laptop-se', details: { groupTag: 'Classroom' } }],
    )
    const names = (upn: string) =>
      scene.tenant.managementOf({ registered: only(scene) }, upn).apps.map(({ app: { name } }) => name)
    expect(names('')).toEqual(['app10', 'app12'])
    expect(names('alice@contoso.example')).toEqual(['app10', 'app12', 'app13'])
  })
})

test('management follows groups with their delay, too', () => {
  const scene = tenantOf({ delays: { groups: '5m' } }, [
    { device: 'surface-laptop-se', details: { groupTag: 'Classroom', registeredAt: START } },
  ])
  const pageOf = () => scene.tenant.managementOf({ registered: only(scene) }, '').statusPage
  expect([pageOf().page.name, pageOf().why.at(-1)]).toEqual([
    'All users and all devices',
    'the device is too new in the directory for its groups',
  ])
  scene.wait(5)
  expect(pageOf().page.name).toBe('School devices')
})

test('a user who is excluded does not get what is for all users', () => {
  const groups = [{ id: 'staff', name: 'Staff', members: ['alice@contoso.example'] }]
  const statusPages = [{ id: 's', name: 'Pupils', assignedTo: ['allUsers'], excluded: ['staff'] }]
  const { tenant } = tenantOf({ groups, statusPages, deploymentProfiles: [] })
  const pageOf = (upn: string) => tenant.managementOf({ registered: undefined }, upn).statusPage.page.name
  expect([pageOf('ben@contoso.example'), pageOf('Alice@contoso.example')]).toEqual([
    'Pupils',
    'All users and all devices',
  ])
})

test('a virtual TPM is reported, and does not hide behind what has not caught up', () => {
  const profiles = [profile('shared', { mode: 'selfDeploying', assignedTo: ['allDevices'] })]
  const scene = tenantOf({ deploymentProfiles: profiles }, [{ device: 'hyper-v-vm', details: { registeredAt: START } }])
  expect(scene.tenant.profileOf(only(scene))).toMatchObject({
    detailedStatus: 'none',
    hardware: '"shared" is self-deploying, and a virtual TPM cannot be attested: it will fail with 0x800705b4',
  })
  expect(hardware({ tenant: scene.tenant, definitions: new Map() }).reasons[0]!.text).toContain(
    'a virtual TPM cannot be attested',
  )
})
