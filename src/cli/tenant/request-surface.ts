import type { DeviceDefinition } from '../../domain/device.ts'
import { parseDuration } from '../../domain/duration.ts'
import { PDF_MARK, SURFACE_ANSWER_AFTER, SURFACE_PROOF } from '../../domain/surface-request.ts'
import type { SurfaceRequestDefinition } from '../../domain/tenant.ts'
import { UserError } from '../../domain/trouble.ts'
import { registerBy } from '../../mock-service/directory/paths.ts'
import { withItem, withoutItem } from '../../scenario/edit-yaml.ts'
import { loadDeviceFile } from '../../scenario/library.ts'
import { readBounded } from '../../scenario/read-bounded.ts'
import { EXIT } from '../exit-codes.ts'
import { parseOptions } from '../options.ts'
import { print } from '../print.ts'
import { liveTenant } from './live-tenant.ts'
import { type RegistrationResult, registrationResult, resultLines } from './registration-result.ts'
import { openTenantFile, type TenantFile, writeTenantFiles } from './tenant-file.ts'

const HELP = `oobe tenant request-surface FILE DEVICE...   asks Microsoft's support to register Surface devices
oobe tenant request-surface FILE --answer     Microsoft answers what is open

  FILE             the school: a path, or a name from scenarios/tenants/ of this folder
  --proof FILE     ${SURFACE_PROOF.format}
  --company NAME   the name of the school that the proof has
  --serials LIST   serial numbers that the proof has, with commas (default: those of the devices)
  --group-tag TAG  of the devices
  --leave-open     only sends the request: it stays in the file until --answer
  --json           what came of it for each device, for programs

The proof is looked at and not kept. Microsoft answers after ${SURFACE_ANSWER_AFTER} of device time: an assumption, for no source says how long.
Registered devices are written into the file, which is changed at these places alone. A school that "oobe serve --data"
keeps does not see it. Exit code 1 when a device was refused, 2 when the request is.`

const OPTIONS = {
  proof: { type: 'string' },
  company: { type: 'string' },
  serials: { type: 'string' },
  'group-tag': { type: 'string' },
  'leave-open': { type: 'boolean' },
  answer: { type: 'boolean' },
  json: { type: 'boolean' },
} as const

type Values = ReturnType<typeof parseOptions<typeof OPTIONS>>['values']

export function run(args: string[]): number {
  const { values, positionals } = parseOptions(args, OPTIONS, 'oobe tenant request-surface')
  if (values.help) {
    print(HELP)
    return EXIT.pass
  }
  const [name, ...devices] = positionals
  if (name === undefined) throw new UserError('ERR_BAD_ARGUMENTS', 'which school?')
  const file = openTenantFile(name)
  if (values.answer) {
    const others = (Object.keys(OPTIONS) as (keyof typeof OPTIONS)[]).filter(
      (option) => option !== 'answer' && option !== 'json',
    )
    if (devices.length > 0 || others.some((option) => values[option] !== undefined)) {
      throw new UserError('ERR_BAD_ARGUMENTS', '--answer is about the requests in the file: it goes with nothing else')
    }
    return answerOpen(file, values.json)
  }
  const requests = requestsOf(file, devices, values)
  const { definition } = file
  const say = sayFor(values.json)
  say(`Asked Microsoft to register for ${definition.name}, tenant ${definition.tenantId}, ${definition.domain}:`)
  for (const { device } of requests) say(`  ${device}  ${loadDeviceFile(device).smbios.serialNumber}`)
  if (!values['leave-open']) return answer(file, file.text, requests, values.json)
  const text = requests.reduce(
    (before, request) => withItem(before, ['surfaceRequests'], openRequest(request)),
    file.text,
  )
  writeTenantFiles([{ file, text }])
  say(`The request is open, and the devices are not registered. ${file.file} has it.`)
  if (values.json)
    tell(
      file,
      true,
      requests.map(({ device }) => ({ device, open: true })),
    )
  return EXIT.pass
}

const sayFor = (isJson: boolean | undefined): ((line: string) => void) => (isJson ? () => {} : print)

type Told = RegistrationResult | { device: string; open: true }

const tell = ({ file }: TenantFile, changed: boolean, devices: readonly Told[]): void =>
  print(JSON.stringify({ file, changed, devices }, undefined, 2))

const openRequest = ({ device, groupTag, proof }: SurfaceRequestDefinition) => ({
  device,
  ...(groupTag === '' ? {} : { groupTag }),
  proof,
})

/** What Microsoft would send back at once is refused. Codes `ERR_BAD_ARGUMENTS`, `ERR_SURFACE_PROOF`, `ERR_REGISTRATION_ROWS`. */
function requestsOf(file: TenantFile, devices: readonly string[], values: Values): SurfaceRequestDefinition[] {
  if (devices.length === 0) throw new UserError('ERR_BAD_ARGUMENTS', 'which devices?')
  const twice = devices.find((device, index) => devices.indexOf(device) !== index)
  if (twice !== undefined) throw new UserError('ERR_BAD_ARGUMENTS', `"${twice}" is given twice`)
  const open = file.definition.surfaceRequests ?? []
  const asked = devices.find((device) => open.some((request) => request.device === device))
  if (asked !== undefined) {
    throw new UserError('ERR_BAD_ARGUMENTS', `Microsoft was asked for "${asked}" already`, [
      `oobe tenant request-surface ${file.name} --answer`,
    ])
  }
  const requests = devices.map((device) => ({ device, groupTag: values['group-tag'] ?? '', proof: values.proof ?? '' }))
  refuseOthers(file, requests)
  refuseProof(file, requests, values)
  return requests
}

/** Other makers' devices, before any proof is looked at. */
function refuseOthers(file: TenantFile, requests: readonly SurfaceRequestDefinition[]): void {
  const { tenant } = liveTenant(file.name)
  for (const { device, groupTag } of requests) {
    const started = registerBy(tenant, 'surface', [rowOf(loadDeviceFile(device), groupTag)])
    if (!started.ok) {
      const { manufacturer, productName } = loadDeviceFile(device).smbios
      throw new UserError('ERR_NOT_SURFACE', `"${device}" is no Surface device: ${manufacturer} ${productName}`, [
        'another maker, a reseller or an administrator registers it',
      ])
    }
  }
}

function refuseProof(
  { definition }: TenantFile,
  requests: readonly SurfaceRequestDefinition[],
  { proof, company, serials }: Values,
): void {
  const refuse = (text: string) =>
    new UserError('ERR_SURFACE_PROOF', text, [
      `Microsoft requires ${SURFACE_PROOF.format}. It has ${SURFACE_PROOF.contents}`,
    ])
  if (proof === undefined) throw refuse('there is no proof of the purchase: --proof FILE')
  let begin: string
  try {
    begin = readBounded(proof, PDF_MARK.length).subarray(0, PDF_MARK.length).toString('latin1')
  } catch (error) {
    throw new UserError('ERR_NOT_READABLE', `${proof} cannot be read: ${(error as Error).message}`)
  }
  if (begin !== PDF_MARK) throw refuse(`${proof} is no PDF`)
  if (company === undefined) throw refuse('whose name does the proof have? --company NAME')
  if (plain(company) !== plain(definition.name)) {
    throw refuse(`the proof is for "${company}", and the school is "${definition.name}"`)
  }
  if (serials === undefined) return
  const listed = serials.split(',').map((serial) => serial.trim())
  for (const { device } of requests) {
    const { serialNumber } = loadDeviceFile(device).smbios
    if (!listed.includes(serialNumber))
      throw refuse(`the proof does not have ${serialNumber}, the serial number of "${device}"`)
  }
}

const plain = (name: string): string => name.trim().replace(/\s+/g, ' ').toLowerCase()

const rowOf = ({ smbios }: DeviceDefinition, groupTag: string) => ({
  serialNumber: smbios.serialNumber,
  manufacturer: smbios.manufacturer,
  model: smbios.productName,
  productKeyId: '',
  hardwareHash: '',
  groupTag,
  purchaseOrder: '',
  assignedUser: '',
})

function answerOpen(file: TenantFile, isJson: boolean | undefined): number {
  const open = file.definition.surfaceRequests ?? []
  if (open.length === 0) {
    throw new UserError('ERR_BAD_ARGUMENTS', `${file.file} has no open request`, [
      `oobe tenant request-surface ${file.name} DEVICE --proof FILE --company NAME`,
    ])
  }
  const text = open.reduce((before) => withoutItem(before, ['surfaceRequests'], 0), file.text)
  return answer(file, text, open, isJson)
}

/** Microsoft registers what it can; the file, as it is without the requests, gets these devices. */
function answer(
  file: TenantFile,
  text: string,
  requests: readonly SurfaceRequestDefinition[],
  isJson: boolean | undefined,
): number {
  const live = liveTenant(file.name)
  live.wait(parseDuration(SURFACE_ANSWER_AFTER)!)
  const rows = requests.map(({ device, groupTag }) => rowOf(loadDeviceFile(device), groupTag))
  const started = registerBy(live.tenant, 'surface', rows)
  if (!started.ok) throw new UserError(started.trouble.code, started.trouble.text)
  live.wait(live.tenant.delays.import)
  const say = sayFor(isJson)
  say(
    `Microsoft answers after ${SURFACE_ANSWER_AFTER} (assumed), and the import takes ${file.definition.delays.import}:`,
  )
  const results = started.value.map((entry, index) => registrationResult(live, requests[index]!.device, entry))
  for (const line of results.flatMap(resultLines)) say(line)
  const result = requests
    .filter((_, index) => results[index]!.registered)
    .reduce(
      (before, { device, groupTag }) =>
        withItem(before, ['devices'], { device, ...(groupTag === '' ? {} : { groupTag }), path: 'surface' }),
      text,
    )
  const isChanged = result !== file.text
  if (isChanged) writeTenantFiles([{ file, text: result }])
  if (results.some(({ registered }) => registered)) say(`${file.file} has them now.`)
  if (isJson) tell(file, isChanged, results)
  return results.every(({ registered }) => registered) ? EXIT.pass : EXIT.scenarioFailed
}
