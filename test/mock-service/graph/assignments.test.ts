import { describe, expect, test } from 'vitest'
import { directly, type Json } from './serve.ts'

const PROFILES = '/beta/deviceManagement/windowsAutopilotDeploymentProfiles'
const PAGES = '/beta/deviceManagement/deviceEnrollmentConfigurations'
const APPS = '/beta/deviceAppManagement/mobileApps'
const ALL_DEVICES = 'adadadad-808e-44e2-905a-0b7873a8a531'
const ALL_USERS = 'acacacac-9df4-4c7d-9d50-4ef0226f57a9'

const to = (type: string, facts: object = {}) => ({ target: { '@odata.type': `#microsoft.graph.${type}`, ...facts } })
const allDevices = to('allDevicesAssignmentTarget')
const allUsers = to('allLicensedUsersAssignmentTarget')

/** Two profiles, one page, one app and one group, none assigned. */
function scene() {
  const { ask, ...others } = directly({ deploymentProfiles: [], statusPages: [] })
  const idOf = (path: string, body: object) => ask('POST', path, body).json.id as string
  return {
    ...others,
    ask,
    profile: idOf(PROFILES, { displayName: 'First' }),
    second: idOf(PROFILES, { displayName: 'Second' }),
    page: idOf(PAGES, { displayName: 'Page' }),
    app: idOf(APPS, { displayName: 'App' }),
    group: idOf('/v1.0/groups', { displayName: 'Group', groupTypes: [] }),
  }
}
const groupOf = (groupId: string) => to('groupAssignmentTarget', { groupId })
const without = (groupId: string) => to('exclusionGroupAssignmentTarget', { groupId })

describe('the id of an assignment', () => {
  test('of a profile is made of the profile, the group and 0, and is the one that scripts build', () => {
    const { ask, profile, group } = scene()
    const path = `${PROFILES}/${profile}/assignments`
    const made = ask('POST', path, groupOf(group))
    const id = `${profile}_${group}_0`
    expect([made.status, made.json]).toMatchObject([
      201,
      {
        id,
        source: 'direct',
        sourceId: profile,
        target: {
          '@odata.type': '#microsoft.graph.groupAssignmentTarget',
          groupId: group,
          deviceAndAppManagementAssignmentFilterId: null,
          deviceAndAppManagementAssignmentFilterType: 'none',
        },
      },
    ])
    expect(ask('GET', `${path}/${id}`).json).toMatchObject(made.json)
    expect(ask('DELETE', `${path}/${profile}_${group}_1`).status).toBe(404)
    expect(ask('DELETE', `${path}/${id}`).status).toBe(204)
    expect(ask('GET', `${path}/${id}`).status).toBe(404)
    expect(ask('GET', path).json.value).toEqual([])
  })

  test('has a group id for all devices, and another end for an exclusion', () => {
    const { ask, profile, group } = scene()
    const path = `${PROFILES}/${profile}/assignments`
    expect(ask('POST', path, allDevices).json.id).toBe(`${profile}_${ALL_DEVICES}_0`)
    expect(ask('POST', path, without(group)).json.id).toBe(`${profile}_${group}_1`)
    expect(ask('DELETE', `${path}/${profile}_${group}_1`).status).toBe(204)
    expect(ask('GET', path).json.value.map(({ id }: Json) => id)).toEqual([`${profile}_${ALL_DEVICES}_0`])
  })

  test('of an app is made of the group, the intent and 0', () => {
    const { ask, app, group, tenant } = scene()
    const path = `${APPS}/${app}/assignments`
    const assign = (...mobileAppAssignments: object[]) =>
      ask('POST', `${APPS}/${app}/assign`, { mobileAppAssignments }).status
    expect(assign(allUsers, allDevices, { ...without(group), intent: 'required', settings: null })).toBe(204)
    const ids = () => ask('GET', path).json.value.map(({ id }: Json) => id)
    expect(ids()).toEqual([`${ALL_USERS}_1_0`, `${ALL_DEVICES}_1_0`, `${group}_1_1`])
    expect(ask('GET', `${path}/${ALL_USERS}_1_0`).json).toMatchObject({ intent: 'required' })
    expect(ask('DELETE', `${path}/${ALL_DEVICES}_1_0`).status).toBe(204)
    expect(ask('DELETE', `${path}/${group}_1_1`).status).toBe(204)
    expect(tenant.directory.now.apps.get(app)).toMatchObject({ assignedTo: ['allUsers'], excluded: [] })
    expect(ask('POST', path, { ...groupOf(group), intent: 'required' }).json.id).toBe(`${group}_1_0`)
  })

  test('of an Enrollment Status Page begins with the page and the group', () => {
    const { ask, page, group } = scene()
    ask('POST', `${PAGES}/${page}/assign`, { enrollmentConfigurationAssignments: [groupOf(group), allUsers] })
    const { value } = ask('GET', `${PAGES}/${page}/assignments`).json
    const guid = page.split('_')[0]
    expect(value.map(({ id }: Json) => id.slice(0, 74))).toEqual([`${guid}_${group}_`, `${guid}_${ALL_USERS}_`])
    for (const entry of value) expect(ask('GET', `${PAGES}/${page}/assignments/${entry.id}`).json).toMatchObject(entry)
  })
})

describe('an assignment is refused', () => {
  test('of a second profile, and of the same again, to all devices', () => {
    const { ask, profile, second } = scene()
    const assign = (id: string) => {
      const { status, json } = ask('POST', `${PROFILES}/${id}/assignments`, allDevices)
      return [status, json.error?.message]
    }
    const message = `Another Profile ${profile} is already assigned to All Devices.`
    expect([assign(profile), assign(second), assign(profile)]).toEqual([
      [201, undefined],
      [400, message],
      [400, message],
    ])
    ask('DELETE', `${PROFILES}/${profile}/assignments/${profile}_${ALL_DEVICES}_0`)
    expect(assign(second)).toEqual([201, undefined])
  })

  test.each<[string, (ids: ReturnType<typeof scene>) => object, string]>([
    ['to a group that does not exist', () => groupOf('nothing'), 'there is no group "nothing"'],
    ['to all users', () => allUsers, 'the assignment target "allLicensedUsersAssignmentTarget" is not supported here'],
    ['with no target', () => ({}), 'the assignment target "" is not supported here'],
    [
      'with a filter',
      ({ group }) => to('groupAssignmentTarget', { groupId: group, deviceAndAppManagementAssignmentFilterId: 'f' }),
      'This simulation has no assignment filters.',
    ],
    [
      'with the type of a filter',
      () => to('allDevicesAssignmentTarget', { deviceAndAppManagementAssignmentFilterType: 'include' }),
      'This simulation has no assignment filters.',
    ],
    ['of a policy set', () => ({ ...allDevices, source: 'policySets' }), 'This simulation has no policy sets.'],
    [
      'with a name that it does not have',
      ({ group }) => ({ ...groupOf(group), groupId: group }),
      "The property 'groupId' does not exist on type 'microsoft.management.services.api.windowsAutopilotDeploymentProfileAssignment'. Make sure to only use property names that are defined by the type.",
    ],
    [
      'of all devices with a group',
      ({ group }) => to('allDevicesAssignmentTarget', { groupId: group }),
      "The property 'groupId' does not exist on type 'microsoft.management.services.api.allDevicesAssignmentTarget'. Make sure to only use property names that are defined by the type.",
    ],
  ])('%s', (_, bodyOf, message) => {
    const ids = scene()
    const { status, json } = ids.ask('POST', `${PROFILES}/${ids.profile}/assignments`, bodyOf(ids))
    expect([status, json.error.message]).toEqual([400, message])
    expect(ids.tenant.directory.now.profiles.get(ids.profile)).toMatchObject({ assignedTo: [], excluded: [] })
  })

  test('when the profile is assigned to the group already', () => {
    const { ask, profile, group } = scene()
    const assign = () => ask('POST', `${PROFILES}/${profile}/assignments`, groupOf(group))
    expect([assign().status, assign().json.error.message]).toEqual([201, 'It is assigned to this target already.'])
  })

  test.each<[string, string, 'page' | 'app']>([
    ['an Enrollment Status Page', 'enrollmentConfigurationAssignments', 'page'],
    ['an app', 'mobileAppAssignments', 'app'],
  ])('%s: the same target twice, no list, a list of another name', (_, list, what) => {
    const ids = scene()
    const path = `${what === 'page' ? PAGES : APPS}/${ids[what]}`
    const message = (body: object) => ids.ask('POST', `${path}/assign`, body).json?.error?.message
    expect(message({ [list]: [groupOf(ids.group)] })).toBeUndefined()
    expect(message({ [list]: [allDevices, allDevices] })).toBe(`${list} has the same target twice`)
    expect(message({})).toBe(`The operation 'assign' requires the parameter '${list}'.`)
    expect(message({ [list]: [], assignments: [] })).toBe(
      "The parameter 'assignments' in the request payload is not a valid parameter for the operation 'assign'.",
    )
    expect(message({ [list]: [null] })).toMatch(/^An unexpected 'PrimitiveValue' node/)
    // Nothing of a refused action is done.
    const { value } = ids.ask('GET', `${path}/assignments`).json
    expect(value.map(({ target }: Json) => target.groupId)).toEqual([ids.group])
  })

  test('of an app that is only offered, or has settings', () => {
    const { ask, app, group } = scene()
    const message = (facts: object) =>
      ask('POST', `${APPS}/${app}/assignments`, { ...groupOf(group), ...facts }).json.error?.message
    expect(message({ intent: 'available' })).toMatch(/^only the intent "required"/)
    expect(message({ settings: { useDeviceContext: true } })).toBe(
      'settings of assignments are not simulated: leave them out',
    )
  })
})

test('a profile that is assigned cannot be deleted, one that is not can', () => {
  const { ask, profile, group } = scene()
  const path = `${PROFILES}/${profile}`
  ask('POST', `${path}/assignments`, groupOf(group))
  const refused = ask('DELETE', path)
  expect([refused.status, refused.json.error.message]).toEqual([400, 'A profile that is assigned cannot be deleted.'])
  expect(ask('GET', path).status).toBe(200)
  ask('DELETE', `${path}/assignments/${profile}_${group}_0`)
  expect([ask('DELETE', path).status, ask('GET', path).status]).toEqual([204, 404])
})
