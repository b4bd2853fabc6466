import { truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { reportJournal } from '../../src/cli/report-journal.ts'
import { played } from '../report/finished-scene.ts'
import { temporaryFolder } from './files.ts'

test.each<[string, (path: string) => void, RegExp]>([
  [
    'is very long',
    (path) => {
      writeFileSync(path, '')
      truncateSync(path, 100 * 2 ** 20)
    },
    /^Its journal is left out: it has 100 MB\. /,
  ],
  ['is no journal', (path) => writeFileSync(path, 'letter\n'), /^Its journal cannot be read: .*:1: not JSON/],
  ['has gone', () => {}, /^Its journal cannot be read: ENOENT/],
])('a journal that %s is named, and the rest of the report is made', (_, make, note) => {
  const journal = join(temporaryFolder(), 'journal.ndjson')
  make(journal)
  expect(reportJournal(played('one', { journal }))).toMatch(note)
})

test('a scenario that broke before it began has none', () => {
  const { journal: _, ...finished } = played('one')
  expect(reportJournal(finished)).toBe('It has no journal.')
})
