import { describe, expect, test } from 'vitest'
import { mockTenant } from '../../src/library/first-boot.ts'

const refusal = (changes: Record<string, unknown>): string => {
  try {
    mockTenant('contoso-school', changes)
  } catch (error) {
    return (error as Error).message
  }
  return 'nothing was refused'
}
const group = { id: 'g', name: 'G' }
const profile = { id: 'p', name: 'P', mode: 'userDriven' }

describe('a tenant that', () => {
  test('is as it is shipped is accepted', () => {
    expect(mockTenant('contoso-school').groups).toHaveLength(2)
  })

  test.each<[string, Record<string, unknown>, string]>([
    [
      'has a rule with an open parenthesis',
      {
        groups: [{ ...group, membershipRule: '(device.deviceModel -eq "x"' }],
        deploymentProfiles: [],
        statusPages: [],
      },
      'groups.0.membershipRule: column 1: this parenthesis is not closed',
    ],
    [
      'lists members of a dynamic group',
      {
        groups: [{ ...group, membershipRule: 'device.objectId -ne null', members: ['a'] }],
        deploymentProfiles: [],
        statusPages: [],
      },
      'groups.0.members: a dynamic group lists no members: its rule finds them',
    ],
    [
      'assigns to a group that is not there',
      { deploymentProfiles: [{ ...profile, assignedTo: ['classrom-devices'] }] },
      'deploymentProfiles.0.assignedTo.0: there is no group "classrom-devices". Did you mean "classroom-devices"?',
    ],
    [
      'assigns a deployment profile to users',
      { deploymentProfiles: [{ ...profile, assignedTo: ['allUsers'] }] },
      'deploymentProfiles.0.assignedTo.0: there is no group "allUsers"',
    ],
    [
      'excludes everybody',
      { apps: [], statusPages: [{ id: 's', name: 'S', excluded: ['allDevices'] }] },
      'statusPages.0.excluded.0: there is no group "allDevices"',
    ],
    [
      'waits for an app that it does not have',
      { statusPages: [{ id: 's', name: 'S', blockingApps: ['3b8a5c1e-0f42-4d6b-8e97-a1c2d3e4f599'] }] },
      'statusPages.0.blockingApps.0: there is no app "3b8a5c1e-0f42-4d6b-8e97-a1c2d3e4f599"',
    ],
    [
      'names two profiles alike',
      { deploymentProfiles: [profile, profile] },
      'deploymentProfiles.1.id: "p" is here twice',
    ],
    [
      'assigns a device to a person elsewhere',
      { devices: [{ device: 'surface-laptop-se', assignedUser: 'mallory@fabrikam.example' }] },
      'devices.0.assignedUser: must be an address of contoso.example',
    ],
    [
      'lists a person who is not there',
      {
        groups: [{ ...group, members: ['alice@contoso.example', 'ghost@contoso.example'] }],
        deploymentProfiles: [],
        statusPages: [],
      },
      'groups.0.members.1: there is no user or device "ghost@contoso.example"',
    ],
    [
      'has a group of the name that means everybody',
      {
        groups: [{ id: 'allDevices', name: 'All', membershipRule: 'device.objectId -ne null' }],
        deploymentProfiles: [],
        statusPages: [],
      },
      'groups.0.id: "allDevices" means everybody, and is no group',
    ],
    [
      'names a user twice, once in capitals',
      {
        users: [
          { email: 'a@contoso.example', password: 'x', name: 'A' },
          { email: 'A@contoso.example', password: 'x', name: 'B' },
        ],
      },
      'users.1.email: "a@contoso.example" is here twice',
    ],
    [
      'was made at a time without a zone',
      { deploymentProfiles: [{ ...profile, createdDateTime: '2024-01-01T01:00:00' }] },
      'deploymentProfiles.0.createdDateTime: must be a time such as 2024-08-01T00:00:00Z',
    ],
    ['waits for no duration', { delays: { import: 'soon' } }, 'delays.import: must be a duration, such as 45m or 90s'],
  ])('%s is refused', (_, changes, message) => {
    expect(refusal(changes)).toContain(message)
  })
})
