import { expect, test } from 'vitest'
import { helpRows } from '../../src/ui/rows/help.ts'
import { widthOf } from '../../src/ui/text-width.ts'

test('the list of keys fits the card of the smallest terminal', () => {
  const widths = helpRows().map((row) => row.reduce((sum, { text }) => sum + widthOf(text), 0))
  // 80 columns, less the frame and its margins.
  expect(Math.max(...widths)).toBeLessThanOrEqual(72)
  // 24 rows, less three around the card and its frame.
  expect(helpRows().length).toBeLessThanOrEqual(19)
})
