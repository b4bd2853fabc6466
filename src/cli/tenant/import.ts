import { REGISTRATION_ERRORS } from '../../domain/registration-errors.ts'
import type { RegistrationPath } from '../../domain/tenant.ts'
import { UserError } from '../../domain/trouble.ts'
import type { ImportedIdentity, RegistrationRequest } from '../../mock-service/directory/imports.ts'
import { hasConsent, registerBy } from '../../mock-service/directory/paths.ts'
import { decodeAutopilotCsv } from '../../protocols/autopilot-csv/decode.ts'
import { CSV_BYTES_MAX } from '../../protocols/autopilot-csv/shapes.ts'
import { nearest } from '../../scenario/nearest.ts'
import { readBounded } from '../../scenario/read-bounded.ts'
import { columns } from '../columns.ts'
import { EXIT } from '../exit-codes.ts'
import { parseOptions } from '../options.ts'
import { print } from '../print.ts'
import { DEFAULT_TENANT, type LiveTenant, liveTenant } from './live-tenant.ts'

const HELP = `oobe tenant import FILE   plays the registration of a CSV file in a school, row by row

  --tenant T     the school (default: ${DEFAULT_TENANT})
  --as WAY       manual: an administrator's file (default); reseller, oem: Partner Center's columns, and a Global
                 Administrator must have consented; surface: a request to Microsoft, by model and serial number
  --partner ID   which reseller or OEM, when there are several
  --json         the same for programs

Nothing is kept: the school is as before. Exit code 1 when a row was refused, 2 when the file is.`

const OPTIONS = {
  tenant: { type: 'string' },
  as: { type: 'string' },
  partner: { type: 'string' },
  json: { type: 'boolean' },
} as const
const PATHS: readonly RegistrationPath[] = ['manual', 'reseller', 'oem', 'surface']

export function run(args: string[]): number {
  const { values, positionals } = parseOptions(args, OPTIONS, 'oobe tenant import')
  if (values.help) {
    print(HELP)
    return EXIT.pass
  }
  const [file, ...more] = positionals
  if (file === undefined || more.length > 0) throw new UserError('ERR_BAD_ARGUMENTS', 'which CSV file? One at a time.')
  const path = pathOf(values.as ?? 'manual')
  if (values.partner !== undefined && path !== 'reseller' && path !== 'oem') {
    throw new UserError('ERR_BAD_ARGUMENTS', '--partner goes with --as reseller or --as oem')
  }
  const rows = rowsOf(file, path)
  const live = liveTenant(values.tenant)
  const started = registerBy(live.tenant, path, rows, values.partner)
  if (!started.ok) throw new UserError(started.trouble.code, started.trouble.text, hintsOf(live, path))
  live.wait(live.tenant.delays.import)
  const results = started.value.map((entry, index) => resultOf(live, entry, rows[index]!.line))
  if (values.json) print(JSON.stringify(results, null, 2))
  else show(live, results)
  return results.every(({ status }) => status === 'complete') ? EXIT.pass : EXIT.scenarioFailed
}

function pathOf(text: string): RegistrationPath {
  const path = PATHS.find((known) => known === text)
  if (path) return path
  const near = nearest(text, PATHS)
  throw new UserError('ERR_BAD_ARGUMENTS', `"${text}" is no way of registering`, [
    near ? `Did you mean "${near}"?` : `There are: ${PATHS.join(', ')}`,
  ])
}

/** @throws UserError `ERR_NOT_READABLE`, or the first error of the file with the others below it. */
function rowsOf(file: string, path: RegistrationPath): (RegistrationRequest & { line: number })[] {
  let bytes: Uint8Array
  try {
    bytes = readBounded(file, CSV_BYTES_MAX)
  } catch (error) {
    throw new UserError('ERR_NOT_READABLE', `${file} cannot be read: ${(error as Error).message}`)
  }
  const { rows, errors, more } = decodeAutopilotCsv(bytes, { shape: path === 'manual' ? 'intune' : 'partner' })
  const [first, ...rest] = errors
  if (first) {
    const others = rest.map(({ line, column, code, text }) => `${file}:${line}:${column}: ${text} (${code})`)
    throw new UserError(first.code, `${file}:${first.line}:${first.column}: ${first.text}`, [
      ...(first.hint === undefined ? [] : [first.hint]),
      ...others,
      ...(more > 0 ? [`and ${more} more`] : []),
    ])
  }
  if (rows.length === 0) throw new UserError('ERR_CSV_EMPTY', `${file} has a header and no device`)
  return rows.map((row) => ({ ...row, purchaseOrder: '' }))
}

const hintsOf = ({ tenant }: LiveTenant, path: RegistrationPath): string[] =>
  tenant.definition.partners
    .filter(({ kind }) => kind === path)
    .map(
      (partner) =>
        `${partner.id} (${partner.name}): ${hasConsent(tenant, partner) ? `consent by ${partner.consentedBy}` : 'no consent'}`,
    )

interface RowResult {
  line: number
  serialNumber: string
  status: string
  registrationId: string
  error: string
  code: number | null
  portalText: string
  explanation: string
  profile: string
}

function resultOf({ tenant }: LiveTenant, entry: ImportedIdentity, line: number): RowResult {
  const { result } = entry
  const status = tenant.imports.statusOf(entry)
  const device = result?.kind === 'complete' ? tenant.directory.now.devices.get(result.registrationId) : undefined
  const error = result?.kind === 'error' ? REGISTRATION_ERRORS[result.error] : undefined
  return {
    line,
    serialNumber: device?.serialNumber ?? entry.serialNumber,
    status,
    registrationId: device?.id ?? '',
    profile: (device && tenant.profileOf(device).intended?.name) ?? '',
    error: error?.name ?? '',
    code: error?.code ?? null,
    portalText: error?.portalText ?? '',
    explanation: error?.explanation ?? '',
  }
}

function show({ tenant }: LiveTenant, results: readonly RowResult[]): void {
  const rows = results.map(({ line, serialNumber, status, error, code, profile }) => {
    const number = code === null ? '' : ` (${code})`
    return [
      `line ${line}`,
      serialNumber,
      status,
      status === 'complete'
        ? profile === ''
          ? 'no profile will be assigned'
          : `will get "${profile}"`
        : `${error}${number}`,
    ]
  })
  for (const line of columns(rows)) print(line)
  for (const error of new Set(results.map(({ error: name }) => name).filter(Boolean))) {
    const { portalText, explanation } = results.find((result) => result.error === error)!
    print('')
    print(`${error}: ${explanation}`)
    if (portalText !== '') print(`  The portal says: "${portalText}".`)
  }
  const done = results.filter(({ status }) => status === 'complete').length
  const { delays } = tenant.definition
  print('')
  print(
    `${done} registered, ${results.length - done} refused. The import took ${delays.import} of device time; profiles follow after ${delays.groups} and ${delays.profiles} more.`,
  )
}
