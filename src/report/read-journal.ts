import type { JournalEntry } from '../domain/journal.ts'
import { UserError } from '../domain/trouble.ts'

const KINDS = new Set<string>([
  ...['run', 'power', 'transition', 'screen', 'input', 'request', 'response', 'csp', 'tpm', 'fault', 'log', 'verdict'],
])

export interface ReadJournal {
  entries: JournalEntry[]
  /** The last line was not written to its end: the run was killed. */
  isTorn: boolean
}

/**
 * The entries of a journal file. A last line without its end is left out.
 *
 * @throws UserError `ERR_JOURNAL` with file and line, for a line that is no entry
 */
export function readJournal(text: string, file: string): ReadJournal {
  const lines = text.split('\n')
  const last = lines.pop() ?? ''
  const entries = lines.flatMap((line, index) => (line.trim() === '' ? [] : [entryOf(line, `${file}:${index + 1}`)]))
  if (entries[0]?.kind !== 'run') throw new UserError('ERR_JOURNAL', `${file}:1: a journal begins with a run`)
  return { entries, isTorn: last !== '' }
}

function entryOf(line: string, place: string): JournalEntry {
  let value: unknown
  try {
    value = JSON.parse(line)
  } catch (error) {
    throw new UserError('ERR_JOURNAL', `${place}: not JSON: ${(error as Error).message.slice(0, 100)}`)
  }
  const { kind, at, seq } = (value ?? {}) as Partial<JournalEntry>
  if (typeof kind !== 'string' || !KINDS.has(kind) || typeof at !== 'number' || typeof seq !== 'number') {
    throw new UserError('ERR_JOURNAL', `${place}: no entry of a journal: it has at, seq and a known kind`)
  }
  return value as JournalEntry
}
