import { encodeAnsi } from './ansi.ts'
import { type AutopilotCsvRow, type CsvShape, SHAPES } from './shapes.ts'

/**
 * A file for registering devices: ANSI, CRLF, no quotation marks. Columns behind the third are written when a row uses
 * one of them, or when the shape always has them.
 *
 * @throws RangeError for a value that such a file cannot hold: see {@link csvFieldTrouble}
 */
export function encodeAutopilotCsv(rows: readonly Partial<AutopilotCsvRow>[], shape: CsvShape = 'intune'): Uint8Array {
  const { columns, needed } = SHAPES[shape]
  const used = columns.findLastIndex(({ field }) => rows.some((row) => row[field])) + 1
  const written = columns.slice(0, Math.max(used, needed))
  const lines = rows.map((row) => written.map(({ field }) => checked(row[field] ?? '')).join(','))
  return encodeAnsi([written.map(({ header }) => header).join(','), ...lines, ''].join('\r\n'))
}

/** Why a value cannot stand in such a file, which has no quotation marks to protect it; undefined when it can. */
export function csvFieldTrouble(value: string): string | undefined {
  const bad = /[",\u0000-\u001f\u007f-\u009f]/.exec(value)?.[0]
  if (bad !== undefined) return `${JSON.stringify(value)} holds ${JSON.stringify(bad)}, which ends or breaks a field`
  try {
    encodeAnsi(value)
    return undefined
  } catch (error) {
    return (error as RangeError).message
  }
}

function checked(value: string): string {
  const trouble = csvFieldTrouble(value)
  if (trouble !== undefined) throw new RangeError(trouble)
  return value
}
