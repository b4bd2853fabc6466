import type { RegistrationPath } from '../../domain/tenant.ts'
import { UserError } from '../../domain/trouble.ts'
import { type CsvRow, decodeAutopilotCsv } from '../../protocols/autopilot-csv/decode.ts'
import { CSV_BYTES_MAX } from '../../protocols/autopilot-csv/shapes.ts'
import { nearest } from '../../scenario/nearest.ts'
import { readBounded } from '../../scenario/read-bounded.ts'
import { columns } from '../columns.ts'
import { EXIT } from '../exit-codes.ts'
import { parseOptions } from '../options.ts'
import { print, printNote } from '../print.ts'
import { type Batch, importRows, type RowResult } from './import-rows.ts'
import { DEFAULT_TENANT, type LiveTenant, liveTenant } from './live-tenant.ts'

const HELP = `oobe tenant import FILE   plays the registration of a CSV file in a school, row by row

  --tenant T            the school (default: ${DEFAULT_TENANT})
  --as WAY              manual: an administrator's file (default); reseller, oem: Partner Center's columns, and a Global
                        Administrator must have consented; surface: a request to Microsoft, by model and serial number
  --partner ID          which reseller or OEM, when there are several
  --group-tag TAG       with reseller or oem: the group tag of the whole batch; a tag in the file is not used
  --purchase-order TEXT with reseller or oem: the purchase order of the whole batch
  --json                the same for programs

Each row has its own result, and a bad one does not stop the others. Nothing is kept: the school is as before.
Exit code 1 when a row was refused, 2 when the file is.`

const OPTIONS = {
  tenant: { type: 'string' },
  as: { type: 'string' },
  partner: { type: 'string' },
  'group-tag': { type: 'string' },
  'purchase-order': { type: 'string' },
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
  const batch = batchOf(values)
  const rows = rowsOf(file, batch.path)
  const live = liveTenant(values.tenant)
  const results = importRows(live, rows, batch)
  if (values.json) print(JSON.stringify(results, null, 2))
  else show(live, results, rows)
  return results.every(({ status }) => status === 'complete') ? EXIT.pass : EXIT.scenarioFailed
}

type Values = { [Name in 'as' | 'partner' | 'group-tag' | 'purchase-order']?: string | undefined }

function batchOf(values: Values): Batch {
  const path = pathOf(values.as ?? 'manual')
  const { partner, 'group-tag': groupTag, 'purchase-order': purchaseOrder } = values
  if (path !== 'reseller' && path !== 'oem') {
    for (const name of ['partner', 'group-tag', 'purchase-order'] as const) {
      if (values[name] === undefined) continue
      const hint =
        path === 'manual' && name === 'group-tag' ? ['an administrator gives it in the column "Group Tag"'] : []
      throw new UserError('ERR_BAD_ARGUMENTS', `--${name} goes with --as reseller or --as oem`, hint)
    }
  }
  return {
    path,
    ...(partner === undefined ? {} : { partner }),
    ...(groupTag === undefined ? {} : { groupTag }),
    ...(purchaseOrder === undefined ? {} : { purchaseOrder }),
  }
}

function pathOf(text: string): RegistrationPath {
  const path = PATHS.find((known) => known === text)
  if (path) return path
  const near = nearest(text, PATHS)
  throw new UserError('ERR_BAD_ARGUMENTS', `"${text}" is no way of registering`, [
    near ? `Did you mean "${near}"?` : `There are: ${PATHS.join(', ')}`,
  ])
}

/** Errors of a file that are shown: a header has few. */
const ERRORS_MAX = 20

/** @throws UserError `ERR_NOT_READABLE`, or the first error of the file as a whole with the others below it. */
function rowsOf(file: string, path: RegistrationPath): CsvRow[] {
  let bytes: Uint8Array
  try {
    bytes = readBounded(file, CSV_BYTES_MAX)
  } catch (error) {
    throw new UserError('ERR_NOT_READABLE', `${file} cannot be read: ${(error as Error).message}`)
  }
  const { rows, errors, warnings } = decodeAutopilotCsv(bytes, { shape: path === 'manual' ? 'intune' : 'partner' })
  const [first, ...rest] = errors
  if (first) {
    const others = rest
      .slice(0, ERRORS_MAX)
      .map(({ line, column, code, text }) => `${file}:${line}:${column}: ${text} (${code})`)
    throw new UserError(first.code, `${file}:${first.line}:${first.column}: ${first.text}`, [
      ...(first.hint === undefined ? [] : [first.hint]),
      ...others,
      ...(rest.length > ERRORS_MAX ? [`and ${rest.length - ERRORS_MAX} more`] : []),
    ])
  }
  for (const { line, column, text, hint } of warnings) {
    printNote(`${file}:${line}:${column}: ${text}${hint === undefined ? '' : `. ${hint}`}`)
  }
  return rows
}

/** What is said below the table, in the portal's words too. */
function show({ tenant }: LiveTenant, results: readonly RowResult[], rows: readonly CsvRow[]): void {
  for (const line of columns(results.map(cellsOf))) print(line)
  paragraph(results.flatMap(({ reasons }) => reasons))
  const failed = results.filter(({ status }) => status === 'error')
  for (const error of new Set(failed.map(({ error: name }) => name))) {
    const { portalText, explanation } = failed.find((result) => result.error === error)!
    paragraph([`${error}: ${explanation}`, ...(portalText === '' ? [] : [`  The portal says: "${portalText}".`])])
  }
  const unreadable = rows.filter(({ errors }) => errors.some(({ refusedBy }) => refusedBy === 'request'))
  if (unreadable.length > 0) {
    const lines = unreadable.map(({ line }) => line).join(', ')
    paragraph([
      `The portal sends all rows in one request, and the service refuses it for line ${lines}: the button Import seems to do nothing.`,
      'The other rows are played without it.',
    ])
  }
  paragraph(results.flatMap(({ warnings }) => warnings).map((warning) => `warning  ${warning}`))
  const done = results.filter(({ status }) => status === 'complete').length
  const { delays } = tenant.definition
  paragraph([
    `${done} registered, ${results.length - done} refused. The import took ${delays.import} of device time; profiles follow after ${delays.groups} and ${delays.profiles} more.`,
  ])
}

function cellsOf({ line, serialNumber, status, error, code, profile }: RowResult): string[] {
  const assigned = profile === '' ? 'no profile will be assigned' : `will get "${profile}"`
  const answer = status === 'complete' ? assigned : `${error}${code === null ? '' : ` (${code})`}`
  return [`line ${line}`, serialNumber, status, answer]
}

function paragraph(lines: readonly string[]): void {
  if (lines.length === 0) return
  print('')
  for (const line of lines) print(line)
}
