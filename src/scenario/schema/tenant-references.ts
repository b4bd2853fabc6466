import type { DeviceAssociationDefinition } from '../../domain/device-association.ts'
import { whatIsWrongWithNameTemplate } from '../../domain/device-names.ts'
import { whatIsWrongWithLanguage } from '../../domain/locales.ts'
import { type LocationCondition, PLACES_OF_ITS_OWN } from '../../domain/named-locations.ts'
import { DecodeError } from '../../domain/trouble.ts'
import { parseMembershipRule } from '../../protocols/membership-rule/parse.ts'
import { nearest } from '../nearest.ts'
import type { Key } from '../schema-issues.ts'
import { type AppWithRelations, relationMistakes } from './app-relations.ts'
import type { Mistake } from './mistake.ts'

/** What a tenant's file names in one place and sets up in another. */
export interface TenantReferences {
  domain: string
  users: { email: string }[]
  devices: { device: string; assignedUser: string }[]
  partners: { id: string }[]
  groups: { id: string; membershipRule: string; members: string[] }[]
  deploymentProfiles: Assigned[]
  statusPages: (Assigned & { blockingApps: string[] })[]
  devicePreparationPolicies: (Assigned & { deviceGroup: string; allowedApps: string[]; allowedScripts: string[] })[]
  apps: (Assigned & AppWithRelations)[]
  scripts: Assigned[]
  enrollment: { mdmUserScope?: 'all' | 'none' | string[] }
  conditionalAccess?: { id: string; locations?: LocationCondition }[]
  namedLocations?: { id: string }[]
  surfaceRequests?: { device: string }[]
  deviceAssociations?: DeviceAssociationDefinition[]
}

export interface Assigned {
  id: string
  assignedTo: string[]
  excluded: string[]
}

const EVERYBODY = ['allDevices', 'allUsers']

/** Names that lead nowhere, names that are taken twice, and rules that cannot be read. */
export function mistakesOf(tenant: TenantReferences): Mistake[] {
  const groups = tenant.groups.map(({ id }) => id)
  const apps = tenant.apps.map(({ id }) => id)
  const scripts = tenant.scripts.map(({ id }) => id)
  const users = tenant.users.map(({ email }) => email)
  return [
    ...twice(
      'users',
      users.map((address) => address.toLowerCase()),
      'email',
    ),
    ...twice(
      'devices',
      tenant.devices.map(({ device }) => device),
      'device',
    ),
    ...twice(
      'partners',
      tenant.partners.map(({ id }) => id),
    ),
    ...twice('groups', groups),
    ...twice(
      'conditionalAccess',
      (tenant.conditionalAccess ?? []).map(({ id }) => id),
    ),
    ...locationMistakes(tenant),
    ...twice(
      'deploymentProfiles',
      tenant.deploymentProfiles.map(({ id }) => id),
    ),
    ...twice(
      'statusPages',
      tenant.statusPages.map(({ id }) => id),
    ),
    ...twice(
      'devicePreparationPolicies',
      tenant.devicePreparationPolicies.map(({ id }) => id),
    ),
    ...twice('apps', apps),
    ...relationMistakes(tenant.apps),
    ...twice('scripts', scripts),
    ...scripts.flatMap((id, index): Mistake[] =>
      apps.includes(id) ? [{ path: ['scripts', index, 'id'], message: `"${id}" is an app already` }] : [],
    ),
    ...tenant.groups.flatMap(groupMistakes),
    ...tenant.groups.flatMap(({ id }, index): Mistake[] =>
      EVERYBODY.includes(id)
        ? [{ path: ['groups', index, 'id'], message: `"${id}" means everybody, and is no group` }]
        : [],
    ),
    ...tenant.groups.flatMap(({ members }, group) =>
      unknown(members, [...users, ...tenant.devices.map(({ device }) => device)], 'user or device', (index) => [
        'groups',
        group,
        'members',
        index,
      ]),
    ),
    ...assignmentMistakes('deploymentProfiles', tenant.deploymentProfiles, groups, ['allDevices']),
    ...assignmentMistakes('statusPages', tenant.statusPages, groups, ['allDevices', 'allUsers']),
    ...assignmentMistakes('apps', tenant.apps, groups, ['allDevices', 'allUsers']),
    ...tenant.statusPages.flatMap(({ blockingApps }, page) =>
      unknown(blockingApps, apps, 'app', (index) => ['statusPages', page, 'blockingApps', index]),
    ),
    ...assignmentMistakes('scripts', tenant.scripts, groups, ['allDevices', 'allUsers']),
    ...assignmentMistakes('devicePreparationPolicies', tenant.devicePreparationPolicies, groups, ['allUsers']),
    ...tenant.devicePreparationPolicies.flatMap((policy, index) =>
      preparationMistakes(policy, index, tenant.groups, apps, scripts),
    ),
    ...scopeMistakes(tenant, groups),
    ...associationMistakes(tenant),
    ...twice(
      'surfaceRequests',
      (tenant.surfaceRequests ?? []).map(({ device }) => device),
      'device',
    ),
    ...tenant.devices.flatMap(({ assignedUser }, index): Mistake[] => {
      // The service looks at the domain alone, too (device-identity.md, 2.1 [D]).
      if (assignedUser === '' || assignedUser.toLowerCase().endsWith(`@${tenant.domain.toLowerCase()}`)) return []
      return [{ path: ['devices', index, 'assignedUser'], message: `must be an address of ${tenant.domain}` }]
    }),
  ]
}

function groupMistakes({ membershipRule, members }: TenantReferences['groups'][number], index: number): Mistake[] {
  if (membershipRule === '') return []
  if (members.length > 0) {
    return [{ path: ['groups', index, 'members'], message: 'a dynamic group lists no members: its rule finds them' }]
  }
  try {
    parseMembershipRule(membershipRule)
    return []
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error
    return [{ path: ['groups', index, 'membershipRule'], message: error.message }]
  }
}

/** What an association names, and the name that it gives. */
function associationMistakes({ deviceAssociations = [], devicePreparationPolicies }: TenantReferences): Mistake[] {
  const policies = devicePreparationPolicies.map(({ id }) => id)
  return [
    ...twice(
      'deviceAssociations',
      deviceAssociations.map(({ device }) => device),
      'device',
    ),
    ...deviceAssociations.flatMap(({ policy, language, deviceNameTemplate }, index): Mistake[] => {
      const at = (key: string, message: string | undefined): Mistake[] =>
        message === undefined ? [] : [{ path: ['deviceAssociations', index, key], message }]
      return [
        ...(policy === ''
          ? []
          : unknown([policy], policies, 'device preparation policy', () => ['deviceAssociations', index, 'policy'])),
        ...at('language', language === '' ? undefined : whatIsWrongWithLanguage(language)),
        ...at('deviceNameTemplate', whatIsWrongWithNameTemplate(deviceNameTemplate)),
      ]
    }),
  ]
}

/** Names of places that policies of Conditional Access do not know. */
function locationMistakes({ conditionalAccess = [], namedLocations = [] }: TenantReferences): Mistake[] {
  const known = namedLocations.map(({ id }) => id)
  return [
    ...twice('namedLocations', known),
    ...known.flatMap((id, index): Mistake[] =>
      (PLACES_OF_ITS_OWN as readonly string[]).includes(id)
        ? [{ path: ['namedLocations', index, 'id'], message: `"${id}" means something else already, and is no id` }]
        : [],
    ),
    ...conditionalAccess.flatMap(({ locations }, policy) =>
      (['include', 'exclude'] as const).flatMap((key) => {
        const places = locations?.[key]
        return Array.isArray(places)
          ? unknown(places, known, 'named location', (index) => ['conditionalAccess', policy, 'locations', key, index])
          : []
      }),
    ),
  ]
}

const scopeMistakes = ({ enrollment: { mdmUserScope } }: TenantReferences, groups: readonly string[]): Mistake[] =>
  typeof mdmUserScope === 'object'
    ? unknown(mdmUserScope, groups, 'group', (index) => ['enrollment', 'mdmUserScope', index])
    : []

/** What a device preparation policy names. A dynamic group takes no device that enrols (2.8 [D]). */
function preparationMistakes(
  { deviceGroup, allowedApps, allowedScripts }: TenantReferences['devicePreparationPolicies'][number],
  policy: number,
  groups: TenantReferences['groups'],
  apps: readonly string[],
  scripts: readonly string[],
): Mistake[] {
  const at = (...rest: Key[]): Mistake['path'] => ['devicePreparationPolicies', policy, ...rest]
  const group = groups.find(({ id }) => id === deviceGroup)
  return [
    ...(deviceGroup === ''
      ? []
      : unknown(
          [deviceGroup],
          groups.map(({ id }) => id),
          'group',
          () => at('deviceGroup'),
        )),
    ...(group && group.membershipRule !== ''
      ? [
          {
            path: at('deviceGroup'),
            message: `"${deviceGroup}" is dynamic: it has to be a group whose members are listed`,
          },
        ]
      : []),
    ...unknown(allowedApps, apps, 'app', (index) => at('allowedApps', index)),
    ...unknown(allowedScripts, scripts, 'script', (index) => at('allowedScripts', index)),
    ...repeated(allowedApps, (index) => at('allowedApps', index)),
    ...repeated(allowedScripts, (index) => at('allowedScripts', index)),
  ]
}

const assignmentMistakes = (
  list: 'deploymentProfiles' | 'statusPages' | 'apps' | 'scripts' | 'devicePreparationPolicies',
  entries: readonly Assigned[],
  groups: readonly string[],
  everybody: readonly string[],
): Mistake[] =>
  entries.flatMap(({ assignedTo, excluded }, entry) => [
    ...unknown(assignedTo, [...groups, ...everybody], 'group', (index) => [list, entry, 'assignedTo', index]),
    ...unknown(excluded, groups, 'group', (index) => [list, entry, 'excluded', index]),
  ])

/** What is named more than once. */
export const repeated = (names: readonly string[], path: (index: number) => Mistake['path']): Mistake[] =>
  names.flatMap((name, index) =>
    names.indexOf(name) === index ? [] : [{ path: path(index), message: `"${name}" is here twice` }],
  )

function unknown(
  names: readonly string[],
  known: readonly string[],
  what: string,
  path: (index: number) => Mistake['path'],
): Mistake[] {
  return names.flatMap((name, index) => {
    if (known.some((other) => other.toLowerCase() === name.toLowerCase())) return []
    const near = nearest(name, known)
    return [{ path: path(index), message: `there is no ${what} "${name}"${near ? `. Did you mean "${near}"?` : ''}` }]
  })
}

const twice = (list: string, names: readonly string[], key = 'id'): Mistake[] =>
  repeated(names, (index) => [list, index, key])
