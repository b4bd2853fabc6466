import { hardwareHashOf } from '../../device/hardware-hash-of.ts'
import type { LookupCode } from '../../domain/autopilot.ts'
import type { DeviceDefinition, SmbiosFacts } from '../../domain/device.ts'
import { formatDuration, parseDuration } from '../../domain/duration.ts'
import { isTelling } from '../../domain/placeholders.ts'
import { UserError } from '../../domain/trouble.ts'
import { oobeConfigOf } from '../../mock-service/autopilot/lookup.ts'
import { recognise } from '../../mock-service/autopilot/registration.ts'
import { membershipOf } from '../../mock-service/directory/groups.ts'
import type { RegisteredDevice } from '../../mock-service/directory/state.ts'
import { unapprovedApps } from '../../mock-service/prerequisites/approved-apps.ts'
import { columns } from '../columns.ts'
import { oneDevice } from '../device/one-device.ts'
import { EXIT } from '../exit-codes.ts'
import { parseOptions } from '../options.ts'
import { print } from '../print.ts'
import { reportedKeys } from '../reported-keys.ts'
import { DEFAULT_TENANT, type LiveTenant, LOOKED_AT, liveTenant } from './live-tenant.ts'

const HELP = `oobe tenant resolve DEVICE   what a device gets in a school, and why

  --tenant T              the school (default: ${DEFAULT_TENANT})
  --user EMAIL            who sits at it: apps and status pages for users count
  --registered-before D   as if it had been registered so long ago: 0s, 10m, 2d
  --json                  the same for programs

Exit code 0 when it gets a profile, 1 when it does not.`

const OPTIONS = {
  tenant: { type: 'string' },
  user: { type: 'string' },
  'registered-before': { type: 'string' },
  json: { type: 'boolean' },
} as const

export function run(args: string[]): number {
  const { values, positionals } = parseOptions(args, OPTIONS, 'oobe tenant resolve')
  if (values.help) {
    print(HELP)
    return EXIT.pass
  }
  const device = oneDevice(positionals)
  const before = values['registered-before']
  if (before !== undefined && parseDuration(before) === undefined) {
    throw new UserError('ERR_BAD_ARGUMENTS', `"${before}" is no duration`, ['a time such as 10m or 2d'])
  }
  const live = liveTenant(values.tenant, (definition) => ({
    ...definition,
    devices: definition.devices.map((entry) =>
      entry.device === device.id && before !== undefined ? { ...entry, registeredBefore: before } : entry,
    ),
  }))
  const { tenant } = live
  if (values.user !== undefined && !tenant.findUser(values.user)) {
    throw new UserError('ERR_NOT_FOUND', `there is no user "${values.user}" in ${tenant.definition.name}`, [
      `There are: ${[...tenant.directory.now.users.values()].map(({ email }) => email).join(', ')}`,
    ])
  }
  const recognition = recognise(tenant, hardwareHashOf(device, reportedKeys, LOOKED_AT))
  const resolution =
    recognition.kind === 'recognised'
      ? resolve(live, recognition.device, values.user ?? recognition.device.assignedUser, device.windows.edition)
      : unknownDevice(live, device, recognition)
  if (values.json) print(JSON.stringify({ device: device.id, tenant: tenant.definition.id, ...resolution }, null, 2))
  else show(`${device.id} in ${tenant.definition.name}`, resolution)
  return resolution.answer.profile === null ? EXIT.scenarioFailed : EXIT.pass
}

const WAYS = {
  manual: 'uploaded by an administrator',
  oem: 'by the OEM',
  reseller: 'by a reseller',
  surface: 'by Microsoft',
}

const DAY_MS = 86_400_000
const agoText = (ms: number): string =>
  ms >= 2 * DAY_MS ? `${Math.floor(ms / DAY_MS)} days ago` : `${formatDuration(ms)} ago`

interface Part {
  name: string
  /** What it is, then why. */
  lines: string[]
}

interface Resolution {
  answer: { profile: string | null; code: LookupCode | null; text: string }
  parts: Part[]
}

function unknownDevice(
  { tenant }: LiveTenant,
  { smbios }: DeviceDefinition,
  recognition: { kind: 'unknown' } | { kind: 'mismatch'; device: RegisteredDevice },
): Resolution {
  if (recognition.kind === 'unknown') {
    return {
      answer: {
        profile: null,
        code: '807',
        text: `not registered: ${tenant.definition.name} does not know it, and it goes the consumer way`,
      },
      parts: namesakes([...tenant.directory.now.devices.values()], smbios),
    }
  }
  const { serialNumber, id } = recognition.device
  return {
    answer: { profile: null, code: '908', text: 'its serial number is registered, its hardware is another' },
    parts: [
      {
        name: 'registration',
        lines: [id, `${serialNumber} was registered with another SMBIOS UUID or endorsement key: a board was swapped`],
      },
      { name: 'what helps', lines: ['delete the registration, capture the hash again, and register it'] },
    ],
  }
}

/** Registered devices with the same serial number, where it is a placeholder and says nothing. */
function namesakes(devices: readonly RegisteredDevice[], { serialNumber, manufacturer }: SmbiosFacts): Part[] {
  const alike = devices.filter((other) => other.serialNumber === serialNumber && other.manufacturer === manufacturer)
  const [first] = alike
  if (!first || isTelling(serialNumber)) return []
  const count = alike.length === 1 ? 'a registered device has' : `${alike.length} registered devices have`
  return [
    {
      name: 'serial number',
      lines: [
        `"${serialNumber}" is a placeholder: ${count} the same, and it identifies no device`,
        `the first of them is ${first.id}, which has another SMBIOS UUID or endorsement key`,
      ],
    },
  ]
}

function resolve({ tenant }: LiveTenant, device: RegisteredDevice, upn: string, edition: string): Resolution {
  const profile = tenant.profileOf(device)
  const { moment } = tenant.directory
  const { statusPage, apps } = tenant.managementOf({ registered: device }, upn)
  const awaited = apps.map(({ app }) => app)
  const blocked = edition === 'SE' ? unapprovedApps(statusPage.page, awaited) : []
  const ago = tenant.now() - device.registeredAt
  const { name, domain } = tenant.definition
  const { color, signInPageText } = tenant.directory.now.branding
  return {
    answer: {
      profile: profile.profile?.name ?? null,
      code: profile.code,
      text: profile.profile
        ? `gets "${profile.profile.name}" (${profile.status})`
        : `gets no profile now (${profile.status}): the lookup answers ${profile.code}`,
    },
    parts: [
      {
        name: 'registration',
        lines: [
          device.id,
          `${WAYS[device.path]}, ${agoText(ago)}; group tag ${device.groupTag || 'none'}, purchase order ${device.purchaseOrder || 'none'}, user ${device.assignedUser || 'none'}`,
        ],
      },
      {
        name: 'groups',
        lines: [...moment.state.groups.values()].map((group) => {
          const { holds, because } = membershipOf(moment, group, moment.entra.get(device.entraObjectId)!)
          return `${holds ? '' : 'not '}"${group.name}": ${because}`
        }),
      },
      {
        name: 'deployment profile',
        lines: [
          ...profile.why,
          ...(profile.profile ? [`CloudAssignedOobeConfig ${oobeConfigOf(profile.profile)}`] : []),
        ],
      },
      { name: 'status page', lines: statusPage.why },
      {
        name: 'apps',
        lines: apps.map(({ app, why }) => {
          const { blockingApps } = statusPage.page
          const isAwaited = blockingApps.length === 0 || blockingApps.includes(app.id)
          return `"${app.name} ${app.version}" for the ${app.scope}: ${why}${isAwaited ? '' : '; the status page does not wait for it'}`
        }),
      },
      { name: 'warnings', lines: blocked.map(({ text }) => text) },
      {
        name: 'branding',
        lines: [`${name} (${domain}), ${color ?? 'no colour'}`, ...(signInPageText ? [signInPageText] : [])],
      },
    ],
  }
}

function show(title: string, { answer, parts }: Resolution): void {
  print(`${title}: ${answer.text}`)
  const rows = parts.flatMap(({ name, lines }) => lines.map((line, index) => [index === 0 ? name : '', line]))
  for (const line of columns(rows)) print(`  ${line}`)
}
