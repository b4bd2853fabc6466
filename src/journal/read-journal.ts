import { JOURNAL_FORMAT, JOURNAL_KINDS, type JournalEntry, type RunFact } from '../domain/journal.ts'
import { UserError } from '../domain/trouble.ts'

export interface ReadJournal {
  entries: JournalEntry[]
  run: RunFact
  /** As they are written. */
  lines: string[]
  /** The last line was not written to its end: the run was killed. */
  isTorn: boolean
}

/**
 * The entries of a journal file. A last line without its end is left out, and so are entries of kinds that this version does
 * not know.
 *
 * @throws UserError `ERR_JOURNAL` with file and line, for a line that is no entry; `ERR_JOURNAL_FORMAT` for another format
 */
export function readJournal(text: string, file: string): ReadJournal {
  const lines = text.split('\n')
  const last = lines.pop() ?? ''
  const [firstLine = ''] = lines
  const run = firstLine === '' ? undefined : entryOf(firstLine, `${file}:1`)
  if (run?.kind !== 'run') throw new UserError('ERR_JOURNAL', `${file}:1: a journal begins with a run`)
  if (run.format !== JOURNAL_FORMAT) refuseFormat(run.format as number | undefined, file)
  const rest = lines
    .slice(1)
    .flatMap((line, index) => (line.trim() === '' ? [] : [entryOf(line, `${file}:${index + 2}`)]))
  const entries = [run, ...rest.filter(({ kind }) => Object.hasOwn(JOURNAL_KINDS, kind))]
  return { entries, run, lines, isTorn: last !== '' }
}

function refuseFormat(format: number | undefined, file: string): never {
  const written = format === undefined ? 'a journal of an earlier version of oobe-sim' : `journal format ${format}`
  throw new UserError(
    'ERR_JOURNAL_FORMAT',
    `${file}:1: this is ${written}; this version reads format ${JOURNAL_FORMAT}`,
    ['Play the scenario again: "oobe run" writes a new journal'],
  )
}

function entryOf(line: string, place: string): JournalEntry {
  let value: unknown
  try {
    value = JSON.parse(line)
  } catch (error) {
    throw new UserError('ERR_JOURNAL', `${place}: not JSON: ${(error as Error).message.slice(0, 100)}`)
  }
  const { kind, at, seq } = (value ?? {}) as Partial<JournalEntry>
  if (typeof kind !== 'string' || typeof at !== 'number' || typeof seq !== 'number') {
    throw new UserError('ERR_JOURNAL', `${place}: no entry of a journal: it has at, seq and kind`)
  }
  return value as JournalEntry
}
