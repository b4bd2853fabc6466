import { describe, expect, test } from 'vitest'
import { mockTenant } from '../../src/library/first-boot.ts'
import { keptDefinition } from '../../src/scenario/kept-definition.ts'

const refusal = (changes: Record<string, unknown>): string => {
  try {
    mockTenant('contoso-school', changes)
  } catch (error) {
    return (error as Error).message
  }
  return 'nothing was refused'
}
const group = { id: 'g', name: 'G' }
/** Of the shipped school. */
const APP = '3b8a5c1e-0f42-4d6b-8e97-a1c2d3e4f501'
const preparation = { id: 'd', name: 'D' }
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
      'has a policy for a place that is not there',
      {
        namedLocations: [{ id: 'school', name: 'School', ipRanges: ['203.0.113.0/24'] }],
        conditionalAccess: [{ id: 'p', name: 'P', grant: 'block', locations: { exclude: ['scool'] } }],
      },
      'conditionalAccess.0.locations.exclude.0: there is no named location "scool". Did you mean "school"?',
    ],
    [
      'calls a place by a word that has a meaning',
      { namedLocations: [{ id: 'allTrusted', name: 'T', ipRanges: ['203.0.113.0/24'] }] },
      'namedLocations.0.id: "allTrusted" means something else already, and is no id',
    ],
    [
      'has a range that is none',
      { namedLocations: [{ id: 'school', name: 'School', ipRanges: ['203.0.113.0/33'] }] },
      'namedLocations.0.ipRanges.0: must be a range of addresses, such as 203.0.113.0/24',
    ],
    [
      'has a country that is no code',
      { namedLocations: [{ id: 'here', name: 'Here', countries: ['Canada'] }] },
      'namedLocations.0.countries.0: must be two letters of a country, such as US',
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
    [
      'assigns two deployment profiles to all devices',
      {
        deploymentProfiles: [
          { ...profile, assignedTo: ['allDevices'] },
          { ...profile, id: 'q', assignedTo: ['classroom-devices', 'allDevices'] },
        ],
      },
      'deploymentProfiles.1.assignedTo.1: the profile "p" is assigned to all devices already, and one profile can be',
    ],
    [
      'assigns a status page to one group twice',
      { statusPages: [{ id: 's', name: 'S', assignedTo: ['library-devices', 'allUsers', 'library-devices'] }] },
      'statusPages.0.assignedTo.2: "library-devices" is here twice',
    ],
    [
      'leaves one group out twice',
      {
        apps: [],
        statusPages: [],
        deploymentProfiles: [{ ...profile, excluded: ['library-devices', 'library-devices'] }],
      },
      'deploymentProfiles.0.excluded.1: "library-devices" is here twice',
    ],
    [
      'names devices too long',
      { deploymentProfiles: [{ ...profile, deviceNameTemplate: 'MYCOMPANY-LAPTOP-%RAND:5%' }] },
      'deploymentProfiles.0.deviceNameTemplate: makes names of 22 characters: 15 are possible',
    ],
    [
      'names devices with a space',
      { deploymentProfiles: [{ ...profile, deviceNameTemplate: 'School PC %SERIAL%' }] },
      'deploymentProfiles.0.deviceNameTemplate: may not hold " ": a device name has letters from A to Z, digits and hyphens',
    ],
    [
      'writes a macro small',
      { deploymentProfiles: [{ ...profile, deviceNameTemplate: '%serial%' }] },
      'deploymentProfiles.0.deviceNameTemplate: has the unknown macro "%serial%"',
    ],
    [
      'has a deployment profile with a hyphen in its name',
      { deploymentProfiles: [{ ...profile, name: 'Year-one' }] },
      'deploymentProfiles.0.name: may not hold "-"',
    ],
    [
      'has a deployment profile of no language',
      { deploymentProfiles: [{ ...profile, language: 'English' }] },
      'deploymentProfiles.0.language: "English" is no language: it looks like en-US',
    ],
    [
      'says more in its branding than fits',
      { branding: { usernameHint: 'x'.repeat(65) } },
      'branding.usernameHint: must have at most 64 characters',
    ],
    ['has a logo that is too high', { branding: { logo: 'x\n'.repeat(7) } }, 'branding.logo: must have at most 6 rows'],
    [
      'has a logo that is too wide',
      { branding: { logo: '█'.repeat(33) } },
      'branding.logo: must have at most 32 characters in each row',
    ],
    [
      'says more on a failure than fits',
      { statusPages: [{ id: 's', name: 'S', customErrorMessage: 'x'.repeat(10_001) }] },
      'statusPages.0.customErrorMessage: must have at most 10000 characters',
    ],
    [
      'has more deployment profiles than a tenant can have',
      { deploymentProfiles: Array.from({ length: 351 }, (_, index) => ({ ...profile, id: `p${index}` })) },
      'deploymentProfiles: must have at most 350 entries',
    ],
    [
      'has more status pages than a tenant can have',
      { statusPages: Array.from({ length: 51 }, (_, index) => ({ id: `s${index}`, name: 'S' })) },
      'statusPages: must have at most 50 entries',
    ],
    [
      'gives a profile a name that profiles do not have',
      { deploymentProfiles: [{ ...profile, deviceNameTemplat: 'x' }] },
      'deploymentProfiles.0.deviceNameTemplat: unknown key "deviceNameTemplat". Did you mean "deviceNameTemplate"?',
    ],
    [
      'prepares devices with more than 25 apps',
      { devicePreparationPolicies: [{ ...preparation, allowedApps: Array<string>(26).fill(APP) }] },
      'devicePreparationPolicies.0.allowedApps: may name at most 25 apps',
    ],
    [
      'prepares devices with more than 10 scripts',
      { devicePreparationPolicies: [{ ...preparation, allowedScripts: Array<string>(11).fill(APP) }] },
      'devicePreparationPolicies.0.allowedScripts: may name at most 10 scripts',
    ],
    [
      'prepares devices in less than 15 minutes',
      { devicePreparationPolicies: [{ ...preparation, timeoutMinutes: 14 }] },
      'devicePreparationPolicies.0.timeoutMinutes: must be at least 15',
    ],
    [
      'prepares devices in more than 12 hours',
      { devicePreparationPolicies: [{ ...preparation, timeoutMinutes: 721 }] },
      'devicePreparationPolicies.0.timeoutMinutes: must be at most 720',
    ],
    [
      'puts prepared devices into a dynamic group',
      { devicePreparationPolicies: [{ ...preparation, deviceGroup: 'classroom-devices' }] },
      'devicePreparationPolicies.0.deviceGroup: "classroom-devices" is dynamic: it has to be a group whose members are listed',
    ],
    [
      'puts prepared devices into no group of the tenant',
      { devicePreparationPolicies: [{ ...preparation, deviceGroup: 'prepared' }] },
      'devicePreparationPolicies.0.deviceGroup: there is no group "prepared"',
    ],
    [
      'selects a script that it does not have',
      { devicePreparationPolicies: [{ ...preparation, allowedScripts: [APP] }] },
      `devicePreparationPolicies.0.allowedScripts.0: there is no script "${APP}"`,
    ],
    [
      'selects an app twice',
      { devicePreparationPolicies: [{ ...preparation, allowedApps: [APP, APP] }] },
      `devicePreparationPolicies.0.allowedApps.1: "${APP}" is here twice`,
    ],
    [
      'assigns device preparation to devices',
      { devicePreparationPolicies: [{ ...preparation, assignedTo: ['allDevices'] }] },
      'devicePreparationPolicies.0.assignedTo.0: there is no group "allDevices"',
    ],
    [
      'assigns device preparation twice',
      { devicePreparationPolicies: [{ ...preparation, assignedTo: ['allUsers', 'allUsers'] }] },
      'devicePreparationPolicies.0.assignedTo.1: "allUsers" is here twice',
    ],
    [
      'says more on a failed preparation than fits',
      { devicePreparationPolicies: [{ ...preparation, customErrorMessage: 'x'.repeat(10_001) }] },
      'devicePreparationPolicies.0.customErrorMessage: must have at most 10000 characters',
    ],
    [
      'has a script with the id of an app',
      { scripts: [{ id: APP, name: 'S' }] },
      `scripts.0.id: "${APP}" is an app already`,
    ],
    ['waits for no duration', { delays: { import: 'soon' } }, 'delays.import: must be a duration, such as 45m or 90s'],
  ])('%s is refused', (_, changes, message) => {
    expect(refusal(changes)).toContain(message)
  })
})

test("a school that was kept before the service's rules were known here is still a school", () => {
  const { deploymentProfiles, ...others } = mockTenant('contoso-school')
  const kept = deploymentProfiles.map((entry) => ({
    ...entry,
    name: 'Laptops (EU)',
    deviceNameTemplate: '%serial%',
    assignedTo: ['allDevices', 'allDevices'],
  }))
  expect(keptDefinition({ ...others, deploymentProfiles: kept })).toMatchObject({ deploymentProfiles: kept })
})
