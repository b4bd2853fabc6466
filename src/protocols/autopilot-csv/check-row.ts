import { DecodeError } from '../../domain/trouble.ts'
import { decodeHardwareHash } from '../hardware-hash/decode.ts'
import type { HardwareReport } from '../hardware-hash/report.ts'
import type { AutopilotCsvRow, CsvField, CsvShape } from './shapes.ts'
import type { RefusedBy } from './trouble.ts'

/** An error of a row before it has its place: the field it is in, and how far into it. */
export interface FieldError {
  field: CsvField
  offset?: number
  code: string
  text: string
  hint?: string
  otherLine?: number
  /** The portal, when left out. */
  refusedBy?: RefusedBy
}

/** Section 2.2: the body of the answer, while the portal's button seems to do nothing. */
const EDM_BINARY = 'The import answers HTTP 400: cannot convert the literal to Edm.Binary'

/** What is wrong with the values of one row. */
export function checkRow(row: AutopilotCsvRow, shape: CsvShape): FieldError[] {
  return [
    ...(shape === 'intune' ? wantedByIntune(row) : wantedByPartner(row)),
    ...(row.hardwareHash === '' ? [] : checkHash(row.hardwareHash)),
    ...(shape === 'partner' ? checkProductKey(row.productKeyId) : []),
    ...checkUser(row.assignedUser),
  ]
}

function wantedByIntune(row: AutopilotCsvRow): FieldError[] {
  const errors: FieldError[] = []
  if (row.serialNumber.trim() === '') {
    errors.push({ field: 'serialNumber', code: 'ERR_CSV_SERIAL_MISSING', text: 'the serial number is missing' })
  }
  if (row.hardwareHash === '') {
    const hint = 'A product ID or a tuple without a hash is for partners'
    errors.push({ field: 'hardwareHash', code: 'ERR_CSV_HASH_MISSING', text: 'the hardware hash is missing', hint })
  }
  return errors
}

/** A hash, a product key id, or the tuple (section 2.1 [O]). */
function wantedByPartner(row: AutopilotCsvRow): FieldError[] {
  if (row.hardwareHash !== '' || row.productKeyId !== '') return []
  const tuple = { 'serial number': row.serialNumber, manufacturer: row.manufacturer, model: row.model }
  const missing = Object.entries(tuple).flatMap(([name, value]) => (value.trim() === '' ? [name] : []))
  if (missing.length === 0) return []
  const text = `no hash, no product ID, and the tuple lacks ${missing.join(', ')}`
  return [{ field: 'serialNumber', code: 'ERR_CSV_ROW_INCOMPLETE', text }]
}

function checkHash(hash: string): FieldError[] {
  const error = (refusedBy: RefusedBy, code: string, text: string, offset: number, hint: string): FieldError[] => [
    { field: 'hardwareHash', offset, code, text, hint, refusedBy },
  ]
  const [whole] = /^[A-Za-z0-9+/]*={0,2}/.exec(hash) as unknown as [string]
  if (whole.length < hash.length) {
    const text = `character ${whole.length} of the hash is not base64`
    return error('request', 'ERR_HASH_BASE64', text, whole.length, EDM_BINARY)
  }
  if (hash.length % 4 !== 0) {
    const text = `the hash has ${hash.length} characters, which is no multiple of four: its padding is missing`
    return error('request', 'ERR_CSV_HASH_PADDING', text, hash.length, EDM_BINARY)
  }
  try {
    decodeHardwareHash(hash)
    return []
  } catch (trouble) {
    if (!(trouble instanceof DecodeError)) throw trouble
    return error('import', trouble.code, trouble.message, 0, 'The import answers 802 InvalidZtdHardwareHash')
  }
}

/** What an administrator's file says and the service does not use, or what nothing speaks for. */
export function warnOfRow(row: AutopilotCsvRow, shape: CsvShape): FieldError[] {
  const report = reportOf(row.hardwareHash)
  return [
    ...(shape === 'intune' ? checkProductKey(row.productKeyId).map(asWarning) : []),
    ...(report === undefined ? [] : warnOfHash(row, report)),
    ...(row.groupTag === row.groupTag.trim() ? [] : [BLANK_TAG]),
  ]
}

const asWarning = (error: FieldError): FieldError => ({ ...error, code: error.code.replace(/^ERR_/, '') })

const BLANK_TAG: FieldError = {
  field: 'groupTag',
  code: 'CSV_TAG_BLANK',
  text: 'the group tag begins or ends with a blank, which the rule of a group has to have too',
}

/** The hash says what the service registers; the other columns are for people (section 2.1 [D], [I]). */
function warnOfHash(row: AutopilotCsvRow, report: HardwareReport): FieldError[] {
  const fields: [CsvField, string, string | undefined][] = [
    ['serialNumber', 'serial number', report.serialNumber],
    ['productKeyId', 'product ID', report.productKeyId],
    ['manufacturer', 'manufacturer', report.manufacturer],
    ['model', 'model', report.productName],
  ]
  return fields.flatMap(([field, what, inHash]): FieldError[] => {
    const given = row[field]
    if (given === '' || inHash === undefined || given.trim() === inHash.trim()) return []
    const text = `the ${what} is ${quoted(given)}, and the hardware hash says ${quoted(inHash)}: the service uses the hash`
    return [{ field, code: 'CSV_OTHER_THAN_HASH', text }]
  })
}

const quoted = (text: string): string => JSON.stringify(text.slice(0, 60))

function reportOf(hash: string): HardwareReport | undefined {
  if (hash === '' || hash.length % 4 !== 0) return undefined
  try {
    return decodeHardwareHash(hash)
  } catch (trouble) {
    if (trouble instanceof DecodeError) return undefined
    throw trouble
  }
}

function checkProductKey(productKeyId: string): FieldError[] {
  if (productKeyId === '' || /^\d{13}$/.test(productKeyId)) return []
  const text = `the product ID ${JSON.stringify(productKeyId.slice(0, 60))} is not 13 digits`
  return [{ field: 'productKeyId', code: 'ERR_CSV_PRODUCT_ID', text }]
}

/** The import looks at the domain part alone (section 2.1 [D]). */
function checkUser(user: string): FieldError[] {
  if (user === '' || /^[^@\s]+@[^@\s.]+(\.[^@\s.]+)+$/.test(user)) return []
  const text = `the user ${JSON.stringify(user.slice(0, 60))} has no name and domain`
  return [{ field: 'assignedUser', code: 'ERR_CSV_USER', text, hint: 'Write it as name@school.example' }]
}
