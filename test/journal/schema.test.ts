import { readFileSync } from 'node:fs'
import * as v from 'valibot'
import { expect, test } from 'vitest'
import { JOURNAL_KINDS, type JournalEntry } from '../../src/domain/journal.ts'
import { flawOf, journalSchema } from '../../src/journal/schema.ts'

const log: JournalEntry = { at: 1, seq: 2, kind: 'log', channel: 'A/B', id: 1, level: 'information', text: 'x' }

test('an entry is as its schema says: no member is missing, none is another, and none is more', () => {
  expect(flawOf(log)).toBeUndefined()
  expect([v.is(journalSchema, log), v.is(journalSchema, { ...log, kind: 'weather' })]).toEqual([true, false])
  expect(flawOf({ ...log, data: { name: 'x' } })).toBeUndefined()
  expect(flawOf({ ...log, level: 'loud' } as never)).toContain('level')
  expect(flawOf({ ...log, colour: 'red' } as never)).toContain('colour')
  const { text: _, ...short } = log
  expect(flawOf(short as never)).toContain('text')
})

test('a page that was shown and one that was skipped are both entries of the kind screen', () => {
  const place = { at: 0, seq: 0, kind: 'screen' } as const
  expect(flawOf({ ...place, skipped: 'region', why: [{ fact: 'x', effect: 'y' }] })).toBeUndefined()
  const screen = { page: 'region', title: 'x', body: [], controls: [], why: [] } as const
  expect(flawOf({ ...place, screen: { ...screen, body: [], controls: [], why: [] }, isWaiting: true })).toBeUndefined()
  expect(flawOf({ ...place, screen: { ...screen, page: 'nowhere' } } as never)).toContain('page')
})

test('the page about the journal and its JSON Schema have every kind', () => {
  const root = new URL('../../', import.meta.url)
  const page = readFileSync(new URL('docs/journal.md', root), 'utf8')
  const { anyOf } = JSON.parse(readFileSync(new URL('docs/journal.schema.json', root), 'utf8'))
  const described = (anyOf as { properties: { kind: { const: string } } }[]).map(
    ({ properties }) => properties.kind.const,
  )
  expect([...new Set(described)].sort()).toEqual(Object.keys(JOURNAL_KINDS).sort())
  for (const kind of Object.keys(JOURNAL_KINDS)) expect(page).toContain(`\n## \`${kind}\`\n`)
})
