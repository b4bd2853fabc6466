import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { allCharts } from '../../src/charts/charts.ts'
import { mermaidOf } from '../../src/charts/mermaid.ts'
import { PAGE_IDS } from '../../src/domain/pages.ts'

const root = new URL('../../', import.meta.url)

test('the generated pages are what the code and the tests say', () => {
  const output = execFileSync(process.execPath, ['scripts/docs.mjs', '--check'], { cwd: root, encoding: 'utf8' })
  expect(output).toBe('')
})

test('it has every page, and the ledger says how sure each state is', () => {
  const text = readFileSync(new URL('docs/pages.md', root), 'utf8')
  for (const id of PAGE_IDS) expect(text).toContain(`| \`${id}\` |`)
  expect(text).toContain('| `choosing` | `network`, waits | 1.4 [D] |')
})

test('every statechart is drawn below its name', () => {
  const [, ...chapters] = readFileSync(new URL('docs/machines.md', root), 'utf8').split(/^## /m)
  const drawn = chapters.map((chapter) => [chapter.split('\n')[0], /^```mermaid\n(.*?)\n```$/ms.exec(chapter)?.[1]])
  expect(drawn).toEqual(allCharts().map((chart) => [chart.id, mermaidOf(chart)]))
})
