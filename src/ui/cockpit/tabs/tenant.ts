import type { JournalEntry } from '../../../domain/journal.ts'
import { MODE_NAMES, type TenantDefinition } from '../../../domain/tenant.ts'
import type { TenantAction } from '../../../domain/tenant-action.ts'
import { actionText } from '../../../domain/tenant-action.ts'
import { type TenantNow, tenantNow } from '../../../journal/tenant-now.ts'
import { bodyText } from '../../../journal/wire.ts'
import { clock } from '../../rows/clock.ts'
import type { Row } from '../../rows/row.ts'
import { columns, type Item, Tree } from '../items.ts'
import type { Place } from '../model.ts'
import { oncePer, type Reading } from '../reading.ts'
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
  const before = reading.spec.tenant as unknown as TenantDefinition
  const now = nowIn(reading)
  const { tenant } = now
  const changes = changesIn(reading.entries)
  thisDevice(tree, now, reading)
  branch(tree, 'Users', `${tenant.users.length}`, true, () => {
    for (const user of tenant.users) {
      const notes = [
        ...(user.isGlobalAdministrator ? ['Global Administrator'] : []),
        ...(user.disabled ? ['sign-in blocked'] : []),
        ...(user.locked ? ['locked'] : []),
        ...(user.mustChangePassword ? ['has to change the password'] : []),
      ]
      tree.leaf(`user ${user.email}`, [
        told(user.email),
        told(user.licensed ? '  licensed' : '  no licence', user.licensed ? STYLE.good : STYLE.bad),
        told(`  ${[user.name, ...notes].join(', ')}`, STYLE.quiet),
        ...changed(before.users, user, 'email'),
      ])
    }
  })
  registrations(tree, now, before, reading.spec.device.id)
  profiles(tree, tenant, before)
  objects(tree, tenant, before)
  rules(tree, now, before)
  branch(tree, 'Changes in this run', String(changes.length), true, () => {
    for (const { seq, at, by, action } of changes) {
      tree.leaf(`change ${seq}`, [
        told(`${clock(at)} `, STYLE.quiet),
        told(actionText(action)),
        told(`  ${by}`, STYLE.quiet),
      ])
    }
    if (now.graphRequests > 0) {
      const text = `${now.graphRequests} requests to Microsoft Graph: what they changed is in the wire, and not above`
      tree.leaf('change graph', [told(text, STYLE.caution)])
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

const nowIn = oncePer(({ spec, entries }: Reading) =>
  tenantNow(spec.tenant as unknown as TenantDefinition, spec.device.id, entries),
)

/** A mark for what is not as the file of the school has it. */
function changed<One extends object>(before: readonly One[], now: One, key: keyof One): Row {
  const old = before.find((one) => one[key] === now[key])
  return JSON.stringify(old) === JSON.stringify(now) ? [] : [told('  changed', STYLE.caution)]
}

/** The name of the profile that the service has given, in its last answer. */
const profileGiven = oncePer(({ entries }: Reading): string => {
  const asked = new Set(
    entries.flatMap((entry) => (entry.kind === 'request' && entry.operation === 'Autopilot lookup' ? [entry.id] : [])),
  )
  const answer = entries.findLast((entry) => entry.kind === 'response' && entry.status === 200 && asked.has(entry.id))
  const text = answer?.kind === 'response' ? (bodyText(answer.body) ?? '') : ''
  return /"DeploymentProfileName":"((?:[^"\\]|\\.)*)"/.exec(text)?.[1] ?? ''
})

function thisDevice(tree: Tree, now: TenantNow, reading: Reading): void {
  const { entries, spec } = reading
  const { tenant, entraDevice, isManagedDeviceDeleted, waiting } = now
  const { identity } = snapshotIn(reading)
  const value = (label: string) => identity.find((one) => one.label === label)?.value ?? ''
  const registered = tenant.devices.find(({ device }) => device === spec.device.id)
  const lookup = entries.findLast((entry) => entry.kind === 'request' && entry.operation === 'Autopilot lookup')
  const session = entries.findLast((entry) => entry.kind === 'session')
  const entra = value('Joined') === 'no' ? 'not joined' : `joined as ${value('Name')}`
  const management = value('Managed by') === 'nothing' ? 'not enrolled' : `enrolled, ${value('Managed by')}`
  branch(tree, 'This device', `${value('Serial')}, ${tenant.name}`, true, () => {
    const tag = registered?.groupTag ? `, group tag “${registered.groupTag}”` : ''
    tree.fact('device registration', 'Autopilot', registered ? `registered${tag}` : 'not registered')
    tree.fact('device lookup', 'Asked for its profile', lookup ? `at ${clock(lookup.at)}` : 'not yet')
    tree.fact('device profile', 'Profile', profileGiven(reading) || 'none given')
    tree.fact('device entra', 'Microsoft Entra', entraDevice ? `${entra}, device object ${entraDevice}` : entra)
    tree.fact(
      'device management',
      'Management',
      isManagedDeviceDeleted ? `${management}, its record was deleted` : management,
    )
    if (waiting.length > 0) tree.fact('device waiting', 'Waits for a session', waiting.join(', '))
    tree.fact(
      'device session',
      'Last session',
      session ? `${session.session}, ${session.event} at ${clock(session.at)}` : 'none',
    )
  })
}

/** Who may enrol, and the policies of Conditional Access. */
function rules(tree: Tree, { tenant, accessOff }: TenantNow, before: TenantDefinition): void {
  const { enrollment, conditionalAccess = [] } = tenant
  // A short tenant of a recorded run may have none.
  const facts = Object.entries(enrollment ?? {}).filter(([name]) => RULES.includes(name))
  branch(tree, 'Enrolment', '', false, () => {
    for (const [name, value] of facts) {
      const old = (before.enrollment as unknown as Record<string, unknown>)[name]
      const row = [told(`${name}  `, STYLE.quiet), told(typeof value === 'string' ? value : JSON.stringify(value))]
      const isSame = JSON.stringify(old) === JSON.stringify(value)
      tree.leaf(`rule ${name}`, isSame ? row : [...row, told('  changed', STYLE.caution)])
    }
  })
  if (conditionalAccess.length === 0) return
  branch(tree, 'Conditional Access', String(conditionalAccess.length), false, () => {
    for (const policy of conditionalAccess) {
      const isOff = accessOff.has(policy.id)
      const mark = isOff ? [told('  changed', STYLE.caution)] : changed(before.conditionalAccess ?? [], policy, 'id')
      tree.leaf(
        `access ${policy.id}`,
        [told(policy.name), told(`  ${isOff ? 'off' : 'on'}, ${policy.grant}`, STYLE.quiet), ...mark],
        { detail: (width) => columns(factsOf(policy), width) },
      )
    }
  })
}

const RULES = ['windows', 'personal', 'join', 'mdmUserScope', 'deviceLimit', 'connector']

function registrations(tree: Tree, { tenant }: TenantNow, before: TenantDefinition, own: string): void {
  branch(tree, 'Registrations', `${tenant.devices.length} devices`, false, () => {
    for (const registration of tenant.devices) {
      const { device, groupTag, path, assignedUser, registeredBefore } = registration
      tree.leaf(
        `registration ${device}`,
        [
          told(device, device === own ? STYLE.lit : {}),
          told(`  ${groupTag || 'no group tag'}`, STYLE.quiet),
          ...changed(before.devices, registration, 'device'),
        ],
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

function profiles(tree: Tree, tenant: TenantDefinition, before: TenantDefinition): void {
  branch(tree, 'Deployment profiles', String(tenant.deploymentProfiles.length), false, () => {
    for (const profile of tenant.deploymentProfiles) {
      const to = profile.assignedTo.join(', ') || 'no group'
      tree.leaf(
        `profile ${profile.id}`,
        [
          told(profile.name),
          told(`  ${MODE_NAMES[profile.mode]}, for ${to}`, STYLE.quiet),
          ...changed(before.deploymentProfiles, profile, 'id'),
        ],
        { detail: (width) => columns(factsOf(profile), width) },
      )
    }
  })
}

function objects(tree: Tree, tenant: TenantDefinition, before: TenantDefinition): void {
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
      const to = page.assignedTo.join(', ') || 'no group'
      tree.leaf(
        `statusPage ${page.id}`,
        [
          told(page.name),
          told(`  ${page.timeoutMinutes} minutes, for ${to}`, STYLE.quiet),
          ...changed(before.statusPages, page, 'id'),
        ],
        { detail: (width) => columns(factsOf(page), width) },
      )
    }
  })
  branch(tree, 'Apps', String(tenant.apps.length), false, () => {
    for (const app of tenant.apps) {
      tree.leaf(
        `app ${app.id}`,
        [
          told(app.name),
          told(`  ${app.kind} ${app.version}, ${app.scope}, ${app.sizeMb} MB`, STYLE.quiet),
          ...changed(before.apps, app, 'id'),
        ],
        { detail: (width) => columns(factsOf(app), width) },
      )
    }
  })
}

/** The facts of an object as they are in the tenant, one a line. */
const factsOf = (object: object): [string, string][] =>
  Object.entries(object).map(([name, value]) => [name, typeof value === 'string' ? value : JSON.stringify(value)])
