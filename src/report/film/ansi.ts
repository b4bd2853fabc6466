import type { Row, Span } from '../../ui/rows/row.ts'

const ESC = '\u001b['

/** A row with its colours, as a terminal takes it. */
export const ansiRow = (row: Row): string => row.map(ansiSpan).join('')

function ansiSpan({ text, ...style }: Span): string {
  const codes = [
    ...(style.bold ? [1] : []),
    ...(style.dim ? [2] : []),
    ...(style.underline ? [4] : []),
    ...(style.inverse ? [7] : []),
    ...(style.color === undefined ? [] : [38, 2, ...rgb(style.color)]),
    ...(style.background === undefined ? [] : [48, 2, ...rgb(style.background)]),
  ]
  return codes.length === 0 ? text : `${ESC}${codes.join(';')}m${text}${ESC}0m`
}

const rgb = (color: string): number[] => [1, 3, 5].map((start) => Number.parseInt(color.slice(start, start + 2), 16))

/** Only the rows that changed. */
export function ansiChange(before: readonly Row[] | undefined, rows: readonly Row[]): string {
  const old = before?.map(ansiRow)
  const changed = rows.map(ansiRow).flatMap((row, index) => {
    if (old && row === old[index]) return []
    return [`${ESC}${index + 1};1H${ESC}2K${row}`]
  })
  return (old ? '' : `${ESC}?25l${ESC}2J`) + changed.join('')
}
