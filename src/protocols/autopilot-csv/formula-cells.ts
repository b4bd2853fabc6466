import { type AutopilotCsvRow, type CsvShape, SHAPES } from './shapes.ts'

export interface FormulaCell {
  /** Of the file; the header is line 1. */
  line: number
  /** The header of its column. */
  column: string
  value: string
}

/** How a cell begins that a spreadsheet runs as a formula; with a tab or a line end in front, too. */
const RUNS_AS_FORMULA = /^[=+\-@\t\r]/

/** Cells that a spreadsheet would run when the file is opened in it. */
export const formulaCells = (rows: readonly Partial<AutopilotCsvRow>[], shape: CsvShape): FormulaCell[] =>
  rows.flatMap((row, index) =>
    SHAPES[shape].columns.flatMap(({ header, field }) => {
      const value = row[field] ?? ''
      return RUNS_AS_FORMULA.test(value) ? [{ line: index + 2, column: header, value }] : []
    }),
  )
