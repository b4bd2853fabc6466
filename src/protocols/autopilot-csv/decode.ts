import { decodeAnsi } from './ansi.ts'
import { checkRow, type FieldError } from './check-row.ts'
import { type Header, readHeader } from './header.ts'
import { type AutopilotCsvRow, CSV_BYTES_MAX, type CsvField, type CsvShape, SHAPES } from './shapes.ts'
import { type CsvError, CsvErrors } from './trouble.ts'

export interface DecodedCsv {
  /** Rows without an error, in their order. */
  rows: (AutopilotCsvRow & { line: number })[]
  /** In the order of the file; at most a hundred. */
  errors: CsvError[]
  /** Errors that there are besides. */
  more: number
}

/**
 * Reads a file for registering devices by the rules of the import (device-identity.md section 2.1). It never throws: all
 * that is wrong is in `errors`, with line, column and code. A file of more than 4 MiB is not looked at.
 *
 * Codes: `ERR_CSV_TOO_LARGE`, `ERR_CSV_ENCODING`, `ERR_CSV_EMPTY`, `ERR_CSV_HEADER`, `ERR_CSV_COLUMN` (no such column, or
 * a row with too many or too few), `ERR_CSV_QUOTE`, `ERR_CSV_CHARACTER`, `ERR_CSV_ROWS`, `ERR_CSV_SERIAL_MISSING`,
 * `ERR_CSV_HASH_MISSING`, `ERR_CSV_HASH_PADDING`, `ERR_CSV_ROW_INCOMPLETE`, `ERR_CSV_PRODUCT_ID`, `ERR_CSV_USER`,
 * `ERR_CSV_DUPLICATE_SERIAL`, `ERR_CSV_DUPLICATE_HASH`, and those of the hardware hash's decoder.
 */
export function decodeAutopilotCsv(bytes: Uint8Array, { shape }: { shape: CsvShape }): DecodedCsv {
  const errors = new CsvErrors()
  if (bytes.length > CSV_BYTES_MAX) {
    const text = `the file has more than ${CSV_BYTES_MAX} bytes`
    errors.add({ line: 1, column: 1, code: 'ERR_CSV_TOO_LARGE', text })
    return { rows: [], errors: errors.kept, more: 0 }
  }
  const { text, trouble } = decodeAnsi(bytes)
  if (trouble !== undefined) {
    errors.add({ ...placeOf(text, trouble.at), code: 'ERR_CSV_ENCODING', text: trouble.text, hint: trouble.hint })
  }
  const rows = new RowReader(shape, errors)
  for (const { line, content } of linesOf(text)) if (!rows.read(line, content)) break
  rows.end()
  // The encoding was looked at first, and its place may be far down.
  const inOrder = errors.kept.toSorted((one, other) => one.line - other.line)
  return { rows: rows.good, errors: inOrder, more: errors.more }
}

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
  readonly good: (AutopilotCsvRow & { line: number })[] = []
  readonly #shape: CsvShape
  readonly #errors: CsvErrors
  #header: Header | undefined
  #count = 0
  /** The first line of each value. */
  readonly #seen = { serials: new Map<string, number>(), hashes: new Map<string, number>() }

  constructor(shape: CsvShape, errors: CsvErrors) {
    this.#shape = shape
    this.#errors = errors
  }

  /** False when it is of no use to go on. */
  read(line: number, content: string): boolean {
    if (this.#header === undefined) {
      this.#header = readHeader(content, this.#shape)
      for (const error of this.#header.errors) this.#errors.add({ ...error, line })
      return this.#header.fields !== undefined
    }
    this.#count++
    const { rowsMax } = SHAPES[this.#shape]
    if (this.#count > rowsMax) {
      const text = `a file may have ${rowsMax} devices, and this is one more`
      this.#errors.add({ line, column: 1, code: 'ERR_CSV_ROWS', text, hint: 'Split it; the rest was not read' })
      return false
    }
    this.#readRow(line, content, this.#header)
    return true
  }

  end(): void {
    if (this.#header && (this.#count > 0 || this.#header.fields === undefined)) return
    const text = this.#header ? 'there is no device below the header' : 'the file is empty'
    this.#errors.add({ line: 1, column: 1, code: 'ERR_CSV_EMPTY', text })
  }

  #readRow(line: number, content: string, header: Header): void {
    const add = (column: number, error: Omit<CsvError, 'line' | 'column'>) =>
      this.#errors.add({ line, column, ...error })
    const values = content.split(',')
    const broken = brokenLine(content, values.length, header.count)
    if (broken !== undefined) {
      this.#errors.add({ line, ...broken })
      return
    }
    const row: AutopilotCsvRow & { line: number } = { line, ...EMPTY }
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
    const errors = [...checkRow(row, this.#shape), ...this.#duplicates(row)]
    for (const { field, offset = 0, ...error } of errors) add((columns.get(field) ?? 1) + offset, error)
    if (errors.length === 0) this.good.push(row)
  }

  #duplicates(row: AutopilotCsvRow & { line: number }): FieldError[] {
    return DUPLICATES.flatMap(({ field, seen: name, ...error }): FieldError[] => {
      const seen = this.#seen[name]
      const value = row[field]
      const otherLine = seen.get(value)
      if (value !== '' && otherLine === undefined) seen.set(value, row.line)
      return otherLine === undefined
        ? []
        : [{ ...error, field, otherLine, text: `${error.text} in line ${otherLine} too` }]
    })
  }
}

const EMPTY: AutopilotCsvRow = {
  serialNumber: '',
  productKeyId: '',
  hardwareHash: '',
  groupTag: '',
  assignedUser: '',
  manufacturer: '',
  model: '',
}

const DUPLICATES = [
  { field: 'serialNumber', seen: 'serials', code: 'ERR_CSV_DUPLICATE_SERIAL', text: 'the serial number is' },
  {
    field: 'hardwareHash',
    seen: 'hashes',
    code: 'ERR_CSV_DUPLICATE_HASH',
    text: 'the hardware hash is',
    hint: 'The import takes one of them, and answers ZtdDeviceDuplicated for the other',
  },
] as const

/** A line that cannot be taken apart. */
function brokenLine(content: string, count: number, wanted: number): Omit<CsvError, 'line'> | undefined {
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
  if (count === wanted) return undefined
  const text = `there are ${count} columns, and the header has ${wanted}`
  return { column: count > wanted ? nthComma(content, wanted) : content.length + 1, code: 'ERR_CSV_COLUMN', text }
}

function nthComma(content: string, count: number): number {
  let at = -1
  for (let index = 0; index < count; index++) at = content.indexOf(',', at + 1)
  return at + 1
}
