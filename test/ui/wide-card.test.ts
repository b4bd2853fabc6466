import { expect, test } from 'vitest'
import type { Screen } from '../../src/domain/screen.ts'
import { frameRows } from '../../src/ui/frame.ts'
import { textOfRow } from '../../src/ui/frame-text.ts'
import { initialModel, type UiModel } from '../../src/ui/model.ts'
import { rowWidth } from '../../src/ui/rows/row.ts'
import * as samples from './samples.ts'

const WIDE = { columns: 160, rows: 50 }
const drawn = (screen: Screen, size = WIDE, change: Partial<UiModel> = {}) => {
  const snapshot = { ...samples.SNAPSHOT, screen }
  return frameRows({ snapshot, model: { ...initialModel(snapshot, size), ...change }, tick: 0 })
}
const linesOf = (...of: Parameters<typeof drawn>): string[] => drawn(...of).map(textOfRow)
const columnOf = (lines: readonly string[], text: string): number =>
  Math.max(...lines.map((line) => line.indexOf(text)))

test('what the page says is at the left, what can be done at the right', () => {
  const lines = linesOf(samples.WIFI)
  expect(columnOf(lines, 'Let’s connect you')).toBeLessThan(40)
  expect(columnOf(lines, 'Contoso-Guest')).toBeGreaterThan(65)
  expect(columnOf(lines, '[ Next ]')).toBeGreaterThan(columnOf(lines, 'Contoso-Guest'))
  // The same page in one column.
  expect(columnOf(linesOf(samples.WIFI, { columns: 119, rows: 50 }), 'Contoso-Guest')).toBeLessThan(40)
})

test('a page with nothing for the right column has one', () => {
  const lines = linesOf({ ...samples.WIFI, controls: [{ kind: 'button', id: 'next', label: 'Next', event: 'e' }] })
  expect(Math.max(...lines.filter((line) => /[╭╰]/.test(line)).map((line) => line.trim().length))).toBe(76)
})

test('details beside it leave room for one column', () => {
  const lines = linesOf(samples.WIFI, WIDE, { isPanelOpen: true })
  expect(columnOf(lines, 'Contoso-Guest')).toBeLessThan(40)
})

test('in Arabic the columns change sides', () => {
  const lines = linesOf({ ...samples.WIFI, language: 'ar' })
  expect(columnOf(lines, 'Contoso-Guest')).toBeLessThan(columnOf(lines, 'Let’s connect you'))
})

test.each([{ columns: 120, rows: 24 }, { columns: 120, rows: 32 }, WIDE])('all pages fit: %o', (size) => {
  const pages = Object.values(samples).filter((one): one is Screen => 'controls' in one)
  expect(pages.length).toBeGreaterThan(5)
  for (const screen of pages) {
    const rows = drawn(screen, size)
    expect(rows.length).toBe(size.rows)
    expect(rows.filter((row) => rowWidth(row) > size.columns)).toEqual([])
    const text = rows.map(textOfRow).join('\n')
    for (const control of screen.controls) if (control.label !== '') expect(text).toContain(control.label)
  }
})
