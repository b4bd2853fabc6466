import { devicesIn } from '../../mock-service/directory/groups.ts'
import { hasConsent } from '../../mock-service/directory/paths.ts'
import type { Assignment, DirectoryState } from '../../mock-service/directory/state.ts'
import { warningsOf } from '../../mock-service/directory/warnings.ts'
import { columns } from '../columns.ts'
import { EXIT } from '../exit-codes.ts'
import { parseOptions } from '../options.ts'
import { print } from '../print.ts'
import { liveTenant } from './live-tenant.ts'
import { oneTenant } from './one-tenant.ts'

const HELP = `oobe tenant show [TENANT]   a school: people, devices, groups, profiles, apps, and what is odd about them

  --json   the same for programs`

export function run(args: string[]): number {
  const { values, positionals } = parseOptions(args, { json: { type: 'boolean' } }, 'oobe tenant show')
  if (values.help) {
    print(HELP)
    return EXIT.pass
  }
  const live = liveTenant(oneTenant(positionals))
  const overview = overviewOf(live.tenant.directory.now, live)
  if (values.json) {
    print(JSON.stringify(overview, null, 2))
    return EXIT.pass
  }
  const { definition } = live.tenant
  print(`${definition.name} — ${definition.domain}, tenant ${definition.tenantId}`)
  print(
    `Groups follow a change after ${definition.delays.groups}, profiles another ${definition.delays.profiles} later.`,
  )
  section('Users', overview.users, ['email', 'name', 'notes'])
  section('Partners', overview.partners, ['name', 'kind', 'consent'])
  section('Devices', overview.devices, ['device', 'serialNumber', 'groupTag', 'path', 'profile', 'statusPage'])
  section('Groups', overview.groups, ['name', 'devices', 'rule'])
  section('Deployment profiles', overview.deploymentProfiles, ['name', 'mode', 'assignedTo'])
  section('Enrollment Status Pages', overview.statusPages, ['name', 'timeout', 'waitsFor', 'assignedTo'])
  section('Apps', overview.apps, ['name', 'version', 'scope', 'assignedTo'])
  if (overview.warnings.length > 0) print('\nWarnings')
  for (const warning of overview.warnings) print(`  ${warning}`)
  return EXIT.pass
}

/** Column titles of what is called otherwise in JSON. */
const TITLES: Record<string, string> = {
  serialNumber: 'serial number',
  groupTag: 'group tag',
  path: 'registered by',
  statusPage: 'status page',
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
      mode: profile.mode === 'selfDeploying' ? 'self-deploying' : 'user-driven',
      assignedTo: targets(profile),
    })),
    statusPages: [...state.statusPages.values()].map((page) => ({
      name: page.name,
      timeout: `${page.timeoutMinutes} min`,
      waitsFor: page.blockingApps.map((id) => state.apps.get(id)?.name ?? id).join(', ') || 'all required apps',
      assignedTo: targets(page),
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
    warnings: warningsOf(tenant),
  }
}
