import { type CsvField, type CsvShape, SHAPES } from './shapes.ts'
import type { CsvError } from './trouble.ts'

/** What each column has, as far as the header says; undefined when no row can be read by it. */
export interface Header {
  fields: readonly (CsvField | undefined)[] | undefined
  /** Columns that there are. */
  count: number
  errors: CsvError[]
  warnings: CsvError[]
}

const plain = (name: string): string =>
  name
    .slice(0, 60)
    .toLowerCase()
    .replace(/[^a-z]/g, '')

/** Whether a line is a header again: the first names are enough. */
export const isHeader = (values: readonly string[], shape: CsvShape): boolean =>
  SHAPES[shape].columns.slice(0, 3).every(({ header }, index) => plain(values[index] ?? '') === plain(header))

/** The columns behind the third that a file for the portal has, in a partner's file. */
const TAGGED = SHAPES.intune.columns[3]!.header

/** Reads the first line. A name that is nearly right is an error that names the right one, and is understood. */
export function readHeader(line: string, given: CsvShape): Header {
  const names = line.replaceAll('"', '').split(',')
  // The portal's own file: a partner's upload has no use for its last columns.
  const isForPortal = given === 'partner' && names[3] === TAGGED
  const { columns, needed } = SHAPES[isForPortal ? 'intune' : given]
  const errors: CsvError[] = []
  const warnings: CsvError[] = isForPortal ? [TAG_COLUMN] : []
  const add = (column: number, code: string, text: string, hint?: string) =>
    errors.push({ line: 1, column, code, text, ...(hint === undefined ? {} : { hint }) })
  const rightLine = columns.map(({ header }) => header).join(',')

  const quote = line.indexOf('"')
  if (quote >= 0) add(quote + 1, 'ERR_CSV_QUOTE', 'the header has quotation marks', 'Remove them all')
  const separator = /[;\t]/.exec(line)
  if (names.length < needed && separator !== null) {
    const what = separator[0] === ';' ? 'semicolons' : 'tabs'
    add(separator.index + 1, 'ERR_CSV_HEADER', `columns are separated by ${what}, not by commas`, `It is ${rightLine}`)
    return { fields: undefined, count: names.length, errors, warnings }
  }

  let isUsable = true
  let column = 1
  // The first column too many is enough: a line of commas would have a million.
  const fields = names.slice(0, columns.length + 1).map((name, index): CsvField | undefined => {
    const at = column
    column += name.length + 1
    const expected = columns[index]
    if (name === expected?.header) return expected.field
    const near = columns.findIndex(({ header }) => plain(header) === plain(name))
    const given = `column ${index + 1} is ${JSON.stringify(name.slice(0, 60))}`
    if (near === index) {
      add(at, 'ERR_CSV_HEADER', `${given}, not ${JSON.stringify(expected!.header)}`, 'Names are case-sensitive')
      return expected!.field
    }
    if (expected === undefined) {
      add(at, 'ERR_CSV_COLUMN', `${given}, and there is no column ${index + 1}`, `The columns are ${rightLine}`)
      return undefined
    }
    isUsable = false
    const place = near < 0 ? `not ${JSON.stringify(expected.header)}` : `which belongs into column ${near + 1}`
    add(at, 'ERR_CSV_HEADER', `${given}, ${place}`, `The header is ${rightLine}`)
    return undefined
  })
  if (names.length < needed && isUsable) {
    const missing = columns.slice(names.length, needed).map(({ header }) => JSON.stringify(header))
    add(line.length + 1, 'ERR_CSV_HEADER', `the header ends before ${missing.join(', ')}`, `It is ${rightLine}`)
    isUsable = false
  }
  return { fields: isUsable ? fields : undefined, count: names.length, errors, warnings }
}

const TAG_COLUMN: CsvError = {
  line: 1,
  column: 1,
  code: 'CSV_TAG_COLUMN',
  text: `the columns "${TAGGED}" and "Assigned User" are for the portal: Partner Center does not use them`,
}
