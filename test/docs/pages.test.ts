import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
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
