import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { LEFT } from './reference-left.mjs'
import { referenceRows } from './reference-rows.mjs'

/** A test that proves rows imports this. */
const PROVES = /\/prove\.ts'/
const ID = /(['"`])(\d+(?:\.\d+)?\/[a-z0-9-]+)\1/g
const TABLE = /\bproveTable\(\s*'([\d.]+)'/g

/** @returns {{ id: string, file: string }[]} which test names which row: one by one, or a whole table but for the rows that are left */
export function namedRows(root, rows = referenceRows(root), left = LEFT) {
  const files = readdirSync(join(root, 'test'), { recursive: true })
    .map((name) => `test/${String(name).replaceAll('\\', '/')}`)
    .filter((name) => name.endsWith('.test.ts'))
    .sort()
  return files.flatMap((file) => {
    const text = readFileSync(join(root, file), 'utf8')
    if (!PROVES.test(text)) return []
    const named = [...text.matchAll(ID)].map(([, , id]) => id)
    const whole = [...text.matchAll(TABLE)].map(([, section]) => section)
    const ids = rows.filter((row) => whole.includes(row.section) && !left.has(row.id)).map(({ id }) => id)
    return [...new Set([...named, ...ids])].map((id) => ({ id, file }))
  })
}

/** What is wrong: each is a sentence, and one is enough to fail the build. */
export function rowFlaws(rows, named, left = LEFT) {
  const known = new Set(rows.map(({ id }) => id))
  const proven = new Set(named.map(({ id }) => id))
  return [
    ...named
      .filter(({ id }) => !known.has(id))
      .map(({ id, file }) => `${file} names the row ${id}, which the notes do not have`),
    ...[...left.keys()]
      .filter((id) => !known.has(id))
      .map((id) => `the row ${id} is left, and the notes do not have it`),
    ...rows
      .filter(({ id }) => !proven.has(id) && !left.has(id))
      .map(
        ({ id, line }) =>
          `no test proves the row ${id} of the notes (line ${line}): prove() it, or say in scripts/docs/reference-left.mjs why it is left`,
      ),
    ...[...left.keys()].filter((id) => proven.has(id)).map((id) => `the row ${id} is called left, and is proven`),
  ]
}

const tagsOf = ({ cells }) =>
  [...new Set([...cells.join(' ').matchAll(/\[([A-Z])[\],]/g)].map(([, tag]) => tag))].join(', ')

/** docs/reference.md */
export function referencePage(rows, named) {
  const filesOf = (id) => named.filter((one) => one.id === id).map(({ file }) => file)
  const sections = [...new Set(rows.map(({ section }) => section))]
  const whyLeft = ({ id }) => LEFT.get(id)
  const left = rows.filter(whyLeft)
  return `${[
    '<!-- Written by "npm run docs" from docs/sources/oobe-autopilot-esp.md and the tests. Do not edit. -->',
    '',
    '# Rows of the notes, and the tests that prove them',
    '',
    'Each row of a table in `docs/sources/oobe-autopilot-esp.md` is a fact of Windows: a text, a code, an event, an order, a delay, a default. A',
    'test names it by its section and its first words, or it is left with a reason. A row that is neither fails the build. The letters are',
    'those of the row; a row without one has them in its text.',
    '',
    `${rows.length} rows: ${rows.length - left.length} proven, ${left.length} left.`,
    ...sections.flatMap((section) => [
      '',
      `## ${section}`,
      '',
      '| row | how sure | proven by, or why not |',
      '| --- | --- | --- |',
      ...rows
        .filter((row) => row.section === section)
        .map((row) => {
          const files = filesOf(row.id)
          const by = whyLeft(row) ? `left: ${whyLeft(row)}` : files.map((file) => `[${file}](../${file})`).join(' ')
          return `| \`${row.id.replace(/^[^/]*\//, '')}\` | ${tagsOf(row)} | ${by} |`
        }),
    ]),
  ].join('\n')}\n`
}
