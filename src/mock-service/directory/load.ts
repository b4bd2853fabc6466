import type { TenantDefinition } from '../../domain/tenant.ts'
import { stableGuid } from '../stable-guid.ts'
import { readable } from './rules.ts'
import type { DirectoryState, Group } from './state.ts'

/** Assignment targets that are no groups. */
export const EVERYBODY = ['allDevices', 'allUsers'] as const

/** The directory's id of an object that a tenant's file names: a GUID, the same in every run. */
export const objectId = (tenantId: string, kind: 'group' | 'profile' | 'statusPage', name: string): string =>
  stableGuid(tenantId, kind, name)

/**
 * What a tenant's file sets up. Devices come later, by registration.
 *
 * @throws DecodeError `ERR_MEMBERSHIP_RULE_MALFORMED`
 */
export function stateOf(definition: TenantDefinition): DirectoryState {
  const { tenantId } = definition
  const idOf = (kind: Parameters<typeof objectId>[1]) => (name: string) => objectId(tenantId, kind, name)
  const groupId = idOf('group')
  const target = (name: string) => ((EVERYBODY as readonly string[]).includes(name) ? name : groupId(name))
  const assignment = (of: { assignedTo: string[]; excluded: string[] }) => ({
    assignedTo: of.assignedTo.map(target),
    excluded: of.excluded.map(target),
  })
  const byId = <Entry extends { id: string }>(entries: Entry[]) => new Map(entries.map((entry) => [entry.id, entry]))
  const made = Date.parse('2024-08-01T00:00:00Z')
  return {
    devices: new Map(),
    groups: byId(
      definition.groups.map(
        ({ id, name, membershipRule, members }): Group => ({
          id: groupId(id),
          name,
          description: '',
          rule: membershipRule === '' ? undefined : readable(membershipRule),
          members: members.map((member) => member.toLowerCase()),
        }),
      ),
    ),
    profiles: byId(
      definition.deploymentProfiles.map((profile) => ({
        ...profile,
        ...assignment(profile),
        id: idOf('profile')(profile.id),
        description: '',
        lastModifiedAt: Date.parse(profile.createdDateTime),
      })),
    ),
    statusPages: byId(
      definition.statusPages.map((page) => ({
        ...page,
        ...assignment(page),
        id: idOf('statusPage')(page.id),
        description: '',
        lastModifiedAt: made,
      })),
    ),
    apps: byId(definition.apps.map((app) => ({ ...app, ...assignment(app), lastModifiedAt: made }))),
    users: new Map(definition.users.map((user) => [user.email.toLowerCase(), user])),
    branding: definition.branding,
  }
}
