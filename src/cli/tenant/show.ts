import { MODE_NAMES } from '../../domain/tenant.ts'
import { UserError } from '../../domain/trouble.ts'
import { devicesIn } from '../../mock-service/directory/groups.ts'
import { hasConsent } from '../../mock-service/directory/paths.ts'
import { assignmentOf } from '../../mock-service/directory/preparation-policy.ts'
import type { Assignment, DirectoryState } from '../../mock-service/directory/state.ts'
import { prerequisitesOf } from '../../mock-service/prerequisites/prerequisites.ts'
import { placeOf } from '../../run/run-spec.ts'
import { loadDeviceFile } from '../../scenario/library.ts'
import { keptTenantSchema } from '../../scenario/schema/tenant.ts'
import { refusalsOf } from '../../scenario/schema/tenant-refusals.ts'
import { columns } from '../columns.ts'
import { EXIT } from '../exit-codes.ts'
import { parseOptions } from '../options.ts'
import { print } from '../print.ts'
import { LOOKED_AT, liveTenant } from './live-tenant.ts'
import { oneTenant } from './one-tenant.ts'
import { prerequisiteLines } from './prerequisite-lines.ts'

const isoDay = (time: number): string => new Date(time).toISOString().slice(0, 10)

const HELP = `oobe tenant show [TENANT]   a school: people, devices, groups, profiles, apps, and whether devices can enrol

  --check      only the prerequisites; exit code 1 when one of them is not ready
  --at DATE    the day that counts as today (default: ${isoDay(LOOKED_AT)}): Windows 11 SE has an end of support
  --json       the same for programs

What the file of a school does not say is "not known": an administrator has to look. It does not fail --check.`

const OPTIONS = {
  check: { type: 'boolean' },
  at: { type: 'string' },
  json: { type: 'boolean' },
} as const

export function run(args: string[]): number {
  const { values, positionals } = parseOptions(args, OPTIONS, 'oobe tenant show')
  if (values.help) {
    print(HELP)
    return EXIT.pass
  }
  const startsAt = values.at === undefined ? LOOKED_AT : dayOf(values.at)
  const live = liveTenant(oneTenant(positionals), undefined, startsAt, keptTenantSchema)
  const prerequisites = prerequisitesOf({
    tenant: live.tenant,
    definitions: definitionsOf(live),
    refusals: refusalsIn(live),
  })
  const isReady = prerequisites.every(({ status }) => status !== 'notReady')
  const code = values.check && !isReady ? EXIT.scenarioFailed : EXIT.pass
  if (values.json) {
    const overview = values.check ? {} : overviewOf(live.tenant.directory.now, live)
    print(JSON.stringify({ ...overview, at: isoDay(startsAt), isReady, prerequisites }, null, 2))
    return code
  }
  const { definition } = live.tenant
  print(`${definition.name} — ${definition.domain}, tenant ${definition.tenantId}`)
  if (!values.check) printOverview(live)
  print('')
  for (const line of prerequisiteLines(prerequisites, isoDay(startsAt))) print(line)
  return code
}

/** Unix milliseconds of a day of the calendar. Code `ERR_BAD_ARGUMENTS`. */
function dayOf(text: string): number {
  const time = /^(19[7-9]|2\d\d)\d-\d\d-\d\d$/.test(text) ? Date.parse(`${text}T08:00:00Z`) : Number.NaN
  if (!Number.isNaN(time) && isoDay(time) === text) return time
  throw new UserError('ERR_BAD_ARGUMENTS', `"${text}" is no day`, ['a day such as 2026-11-01'])
}

/** What the devices of a tenant's file are, by registration. */
const definitionsOf = ({ names }: ReturnType<typeof liveTenant>) =>
  new Map([...names].map(([name, id]) => [id, loadDeviceFile(name)]))

/** What the checks do not say by themselves of what the service refuses. */
function refusalsIn({ tenant: { definition }, places }: ReturnType<typeof liveTenant>): string[] {
  return refusalsOf(definition).flatMap(({ path, message }) => {
    const isSaid =
      path.at(-1) === 'deviceNameTemplate' ||
      (path[0] === 'deploymentProfiles' && message.includes('all devices already'))
    const place = placeOf(places, ['tenant', ...path].join('.'))
    return isSaid ? [] : [`${path.join('.')}: ${message}${place ? ` (${place})` : ''}`]
  })
}

function printOverview(live: ReturnType<typeof liveTenant>): void {
  const { definition, directory } = live.tenant
  const overview = overviewOf(directory.now, live)
  print(
    `Groups follow a change after ${definition.delays.groups}, profiles another ${definition.delays.profiles} later.`,
  )
  section('Users', overview.users, ['email', 'name', 'notes'])
  section('Partners', overview.partners, ['name', 'kind', 'consent'])
  section('Devices', overview.devices, ['device', 'serialNumber', 'groupTag', 'path', 'profile', 'statusPage'])
  section('Groups', overview.groups, ['name', 'devices', 'rule'])
  section('Deployment profiles', overview.deploymentProfiles, ['name', 'mode', 'assignedTo'])
  section('Enrollment Status Pages', overview.statusPages, ['name', 'timeout', 'waitsFor', 'assignedTo'])
  section('Device preparation policies', overview.devicePreparationPolicies, [
    'name',
    'timeout',
    'deviceGroup',
    'selects',
    'assignedTo',
  ])
  section('Apps', overview.apps, ['name', 'version', 'scope', 'assignedTo'])
  section('Scripts', overview.scripts, ['name', 'runsAs', 'assignedTo'])
}

/** Column titles of what is called otherwise in JSON. */
const TITLES: Record<string, string> = {
  serialNumber: 'serial number',
  groupTag: 'group tag',
  path: 'registered by',
  statusPage: 'status page',
  deviceGroup: 'device group',
  runsAs: 'runs as',
  assignedTo: 'assigned to',
  waitsFor: 'waits for',
  email: 'user',
}

function section<Row extends Record<string, string>>(title: string, rows: Row[], names: (keyof Row & string)[]): void {
  if (rows.length === 0) return
  print(`\n${title}`)
  const lines = columns([
    names.map((name) => TITLES[name] ?? name),
    ...rows.map((row) => names.map((name) => row[name]!)),
  ])
  for (const line of lines) print(`  ${line}`)
}

function overviewOf(state: DirectoryState, { tenant, names }: ReturnType<typeof liveTenant>) {
  const { definition } = tenant
  const deviceNames = new Map([...names].map(([name, id]) => [id, name]))
  const devices = [...state.devices.values()]
  const targets = ({ assignedTo, excluded }: Assignment) => {
    const nameOf = (target: string) =>
      state.groups.get(target)?.name ?? (target === 'allDevices' ? 'all devices' : 'all users')
    const left = excluded.length > 0 ? `, not ${excluded.map(nameOf).join(', ')}` : ''
    return `${assignedTo.map(nameOf).join(', ') || 'nothing'}${left}`
  }
  return {
    tenant: { id: definition.tenantId, domain: definition.domain, name: definition.name },
    users: [...state.users.values()].map(({ email, name, licensed, isGlobalAdministrator }) => ({
      email,
      name,
      notes: [licensed ? '' : 'no licence', isGlobalAdministrator ? 'Global Administrator' : '']
        .filter(Boolean)
        .join(', '),
    })),
    partners: definition.partners.map((partner) => ({
      name: partner.name,
      kind: partner.kind,
      consent: hasConsent(tenant, partner) ? `by ${partner.consentedBy}` : 'none yet',
    })),
    devices: devices.map((device) => {
      const { profile, code } = tenant.profileOf(device)
      return {
        device: deviceNames.get(device.id) ?? '',
        serialNumber: device.serialNumber,
        groupTag: device.groupTag,
        path: device.path,
        profile: profile?.name ?? `none: ${code}`,
        statusPage: tenant.managementOf({ registered: device }, '').statusPage.page.name,
      }
    }),
    groups: [...state.groups.values()].map((group) => ({
      name: group.name,
      devices: String(devicesIn(tenant.directory.moment, group).length),
      rule: group.rule ?? `lists ${group.members.join(', ') || 'no member'}`,
    })),
    deploymentProfiles: [...state.profiles.values()].map((profile) => ({
      name: profile.name,
      mode: MODE_NAMES[profile.mode],
      assignedTo: targets(profile),
    })),
    statusPages: [...state.statusPages.values()].map((page) => ({
      name: page.name,
      timeout: `${page.timeoutMinutes} min`,
      waitsFor: page.blockingApps.map((id) => state.apps.get(id)?.name ?? id).join(', ') || 'all required apps',
      assignedTo: targets(page),
    })),
    devicePreparationPolicies: definition.devicePreparationPolicies.map((policy) => ({
      name: policy.name,
      timeout: `${policy.timeoutMinutes} min`,
      deviceGroup: definition.groups.find(({ id }) => id === policy.deviceGroup)?.name ?? 'none',
      selects: `${policy.allowedApps.length} apps, ${policy.allowedScripts.length} scripts`,
      assignedTo: targets(assignmentOf(definition.tenantId, policy)),
    })),
    scripts: definition.scripts.map((script) => ({
      name: script.name,
      runsAs: script.runAsAccount,
      assignedTo: targets(assignmentOf(definition.tenantId, script)),
    })),
    apps: [...state.apps.values()].map((app) => ({
      name: app.name,
      version: app.version,
      scope: app.scope,
      assignedTo: targets({
        ...app,
        // A device has no use for what is for users, and the reverse.
        assignedTo: app.assignedTo.filter((target) => target !== (app.scope === 'device' ? 'allUsers' : 'allDevices')),
      }),
    })),
  }
}
