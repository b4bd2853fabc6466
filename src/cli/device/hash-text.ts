import { safeText } from '../../domain/safe-text.ts'
import type { FieldRow } from '../../protocols/hardware-hash/field-rows.ts'
import type { Finding } from '../../protocols/hardware-hash/finding.ts'
import type { HardwareReport } from '../../protocols/hardware-hash/report.ts'

const VALUE_MAX = 80

export const shortText = (text: string, max = VALUE_MAX): string => safeText(text, max)

/** A value of a hash; one whose blanks would not be seen is in quotation marks. */
export const valueText = (value: string, max = VALUE_MAX): string =>
  value === '' || value !== value.trim() ? `"${shortText(value, max)}"` : shortText(value, max)

/** Lines with aligned columns; the last one is as long as it is. */
export function table(rows: readonly (readonly string[])[]): string[] {
  const widths = rows[0]!.map((_, index) => Math.max(...rows.map((row) => row[index]!.length)))
  return rows.map((row) =>
    row
      .map((cell, index) => cell.padEnd(widths[index]!))
      .join('  ')
      .trimEnd(),
  )
}

export const fieldTable = (rows: readonly FieldRow[]): string[] =>
  table([
    ['record', 'field', 'value'],
    ...rows.map(({ record, name, value, meaning }) => [
      String(record).padStart(6),
      name,
      [valueText(value), meaning === undefined ? '' : `(${shortText(meaning)})`].filter(Boolean).join('  '),
    ]),
  ])

/** A hash of the largest size could have some thousand. */
const FINDINGS_MAX = 100

/** Each finding in a line, and why it matters below it; of very many the first. */
export const findingLines = (findings: readonly Finding[]): string[] => [
  ...findings.slice(0, FINDINGS_MAX).flatMap(linesOf),
  ...(findings.length > FINDINGS_MAX ? [`and ${findings.length - FINDINGS_MAX} more`] : []),
]

/** The same for JSON. */
export const findingsJson = (findings: readonly Finding[]): object => ({
  findings: findings.slice(0, FINDINGS_MAX),
  ...(findings.length > FINDINGS_MAX ? { moreFindings: findings.length - FINDINGS_MAX } : {}),
})

function linesOf({ severity, code, message, why, source }: Finding): string[] {
  const from = source === undefined ? '' : ` (${source})`
  const line = `${severity.padEnd(7)}  ${code}: ${shortText(message, 200)}`
  return why === undefined ? [line + from] : [line, `         ${shortText(why, 400)}${from}`]
}

export function countText(findings: readonly Finding[]): string {
  const count = (severity: Finding['severity'], word: string) => {
    const number = findings.filter((finding) => finding.severity === severity).length
    return `${number} ${word}${number === 1 ? '' : 's'}`
  }
  return [count('error', 'error'), count('warning', 'warning'), count('note', 'note')].join(', ')
}

/** JSON in one line of ASCII: bytes are hexadecimal, and no character can do anything to a terminal. */
export const jsonLine = (value: unknown): string =>
  JSON.stringify(value, (_, member) =>
    member instanceof Uint8Array ? Buffer.from(member).toString('hex') : member,
  ).replace(/[\u007f-\uffff]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`)

/** A report as JSON has it: its time as text, and nothing of its layout. */
export const reportJson = (report: HardwareReport): object => ({
  ...report,
  tool: report.tool && { ...report.tool, time: new Date(report.tool.time).toISOString() },
  layout: undefined,
})
