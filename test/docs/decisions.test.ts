import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'

const ROOT = resolve(import.meta.dirname, '../..')
const read = (file: string) => readFileSync(join(ROOT, file), 'utf8')
const quotedIn = (text: string) => [...text.matchAll(/`([^`\n]+)`/g)].map((match) => match[1]!)

const pages = readdirSync(join(ROOT, 'docs/decisions')).filter((name) => name !== 'README.md')
const index = read('docs/decisions/README.md')

test('the index has each decision once, with the question of its page', () => {
  const rows = [...index.matchAll(/^\| \[([^\]]+)\]\(([^)]+)\) \|/gm)].map(
    ([, question, page]) => `${page}: ${question}`,
  )
  const titles = pages.map((page) => `${page}: ${/^# (.+)$/m.exec(read(`docs/decisions/${page}`))?.[1]}`)
  expect(new Set(rows)).toEqual(new Set(titles))
  expect(rows).toHaveLength(pages.length)
  expect(pages.length).toBeGreaterThanOrEqual(16)
})

test.each(pages)('%s is short, and says what was decided, why, what it costs and where it is', (page) => {
  const text = read(`docs/decisions/${page}`)
  const lines = text.trimEnd().split('\n').length
  expect(lines).toBeGreaterThanOrEqual(15)
  expect(lines).toBeLessThanOrEqual(40)
  expect([...text.matchAll(/^## (.+)$/gm)].map((match) => match[1])).toEqual([
    'Decision',
    'Why',
    'What it costs',
    'In the code',
  ])
})

const table = /^## Where is it\?$(.*?)^## /ms.exec(read('CONTRIBUTING.md'))![1]!
const rows = [...table.matchAll(/^\| ([^|]+) \| ([^|]+) \|$/gm)]
  .map(([, question, where]) => ({ question: question!, where: where! }))
  .filter(({ question }) => question !== 'question' && !question.startsWith('---'))

function textBelow(path: string): string {
  if (!statSync(join(ROOT, path)).isDirectory()) return read(path)
  const files = readdirSync(join(ROOT, path), { withFileTypes: true, recursive: true }).filter((one) => one.isFile())
  return files.map((one) => readFileSync(join(one.parentPath, one.name), 'utf8')).join('\n')
}

test('the table has its questions', () => {
  expect(rows).toHaveLength(14)
})

test.each(rows)('$question: the files exist, and have the words to search for', ({ where }) => {
  const quoted = quotedIn(where)
  const paths = quoted.filter((words) => words.includes('/'))
  expect(paths.length).toBeGreaterThan(0)
  expect(paths.filter((path) => !existsSync(join(ROOT, path)))).toEqual([])
  const text = paths.map(textBelow).join('\n')
  // Keys of a table of codes are written out in it, and used as `CODE.key`.
  const words = quoted.filter((one) => !paths.includes(one)).map((one) => one.replace(/^CODE\./, ''))
  expect(words.filter((one) => !text.includes(one))).toEqual([])
})
