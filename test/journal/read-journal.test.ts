import { expect, test } from 'vitest'
import type { JournalEntry } from '../../src/domain/journal.ts'
import { readJournal } from '../../src/journal/read-journal.ts'

const RUN = '{"at":0,"seq":0,"kind":"run","format":2,"spec":{"seed":1}}'
const POWER = '{"at":1,"seq":1,"kind":"power","event":"on","boot":1}'

test('reads one entry a line', () => {
  const { entries, isTorn } = readJournal(`${RUN}\n${POWER}\n`, 'j')
  expect(entries.map(({ kind }: JournalEntry) => kind)).toEqual(['run', 'power'])
  expect(isTorn).toBe(false)
})

test('a last line without its end is left out, and told of', () => {
  expect(readJournal(`${RUN}\n${POWER.slice(0, 30)}`, 'j')).toMatchObject({ entries: [{ kind: 'run' }], isTorn: true })
})

test.each([
  ['what is no JSON', `${RUN}\n{"at":\n`, 'j:2: not JSON'],
  ['what is no entry', `${RUN}\n\n[1,2]\n`, 'j:3: no entry of a journal'],
  ['null', `${RUN}\nnull\n`, 'j:2: no entry of a journal'],
  ['what does not begin with a run', `${POWER}\n`, 'j:1: a journal begins with a run'],
  ['nothing', '', 'j:1: a journal begins with a run'],
])('%s is refused with its place', (_, text, message) => {
  expect(() => readJournal(text, 'j')).toThrow(expect.objectContaining({ code: 'ERR_JOURNAL' }))
  expect(() => readJournal(text, 'j')).toThrow(message)
})

test('a kind that this version does not know is left out, whatever it is called', () => {
  const odd = ['weather', 'toString'].map((kind, index) => `{"at":0,"seq":${index + 1},"kind":"${kind}"}`)
  const { entries, lines } = readJournal(`${[RUN, ...odd, POWER].join('\n')}\n`, 'j')
  expect(entries.map(({ kind }) => kind)).toEqual(['run', 'power'])
  expect(lines).toHaveLength(4)
})

test.each([
  ['none', RUN.replace('"format":2,', ''), 'a journal of an earlier version'],
  ['a later one', RUN.replace('"format":2', '"format":3'), 'journal format 3'],
])('another format is refused: %s', (_, first, message) => {
  expect(() => readJournal(`${first}\n`, 'j')).toThrow(expect.objectContaining({ code: 'ERR_JOURNAL_FORMAT' }))
  expect(() => readJournal(`${first}\n`, 'j')).toThrow(message)
})
