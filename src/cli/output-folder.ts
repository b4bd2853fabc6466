import { closeSync, existsSync, mkdirSync, openSync, writeFileSync, writeSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { InfrastructureError } from '../domain/trouble.ts'

const BUFFER_MAX = 64 * 1024

/** Where a run keeps its journal. Lines are written in blocks; the last block also when the process exits early. */
export interface JournalFile {
  write(line: string): void
  close(): void
}

/** Opens `<out>/<run>/journal.ndjson`. Code `ERR_OUTPUT_NOT_WRITABLE`, also from its methods. */
export function openJournal(out: string, run: string): JournalFile {
  const folder = join(out, safeName(run))
  const path = join(folder, 'journal.ndjson')
  const file = writing(folder, () => {
    makeFolder(folder)
    return openSync(path, 'w')
  })
  let buffer = ''
  const flush = () => {
    const block = buffer
    // Emptied first: what a full disk refused once is not tried again on the way out.
    buffer = ''
    if (block !== '') writing(path, () => writeSync(file, block))
  }
  process.once('exit', flush)
  return {
    write(line) {
      buffer += line
      if (buffer.length > BUFFER_MAX) flush()
    },
    close() {
      process.off('exit', flush)
      try {
        flush()
      } finally {
        closeSync(file)
      }
    },
  }
}

/** Writes `<out>/<name>`. Code `ERR_OUTPUT_NOT_WRITABLE`. */
export function writeReport(out: string, name: string, text: string): string {
  const path = join(out, name)
  writing(path, () => {
    makeFolder(out)
    writeFileSync(path, text)
  })
  return path
}

/** Folder by folder: Node's own recursion never ends below a file system that refuses with ENOENT. */
export function makeFolder(folder: string, mode?: number): void {
  if (existsSync(folder)) return
  const parent = dirname(folder)
  if (parent !== folder) makeFolder(parent, mode)
  mkdirSync(folder, { mode })
}

function writing<Value>(path: string, work: () => Value): Value {
  try {
    return work()
  } catch (cause) {
    const message = `${path} cannot be written: ${(cause as Error).message}`
    throw new InfrastructureError('ERR_OUTPUT_NOT_WRITABLE', message, { cause })
  }
}

/** Letters, digits and dashes only: a scenario's name never leaves the folder. */
const safeName = (name: string): string => name.replace(/[^A-Za-z0-9-]+/g, '-').replace(/^-+|-+$/g, '') || 'run'
