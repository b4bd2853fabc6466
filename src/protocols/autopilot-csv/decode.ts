import { isTelling } from '../../domain/placeholders.ts'
import { decodeAnsi } from './ansi.ts'
import { checkRow, type FieldError, warnOfRow } from './check-row.ts'
import { type Header, isHeader, readHeader } from './header.ts'
import { type AutopilotCsvRow, CSV_BYTES_MAX, type CsvField, type CsvShape, SHAPES } from './shapes.ts'
import type { CsvError } from './trouble.ts'

/** A line below the header. */
export interface CsvRow extends AutopilotCsvRow {
  line: number
  /** Why it is refused; empty for a row that the import takes. */
  errors: CsvError[]
  /** What is odd about it, and refused by none. */
  warnings: CsvError[]
}

export interface DecodedCsv {
  /** In the order of the file, those with an error too. */
  rows: CsvRow[]
  /** Of the file: nothing of it can be imported. */
  errors: CsvError[]
  /** Of the file: what Microsoft's page asks for otherwise. */
  warnings: CsvError[]
}

/**
 * Reads a file for registering devices by the rules of the import (device-identity.md section 2.1). It never throws: all
 * that is wrong is named with line, column and code. A file of more than 4 MiB is not looked at.
 *
 * Codes of a file: `ERR_CSV_TOO_LARGE`, `ERR_CSV_EMPTY`, `ERR_CSV_HEADER`, `ERR_CSV_COLUMN` (no such column), `ERR_CSV_QUOTE`,
 * `ERR_CSV_ROWS`. Codes of a row: `ERR_CSV_COLUMN` (too many or too few), `ERR_CSV_QUOTE`, `ERR_CSV_CHARACTER`,
 * `ERR_CSV_SECOND_HEADER`, `ERR_CSV_SERIAL_MISSING`, `ERR_CSV_HASH_MISSING`, `ERR_CSV_HASH_PADDING`, `ERR_CSV_ROW_INCOMPLETE`,
 * `ERR_CSV_PRODUCT_ID`, `ERR_CSV_USER`, and those of the hardware hash's decoder. Warnings: `CSV_ENCODING` (Microsoft's page
 * asks for ANSI [D]; no report says that another encoding is refused, and scripts of Windows PowerShell 5.1 write UTF-16),
 * `CSV_END_MARK`, `CSV_DUPLICATE_SERIAL`, `CSV_PLACEHOLDER`, `CSV_OTHER_THAN_HASH`, `CSV_PRODUCT_ID`, `CSV_TAG_BLANK`,
 * `CSV_TAG_COLUMN`.
 */
export function decodeAutopilotCsv(bytes: Uint8Array, { shape }: { shape: CsvShape }): DecodedCsv {
  if (bytes.length > CSV_BYTES_MAX) {
    const text = `the file has more than ${CSV_BYTES_MAX} bytes`
    return { rows: [], errors: [{ line: 1, column: 1, code: 'ERR_CSV_TOO_LARGE', text }], warnings: [] }
  }
  const { text, trouble } = decodeAnsi(bytes)
  const warnings: CsvError[] = []
  if (trouble !== undefined) {
    warnings.push({ ...placeOf(text, trouble.at), code: 'CSV_ENCODING', text: trouble.text, hint: trouble.hint })
  }
  const content = text.replace(END_MARK, '')
  if (content.length < text.length) {
    const place = placeOf(text, text.lastIndexOf('\u001a'))
    warnings.push({ ...place, code: 'CSV_END_MARK', text: 'the file ends with the mark that "copy" writes, 0x1a' })
  }
  const reader = new RowReader(shape)
  for (const { line, content: row } of linesOf(content)) if (!reader.read(line, row)) break
  reader.end()
  return { rows: reader.rows, errors: reader.errors, warnings: [...warnings, ...reader.warnings] }
}

/** Joining files with `copy *.csv` leaves one. */
const END_MARK = /\u001a[\r\n]{0,2}$/

/** Lines from 1, without their ends; blank ones are left out. */
function* linesOf(text: string): Generator<{ line: number; content: string }> {
  const ends = /\r\n|\n|\r|$/g
  for (let line = 1, at = 0; at < text.length; line++) {
    ends.lastIndex = at
    const { index, 0: end } = ends.exec(text)!
    if (index > at) yield { line, content: text.slice(at, index) }
    at = index + Math.max(end.length, 1)
  }
}

function placeOf(text: string, at: number): { line: number; column: number } {
  const before = text.slice(0, at)
  const lineStart = Math.max(before.lastIndexOf('\n'), before.lastIndexOf('\r')) + 1
  return { line: (before.match(/\r\n|\n|\r/g)?.length ?? 0) + 1, column: at - lineStart + 1 }
}

class RowReader {
  readonly rows: CsvRow[] = []
  readonly errors: CsvError[] = []
  readonly warnings: CsvError[] = []
  readonly #shape: CsvShape
  #header: Header | undefined
  #refused = 0
  /** The first row with each serial number. */
  readonly #seen = new Map<string, CsvRow>()

  constructor(shape: CsvShape) {
    this.#shape = shape
  }

  /** False when it is of no use to go on. */
  read(line: number, content: string): boolean {
    if (this.#header === undefined) {
      this.#header = readHeader(content, this.#shape)
      this.errors.push(...this.#header.errors.map((error) => ({ ...error, line })))
      this.warnings.push(...this.#header.warnings.map((warning) => ({ ...warning, line })))
      return this.#header.fields !== undefined
    }
    const { rowsMax } = SHAPES[this.#shape]
    if (this.rows.length === rowsMax) {
      const text = `a file may have ${rowsMax} devices, and this is one more`
      this.errors.push({ line, column: 1, code: 'ERR_CSV_ROWS', text, hint: 'Split it; the rest was not read' })
      return false
    }
    this.#readRow(line, content, this.#header)
    if (this.rows.at(-1)!.errors.length > 0) this.#refused++
    if (this.#refused <= REFUSED_MAX) return true
    const text = `more than ${REFUSED_MAX} rows are refused: the rest was not read`
    this.errors.push({ line, column: 1, code: 'ERR_CSV_ROWS', text })
    return false
  }

  end(): void {
    if (this.#header && (this.rows.length > 0 || this.#header.fields === undefined)) return
    const text = this.#header ? 'there is no device below the header' : 'the file is empty'
    this.errors.push({ line: 1, column: 1, code: 'ERR_CSV_EMPTY', text })
  }

  #readRow(line: number, content: string, header: Header): void {
    const row: CsvRow = { line, ...EMPTY, errors: [], warnings: [] }
    this.rows.push(row)
    const values = content.split(',')
    const broken = brokenLine(content, values, header.count, this.#shape)
    if (broken !== undefined) {
      row.serialNumber = values[0]!.replaceAll('"', '').slice(0, SERIAL_SHOWN)
      row.errors.push({ line, refusedBy: 'portal', ...broken })
      return
    }
    const columns = new Map<CsvField, number>()
    let column = 1
    for (const [index, value] of values.entries()) {
      const field = header.fields?.[index]
      if (field !== undefined) {
        row[field] = value
        columns.set(field, column)
      }
      column += value.length + 1
    }
    const placed = ({ field, offset = 0, ...error }: FieldError): CsvError => ({
      line,
      column: (columns.get(field) ?? 1) + offset,
      ...error,
    })
    row.errors.push(...checkRow(row, this.#shape).map((error) => ({ refusedBy: 'portal' as const, ...placed(error) })))
    row.warnings.push(...[...warnOfRow(row, this.#shape), ...this.#sharedSerial(row)].map(placed))
  }

  /** The same device twice is the import's to tell; another device with the same number is taken. */
  #sharedSerial(row: CsvRow): FieldError[] {
    const { serialNumber, hardwareHash } = row
    if (serialNumber === '') return []
    const first = this.#seen.get(serialNumber)
    if (first === undefined) this.#seen.set(serialNumber, row)
    if (!isTelling(serialNumber)) {
      const text = `the serial number ${JSON.stringify(serialNumber.slice(0, SERIAL_SHOWN))} is a placeholder: it identifies no device`
      return [{ field: 'serialNumber', code: 'CSV_PLACEHOLDER', text }]
    }
    if (first === undefined || first.hardwareHash === hardwareHash) return []
    const text = `the serial number is in line ${first.line} too, with another hardware hash`
    return [{ field: 'serialNumber', code: 'CSV_DUPLICATE_SERIAL', text, otherLine: first.line }]
  }
}

/** Of a partner's file, which has no limit of rows: what has more is no such file. */
const REFUSED_MAX = 1000

const SERIAL_SHOWN = 60

const EMPTY: AutopilotCsvRow = {
  serialNumber: '',
  productKeyId: '',
  hardwareHash: '',
  groupTag: '',
  assignedUser: '',
  manufacturer: '',
  model: '',
}

/** A line that cannot be taken apart. */
function brokenLine(
  content: string,
  values: readonly string[],
  wanted: number,
  shape: CsvShape,
): Omit<CsvError, 'line'> | undefined {
  if (isHeader(values, shape)) {
    const text = 'a second header: this was two files'
    return { column: 1, code: 'ERR_CSV_SECOND_HEADER', text, hint: 'Remove the line; the rows below it are read' }
  }
  const quote = content.indexOf('"')
  if (quote >= 0) {
    const text = 'quotation marks are not allowed'
    return { column: quote + 1, code: 'ERR_CSV_QUOTE', text, hint: 'Edit the file in Notepad, not in Excel' }
  }
  const control = /[\u0000-\u001f\u007f-\u009f]/.exec(content)
  if (control !== null) {
    const code = control[0].charCodeAt(0).toString(16).padStart(2, '0')
    return { column: control.index + 1, code: 'ERR_CSV_CHARACTER', text: `there is a control character, 0x${code}` }
  }
  const count = values.length
  if (count === wanted) return undefined
  const text = `there are ${count} columns, and the header has ${wanted}`
  return { column: count > wanted ? nthComma(content, wanted) : content.length + 1, code: 'ERR_CSV_COLUMN', text }
}

function nthComma(content: string, count: number): number {
  let at = -1
  for (let index = 0; index < count; index++) at = content.indexOf(',', at + 1)
  return at + 1
}
