import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import type { RecordedSpec } from '../domain/journal.ts'
import { UserError } from '../domain/trouble.ts'
import { type ReadJournal, readJournal } from '../journal/read-journal.ts'
import { nearest } from '../scenario/nearest.ts'
import { resultsFolder } from '../scenario/project.ts'
import { workingFolder } from '../scenario/working-folder.ts'
import { printNote } from './print.ts'

const JOURNAL = 'journal.ndjson'

export interface OpenedRun extends ReadJournal {
  /** What messages call it: the name of its folder. */
  name: string
  /** Of its journal. */
  path: string
  spec: RecordedSpec
}

/**
 * The journal of a finished run: by its folder, by its file, or by its name among the results.
 *
 * @throws UserError `ERR_NOT_FOUND`, `ERR_NOT_READABLE`; `ERR_JOURNAL` for a file that is no journal
 */
export function openRun(run: string): OpenedRun {
  const path = journalOf(run)
  const journal = readJournal(textOf(path), path)
  return { ...journal, name: basename(dirname(path)), path, spec: journal.run.spec }
}

function journalOf(run: string): string {
  const here = workingFolder()
  const results = resultsFolder()
  for (const path of [run, join(results, run)]) {
    const absolute = resolve(here, path)
    if (!existsSync(absolute)) continue
    if (!statSync(absolute).isDirectory()) return path
    if (existsSync(join(absolute, JOURNAL))) return join(path, JOURNAL)
  }
  const known = runsBelow(resolve(here, results))
  const near = nearest(run, known)
  const there = known.length > 0 ? `There are: ${known.slice(0, 20).join(', ')}` : '"oobe run SCENARIO" makes one'
  throw new UserError('ERR_NOT_FOUND', `there is no run "${run}", here or in ${results}/`, [
    near ? `Did you mean "${near}"?` : there,
  ])
}

/** A run as far as its journal goes, to look at: a note says when it was killed. */
export function openToRead(run: string): OpenedRun {
  const opened = openRun(run)
  if (opened.isTorn) {
    printNote(`${opened.path} ends in the middle of a line: the run was killed. What was written before is shown.`)
  }
  return opened
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
