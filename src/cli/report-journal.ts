import { readFileSync, statSync } from 'node:fs'
import { resolve } from 'node:path'
import { UserError } from '../domain/trouble.ts'
import { readJournal } from '../journal/read-journal.ts'
import type { JournalReader } from '../report/html-reporter.ts'
import { workingFolder } from '../scenario/working-folder.ts'

/** A report holds every entry: one that is longer would not open. */
const BYTES_MAX = 32 * 1024 * 1024

/** The journal of a run for a report; or a sentence that says why it is left out. */
export const reportJournal: JournalReader = ({ journal }) => {
  if (journal === undefined) return 'It has no journal.'
  const path = resolve(workingFolder(), journal)
  try {
    const { size } = statSync(path)
    if (size > BYTES_MAX) return `Its journal is left out: it has ${Math.round(size / 2 ** 20)} MB. ${journal}`
    return readJournal(readFileSync(path, 'utf8'), journal).entries
  } catch (error) {
    return `Its journal cannot be read: ${error instanceof UserError ? error.message : (error as Error).message}`
  }
}
