import { safeText } from '../domain/safe-text.ts'

/**
 * Rows as lines: each column as wide as its widest cell, two blanks between, none at the end of a line. A cell longer
 * than `widest` does not widen its column: what follows it on its own line moves.
 */
export function columns(rows: readonly (readonly string[])[], widest = Number.POSITIVE_INFINITY): string[] {
  const safe = rows.map((row) => row.map((cell) => safeText(cell)))
  const lengthOf = (cell: string | undefined) => [...(cell ?? '')].length
  const widths = (safe[0] ?? []).map((_, column) =>
    safe.reduce((width, row) => {
      const length = lengthOf(row[column])
      return length <= widest ? Math.max(width, length) : width
    }, 0),
  )
  return safe.map((row) =>
    row
      .map((cell, column) => cell + ' '.repeat(Math.max(0, widths[column]! - lengthOf(cell))))
      .join('  ')
      .trimEnd(),
  )
}
