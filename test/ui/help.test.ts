import { expect, test } from 'vitest'
import { LANGUAGE_IDS } from '../../src/domain/languages.ts'
import { frameWords } from '../../src/texts/frame-words.ts'
import { helpRows } from '../../src/ui/rows/help.ts'
import { widthOf } from '../../src/ui/text-width.ts'

test.each(LANGUAGE_IDS)('the list of keys fits the card of the smallest terminal: %s', (language) => {
  const widths = helpRows(frameWords(language)).map((row) => row.reduce((sum, { text }) => sum + widthOf(text), 0))
  // 80 columns, less the frame and its margins.
  expect(Math.max(...widths)).toBeLessThanOrEqual(72)
  // 24 rows, less three around the card and its frame.
  expect(helpRows(frameWords(language)).length).toBeLessThanOrEqual(19)
})
