import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'

interface Row {
  id: string
  section: string
  cells: string[]
  line: number
}
type Named = { id: string; file: string }[]

const root = resolve(import.meta.dirname, '../..')
const { referenceRows } = (await import(join(root, 'scripts/docs/reference-rows.mjs'))) as {
  referenceRows(folder: string): Row[]
}
const { namedRows, referencePage, rowFlaws } = (await import(join(root, 'scripts/docs/reference.mjs'))) as {
  namedRows(folder: string, rows?: Row[], left?: Map<string, string>): Named
  referencePage(rows: Row[], named: Named): string
  rowFlaws(rows: Row[], named: Named, left?: Map<string, string>): string[]
}

/** Written out, it would make this file one that proves rows. */
const IMPORT = "import { proveTable } from './prove".concat(".ts'")

const rows = referenceRows(root)
const named = namedRows(root)

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'oobe-rows-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

test('every row of the notes is proven or left', () => {
  expect(rows.length).toBeGreaterThan(380)
  expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length)
  expect(rowFlaws(rows, named)).toEqual([])
})

test('a row that is new, one that no test names any more, and one that is gone fail the build', () => {
  const row: Row = { id: '4.1/new-text', section: '4.1', cells: ['`New text`'], line: 1 }
  expect(rowFlaws([...rows, row], named)).toEqual([expect.stringMatching(/^no test proves the row 4\.1\/new-text/)])
  const without = named.filter(({ id }) => id !== '11/20')
  expect(rowFlaws(rows, without)).toEqual([expect.stringMatching(/^no test proves the row 11\/20 /)])
  const wrong = [...named, { id: '4.1/no-such-row', file: 'test/a.test.ts' }]
  expect(rowFlaws(rows, wrong)).toEqual(['test/a.test.ts names the row 4.1/no-such-row, which the notes do not have'])
})

test('a row that is called left, and is proven, and a left one that is not in the notes are flaws', () => {
  expect(rowFlaws(rows, named, new Map([['11/20', 'later']]))).toContain('the row 11/20 is called left, and is proven')
  expect(rowFlaws(rows, named, new Map([['11/99', 'later']]))).toContain(
    'the row 11/99 is left, and the notes do not have it',
  )
})

test('rows are read of tables alone, with the words of their first cell; a file without prove() names none', () => {
  mkdirSync(join(folder, 'docs/sources'), { recursive: true })
  mkdirSync(join(folder, 'test'))
  const table = ['| Text | Use |', '| --- | --- |', '| `Apps (Error)` | a | ', '| `Apps (Error)` | b |']
  const notes = ['## 4. Page', '', '### 4.1 Texts', '', ...table, '', '| no table |', '', 'text']
  writeFileSync(join(folder, 'docs/sources/oobe-autopilot-esp.md'), notes.join('\n'))
  const read = referenceRows(folder)
  expect(read.map(({ id }) => id)).toEqual(['4.1/apps-error', '4.1/apps-error-2'])
  writeFileSync(join(folder, 'test/a.test.ts'), `${IMPORT}\nproveTable('4.1', 'x', y)`)
  writeFileSync(join(folder, 'test/b.test.ts'), "const id = '4.1/apps-error'")
  expect(namedRows(folder, read, new Map([['4.1/apps-error-2', 'later']]))).toEqual([
    { id: '4.1/apps-error', file: 'test/a.test.ts' },
  ])
  expect(referencePage(read, [])).toMatch(/^2 rows: /m)
})
