import { hardwareHashOf } from '../../device/hardware-hash-of.ts'
import { UserError } from '../../domain/trouble.ts'
import { withItem, withoutItem } from '../../scenario/edit-yaml.ts'
import { loadDeviceFile } from '../../scenario/library.ts'
import { nearest } from '../../scenario/nearest.ts'
import { EXIT } from '../exit-codes.ts'
import { parseOptions } from '../options.ts'
import { print } from '../print.ts'
import { reportedKeys } from '../reported-keys.ts'
import { keptEnrolment } from './kept-enrolment.ts'
import { LOOKED_AT, liveTenant } from './live-tenant.ts'
import { type RegistrationResult, registrationResult, resultLines } from './registration-result.ts'
import { openTenantFile, type TenantFile, writeTenantFiles } from './tenant-file.ts'

const HELP = `oobe tenant move DEVICE --from FILE --to FILE   moves the registration of a device to another school

  --from FILE              the school that has it: a path, or a name from scenarios/tenants/ of this folder
  --to FILE                the school that gets it
  --group-tag TAG          of the device there (default: none)
  --data DIR               looks into what "oobe serve --data DIR" keeps of the first school: a device that is enrolled
                           there is refused, until it is deleted in Intune
  --without-deregistering  tries it while the first school still has the device: 808
  --json                   what came of it, for programs

Three steps: the device is deleted in Intune where it is enrolled, deregistered in the first school, registered in the
second. Both files are changed at these places alone, or neither. What "oobe serve --data" keeps does not change: there,
Graph deletes and imports. Exit code 1 when the second school refuses the device, 2 for what cannot begin.`

const OPTIONS = {
  from: { type: 'string' },
  to: { type: 'string' },
  'group-tag': { type: 'string' },
  data: { type: 'string' },
  'without-deregistering': { type: 'boolean' },
  json: { type: 'boolean' },
} as const

export function run(args: string[]): number {
  const { values, positionals } = parseOptions(args, OPTIONS, 'oobe tenant move')
  if (values.help) {
    print(HELP)
    return EXIT.pass
  }
  const [device, ...more] = positionals
  if (device === undefined || more.length > 0) throw new UserError('ERR_BAD_ARGUMENTS', 'which device? One at a time.')
  if (values.from === undefined || values.to === undefined) {
    throw new UserError('ERR_BAD_ARGUMENTS', 'from which school, and to which?', ['--from FILE --to FILE'])
  }
  const from = openTenantFile(values.from)
  const to = openTenantFile(values.to)
  if (from.path === to.path) throw new UserError('ERR_BAD_ARGUMENTS', '--from and --to are the same file')
  const { tenantId } = to.definition
  if (isSame(from.definition.tenantId, tenantId)) {
    throw new UserError('ERR_BAD_ARGUMENTS', `--from and --to are the same tenant: ${tenantId}`, [
      'a device moves to a school with another "tenantId"',
    ])
  }
  const index = indexOf(from, device)
  const name = from.definition.devices[index]!.device
  const hash = hardwareHashOf(loadDeviceFile(name), reportedKeys, LOOKED_AT)
  const say = values.json ? () => {} : print
  const isEnrolled = values.data === undefined ? null : refuseEnrolled(from, name, hash, values.data)
  say(
    isEnrolled === null
      ? `1. Not known from this file: whether ${from.definition.name} has enrolled the device. If so, delete it in Intune first.`
      : `1. The device is not enrolled in Intune of ${from.definition.name}.`,
  )
  const keeps = values['without-deregistering'] ?? false
  say(
    keeps
      ? `2. ${from.definition.name} keeps its registration.`
      : `2. Deregistered in ${from.definition.name}; groups lose the device with its Entra object.`,
  )
  const groupTag = values['group-tag'] ?? ''
  const { delays, name: school } = to.definition
  say(
    `3. The import of ${school} takes ${delays.import}; profiles follow after ${delays.groups} and ${delays.profiles} more.`,
  )
  const registration = register(to, name, hash, groupTag, keeps)
  for (const line of resultLines(registration)) say(line)
  if (registration.registered) {
    writeTenantFiles([
      { file: from, text: withoutDevice(from, index, name) },
      { file: to, text: withDevice(to, name, groupTag) },
    ])
    say(`${from.file} and ${to.file} say so from now on.`)
  } else say(`No file is changed: ${from.definition.name} still has the device.`)
  if (values.json) {
    const told = { from: from.file, to: to.file, isEnrolled, changed: registration.registered, ...registration }
    print(JSON.stringify(told, undefined, 2))
  }
  return registration.registered ? EXIT.pass : EXIT.scenarioFailed
}

const isSame = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase()

function indexOf({ definition, file }: TenantFile, device: string): number {
  const names = definition.devices.map((entry) => entry.device)
  const index = names.findIndex((name) => isSame(name, device))
  if (index >= 0) return index
  const near = nearest(device, names)
  throw new UserError('ERR_NOT_FOUND', `${definition.name} has not registered "${device}": ${file}`, [
    ...(near ? [`Did you mean "${near}"?`] : []),
  ])
}

/** An enrolled device cannot be deregistered (cases, reg-18): code `ERR_DEVICE_ENROLLED`. False for one that is not. */
function refuseEnrolled({ definition, name }: TenantFile, device: string, hash: string, data: string): false {
  const enrolled = keptEnrolment(data, definition.tenantId, hash)
  if (enrolled === undefined) return false
  throw new UserError(
    'ERR_DEVICE_ENROLLED',
    `"${device}" is enrolled in Intune of ${definition.name}: it cannot be deregistered`,
    [`first, at the server of ${name}: DELETE /v1.0/deviceManagement/managedDevices/${enrolled}`],
  )
}

/** The import of the other school, by the hash. */
function register(
  to: TenantFile,
  device: string,
  hash: string,
  groupTag: string,
  isElsewhere: boolean,
): RegistrationResult {
  const live = liveTenant(to.name, (definition) => ({
    ...definition,
    devicesElsewhere: [
      ...definition.devicesElsewhere.filter((name) => !isSame(name, device)),
      ...(isElsewhere ? [device] : []),
    ],
  }))
  const { serialNumber, manufacturer, productName } = loadDeviceFile(device).smbios
  const row = { serialNumber, manufacturer, model: productName, productKeyId: '', hardwareHash: hash, groupTag }
  const [entry] = live.tenant.imports.begin([{ ...row, purchaseOrder: '', assignedUser: '' }], 'manual')
  live.wait(live.tenant.delays.import)
  return registrationResult(live, device, entry!)
}

/** Groups that list the device lose it, and another school has it now. */
function withoutDevice({ definition, text }: TenantFile, index: number, device: string): string {
  let result = withoutItem(text, ['devices'], index)
  for (const [group, { members }] of definition.groups.entries()) {
    for (const [member, name] of [...members.entries()].reverse()) {
      if (isSame(name, device)) result = withoutItem(result, ['groups', group, 'members'], member)
    }
  }
  return definition.devicesElsewhere.some((name) => isSame(name, device))
    ? result
    : withItem(result, ['devicesElsewhere'], device)
}

function withDevice({ definition, text }: TenantFile, device: string, groupTag: string): string {
  const elsewhere = definition.devicesElsewhere.findIndex((name) => isSame(name, device))
  const result = elsewhere < 0 ? text : withoutItem(text, ['devicesElsewhere'], elsewhere)
  return withItem(result, ['devices'], { device, ...(groupTag === '' ? {} : { groupTag }) })
}
