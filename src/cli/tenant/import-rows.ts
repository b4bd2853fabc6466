import { REGISTRATION_ERRORS } from '../../domain/registration-errors.ts'
import type { RegistrationPath } from '../../domain/tenant.ts'
import { UserError } from '../../domain/trouble.ts'
import { CODE } from '../../domain/windows-codes.ts'
import type { ImportedIdentity, RegistrationRequest } from '../../mock-service/directory/imports.ts'
import { hasConsent, registerBy, troubleOfRow } from '../../mock-service/directory/paths.ts'
import type { CsvRow } from '../../protocols/autopilot-csv/decode.ts'
import type { CsvError } from '../../protocols/autopilot-csv/trouble.ts'
import type { LiveTenant } from './live-tenant.ts'

/** How a file is registered. */
export interface Batch {
  path: RegistrationPath
  partner?: string
  /** Of all rows; a partner gives it with the upload. */
  groupTag?: string
  purchaseOrder?: string
}

/** What became of a row. */
export interface RowResult {
  line: number
  serialNumber: string
  /** `refused`: the portal or the request stops it, and the service has no result for it. */
  status: string
  registrationId: string
  /** Name of the service's error, or the code of what refuses the row. */
  error: string
  code: number | null
  portalText: string
  explanation: string
  profile: string
  /** What is wrong with the row, each with its place. */
  reasons: string[]
  /** What the service does not use, or an administrator does not mean. */
  warnings: string[]
}

/**
 * Plays the import of rows: each has a result, in the order of the file, and a bad one does not stop the others. Device time
 * passes. Codes of UserErrors: `ERR_CONSENT_MISSING`, `ERR_NO_PARTNER`.
 */
export function importRows(live: LiveTenant, rows: readonly CsvRow[], batch: Batch): RowResult[] {
  const { tenant } = live
  const sent: { row: CsvRow; request: RegistrationRequest }[] = []
  const refused = new Map<CsvRow, RowResult>()
  for (const row of rows) {
    const error = row.errors.find(({ refusedBy }) => refusedBy !== 'import')
    const request = requestOf(row, batch)
    const trouble = error ? undefined : troubleOfRow(tenant, request, batch.path)
    if (error) refused.set(row, refusal(row, error.code, textOf(error)))
    else if (trouble !== undefined) refused.set(row, refusal(row, 'ERR_REGISTRATION_ROWS', trouble))
    else sent.push({ row, request })
  }
  const started = registerBy(
    tenant,
    batch.path,
    sent.map(({ request }) => request),
    batch.partner,
  )
  if (!started.ok) throw new UserError(started.trouble.code, started.trouble.text, hintsOf(live, batch.path))
  live.wait(tenant.delays.import)
  const entries = new Map(sent.map(({ row }, index) => [row, started.value[index]!]))
  return rows.map((row) => {
    const entry = entries.get(row)
    const result = entry === undefined ? refused.get(row)! : resultOf(live, entry, row)
    return { ...result, warnings: warningsOf(live, row, batch) }
  })
}

/** What the way of registering takes of a row (reference: device-identity.md, 2.1). */
function requestOf(row: CsvRow, { path, groupTag, purchaseOrder }: Batch): RegistrationRequest {
  const { line: _, errors: __, warnings: ___, ...request } = row
  if (path === 'manual') return { ...request, purchaseOrder: '' }
  return {
    ...request,
    hardwareHash: takesHash(path) ? request.hardwareHash : '',
    groupTag: groupTag ?? '',
    purchaseOrder: purchaseOrder ?? '',
    assignedUser: '',
  }
}

/** A maker knows its devices, and Microsoft its own. */
const takesHash = (path: RegistrationPath): boolean => path === 'manual' || path === 'reseller'

const placeOf = ({ line, column }: CsvError): string => `line ${line}, column ${column}`

const textOf = ({ text, hint }: CsvError): string => (hint === undefined ? text : `${text}. ${hint}`)

const NOTHING = { registrationId: '', code: null, portalText: '', profile: '', warnings: [] }

const refusal = ({ line, serialNumber, errors }: CsvRow, error: string, explanation: string): RowResult => ({
  ...NOTHING,
  line,
  serialNumber,
  status: 'refused',
  error,
  explanation,
  reasons: errors.length > 0 ? errors.map(reasonOf) : [`line ${line}: ${explanation}`],
})

const reasonOf = (error: CsvError): string => `${placeOf(error)}: ${textOf(error)} (${error.code})`

function resultOf({ tenant }: LiveTenant, entry: ImportedIdentity, { line, errors }: CsvRow): RowResult {
  const { result } = entry
  const device = result?.kind === 'complete' ? tenant.directory.now.devices.get(result.registrationId) : undefined
  const error = result?.kind === 'error' ? REGISTRATION_ERRORS[result.error] : undefined
  return {
    ...NOTHING,
    line,
    serialNumber: device?.serialNumber ?? entry.serialNumber,
    status: tenant.imports.statusOf(entry),
    registrationId: device?.id ?? '',
    profile: (device && tenant.profileOf(device).intended?.name) ?? '',
    error: error?.name ?? '',
    code: error?.code ?? null,
    portalText: error?.portalText ?? '',
    explanation: error?.explanation ?? '',
    reasons: errors.map(reasonOf),
  }
}

function warningsOf({ tenant }: LiveTenant, row: CsvRow, { path, groupTag }: Batch): string[] {
  const { line, assignedUser } = row
  const found = row.warnings.map((warning) => `${placeOf(warning)}: ${textOf(warning)}`)
  const warn = (text: string) => found.push(`line ${line}: ${text}`)
  if (path !== 'manual') {
    const instead = groupTag === undefined ? '' : `: that of the batch is, "${groupTag}"`
    if (row.groupTag !== '') warn(`the group tag "${row.groupTag}" of the row is not used${instead}`)
    if (assignedUser !== '') warn(`the user "${assignedUser}" is not used`)
    if (row.hardwareHash !== '' && !takesHash(path)) warn('the hardware hash is not used')
    return found
  }
  if (assignedUser === '' || row.errors.some(({ refusedBy }) => refusedBy !== 'import')) return found
  const user = tenant.findUser(assignedUser)?.user
  // Of an assigned user only the domain is looked at (2.1 [D]).
  if (!user) warn(`there is no user "${assignedUser}": the device is locked to the name until it is unassigned`)
  else if (!user.licensed)
    warn(`the user "${assignedUser}" has no licence for Intune: the enrolment ends with ${CODE.enrollmentUserLicense}`)
  return found
}

const hintsOf = ({ tenant }: LiveTenant, path: RegistrationPath): string[] =>
  tenant.definition.partners
    .filter(({ kind }) => kind === path)
    .map(
      (partner) =>
        `${partner.id} (${partner.name}): ${hasConsent(tenant, partner) ? `consent by ${partner.consentedBy}` : 'no consent'}`,
    )
