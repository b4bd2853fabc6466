import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import type { JournalEntry, RunFact } from '../domain/journal.ts'
import { UserError } from '../domain/trouble.ts'
import { readJournal } from '../report/read-journal.ts'
import { workingFolder } from '../scenario/library.ts'
import { nearest } from '../scenario/nearest.ts'
import { printNote } from './print.ts'

const RESULTS = 'oobe-results'
const JOURNAL = 'journal.ndjson'

export interface OpenedRun {
  /** What messages call it: the name of its folder. */
  name: string
  entries: JournalEntry[]
  run: RunFact
}

/**
 * The journal of a finished run: by its folder, by its file, or by its name among the results.
 *
 * @throws UserError `ERR_NOT_FOUND`, `ERR_NOT_READABLE`; `ERR_JOURNAL` for a file that is no journal
 */
export function openRun(run: string): OpenedRun {
  const path = journalOf(run)
  const { entries, isTorn } = readJournal(textOf(path), path)
  if (isTorn) printNote(`${path} ends in the middle of a line: the run was killed. What stands before is shown.`)
  return { name: basename(dirname(path)), entries, run: entries[0] as JournalEntry & RunFact }
}

function journalOf(run: string): string {
  const here = workingFolder()
  for (const path of [run, join(RESULTS, run)]) {
    const absolute = resolve(here, path)
    if (!existsSync(absolute)) continue
    if (!statSync(absolute).isDirectory()) return path
    if (existsSync(join(absolute, JOURNAL))) return join(path, JOURNAL)
  }
  const known = runsBelow(resolve(here, RESULTS))
  const near = nearest(run, known)
  const there = known.length > 0 ? `There are: ${known.slice(0, 20).join(', ')}` : '"oobe run SCENARIO" makes one'
  throw new UserError('ERR_NOT_FOUND', `there is no run "${run}", here or in ${RESULTS}/`, [
    near ? `Did you mean "${near}"?` : there,
  ])
}

const runsBelow = (folder: string): string[] =>
  existsSync(folder) ? readdirSync(folder).filter((name) => existsSync(join(folder, name, JOURNAL))) : []

function textOf(path: string): string {
  try {
    return readFileSync(resolve(workingFolder(), path), 'utf8')
  } catch (cause) {
    throw new UserError('ERR_NOT_READABLE', `${path} cannot be read: ${(cause as Error).message}`)
  }
}
