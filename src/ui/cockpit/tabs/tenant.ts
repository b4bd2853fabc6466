import type { JournalEntry } from '../../../domain/journal.ts'
import { MODE_NAMES, type TenantDefinition } from '../../../domain/tenant.ts'
import type { TenantAction } from '../../../domain/tenant-action.ts'
import { actionText } from '../../../domain/tenant-action.ts'
import { clock } from '../../rows/clock.ts'
import { columns, type Item, Tree } from '../items.ts'
import type { Place } from '../model.ts'
import type { Reading } from '../reading.ts'
import type { Offer } from '../source.ts'
import { STYLE, told } from '../style.ts'
import { snapshotIn } from './device.ts'

interface Change {
  at: number
  seq: number
  by: string
  action: TenantAction
}

/** What the school sees: this device, its users, profiles, apps, and what its administrators did; and what they can do now. */
export function tenantItems(reading: Reading, place: Place, offers: readonly Offer[]): Item[] {
  const tree = new Tree(place)
  const tenant = reading.spec.tenant as unknown as TenantDefinition
  const changes = changesIn(reading.entries)
  thisDevice(tree, tenant, reading, changes)
  branch(tree, 'Users', `${tenant.users.length}`, true, () => {
    for (const user of tenant.users) {
      const isLicensed = licence(user.email, user.licensed, changes)
      const notes = [
        ...(user.isGlobalAdministrator ? ['Global Administrator'] : []),
        ...(user.disabled ? ['sign-in blocked'] : []),
        ...(user.locked ? ['locked'] : []),
        ...(user.mustChangePassword ? ['has to change the password'] : []),
      ]
      tree.leaf(`user ${user.email}`, [
        told(user.email),
        told(isLicensed ? '  licensed' : '  no licence', isLicensed ? STYLE.good : STYLE.bad),
        told(`  ${[user.name, ...notes].join(', ')}`, STYLE.quiet),
      ])
    }
  })
  registrations(tree, tenant, reading.spec.device.id)
  profiles(tree, tenant)
  objects(tree, tenant)
  branch(tree, 'Changes in this run', String(changes.length), true, () => {
    for (const { seq, at, by, action } of changes) {
      tree.leaf(`change ${seq}`, [
        told(`${clock(at)} `, STYLE.quiet),
        told(actionText(action)),
        told(`  ${by}`, STYLE.quiet),
      ])
    }
  })
  if (offers.length > 0) {
    branch(tree, 'An administrator can', 'Enter does it', true, () => {
      for (const offer of offers) {
        tree.leaf(`offer ${offer.id}`, [told(offer.label), told(`  ${offer.about}`, STYLE.quiet)], { offer })
      }
    })
  }
  return tree.items()
}

const branch = (tree: Tree, name: string, summary: string, opensFirst: boolean, below: () => void): void =>
  tree.branch(`part ${name}`, [told(name, STYLE.key), told(`  ${summary}`, STYLE.quiet)], opensFirst, below)

const changesIn = (entries: readonly JournalEntry[]): Change[] =>
  entries.flatMap((entry) =>
    entry.kind === 'stimulus' && entry.stimulus.kind === 'tenantChange'
      ? [{ at: entry.at, seq: entry.seq, by: entry.by, action: entry.stimulus.action }]
      : [],
  )

function licence(email: string, atFirst: boolean, changes: readonly Change[]): boolean {
  const last = changes.findLast(
    ({ action }) => (action.kind === 'assignLicence' || action.kind === 'removeLicence') && action.value === email,
  )
  return last ? last.action.kind === 'assignLicence' : atFirst
}

function thisDevice(tree: Tree, tenant: TenantDefinition, reading: Reading, changes: readonly Change[]): void {
  const { entries, spec } = reading
  const { identity } = snapshotIn(reading)
  const value = (label: string) => identity.find((one) => one.label === label)?.value ?? ''
  const registered = tenant.devices.find(({ device }) => device === spec.device.id)
  const own = changes.findLast(({ action }) => action.kind === 'register' || action.kind === 'deregister')
  const isRegistered = own ? own.action.kind === 'register' : registered !== undefined
  const lookup = entries.findLast((entry) => entry.kind === 'request' && entry.operation === 'Autopilot lookup')
  const session = entries.findLast((entry) => entry.kind === 'session')
  branch(tree, 'This device', `${value('Serial')}, ${tenant.name}`, true, () => {
    tree.fact(
      'device registration',
      'Autopilot',
      isRegistered ? `registered${registered ? `, group tag “${registered.groupTag}”` : ''}` : 'not registered',
    )
    tree.fact('device lookup', 'Asked for its profile', lookup ? `at ${clock(lookup.at)}` : 'not yet')
    tree.fact('device entra', 'Microsoft Entra', value('Joined') === 'no' ? 'not joined' : `joined as ${value('Name')}`)
    tree.fact(
      'device management',
      'Management',
      value('Managed by') === 'nothing' ? 'not enrolled' : `enrolled, ${value('Managed by')}`,
    )
    tree.fact(
      'device session',
      'Last session',
      session ? `${session.session}, ${session.event} at ${clock(session.at)}` : 'none',
    )
  })
}

function registrations(tree: Tree, tenant: TenantDefinition, own: string): void {
  branch(tree, 'Registrations', `${tenant.devices.length} devices`, false, () => {
    for (const { device, groupTag, path, assignedUser, registeredBefore } of tenant.devices) {
      tree.leaf(
        `registration ${device}`,
        [told(device, device === own ? STYLE.lit : {}), told(`  ${groupTag || 'no group tag'}`, STYLE.quiet)],
        {
          detail: (width) =>
            columns(
              [
                ['device', device],
                ['group tag', groupTag],
                ['registered by', path],
                ['before the first boot', registeredBefore],
                ['assigned user', assignedUser || 'none'],
              ],
              width,
            ),
        },
      )
    }
  })
}

function profiles(tree: Tree, tenant: TenantDefinition): void {
  branch(tree, 'Deployment profiles', String(tenant.deploymentProfiles.length), false, () => {
    for (const profile of tenant.deploymentProfiles) {
      const to = profile.assignedTo.join(', ') || 'no group'
      tree.leaf(
        `profile ${profile.id}`,
        [told(profile.name), told(`  ${MODE_NAMES[profile.mode]}, for ${to}`, STYLE.quiet)],
        { detail: (width) => columns(factsOf(profile), width) },
      )
    }
  })
}

function objects(tree: Tree, tenant: TenantDefinition): void {
  branch(tree, 'Groups', String(tenant.groups.length), false, () => {
    for (const group of tenant.groups) {
      const members = group.membershipRule || `${group.members.length} members`
      tree.leaf(`group ${group.id}`, [told(group.name), told(`  ${members}`, STYLE.quiet)], {
        detail: (width) => columns(factsOf(group), width),
      })
    }
  })
  branch(tree, 'Status pages', String(tenant.statusPages.length), false, () => {
    for (const page of tenant.statusPages) {
      tree.leaf(`statusPage ${page.id}`, [told(page.name), told(`  ${page.timeoutMinutes} minutes`, STYLE.quiet)], {
        detail: (width) => columns(factsOf(page), width),
      })
    }
  })
  branch(tree, 'Apps', String(tenant.apps.length), false, () => {
    for (const app of tenant.apps) {
      tree.leaf(
        `app ${app.id}`,
        [told(app.name), told(`  ${app.kind} ${app.version}, ${app.scope}, ${app.sizeMb} MB`, STYLE.quiet)],
        { detail: (width) => columns(factsOf(app), width) },
      )
    }
  })
}

/** The facts of an object as they are in the tenant, one a line. */
const factsOf = (object: object): [string, string][] =>
  Object.entries(object).map(([name, value]) => [name, typeof value === 'string' ? value : JSON.stringify(value)])
