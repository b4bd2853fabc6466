import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { InfrastructureError } from '../domain/trouble.ts'

const BUFFER_MAX = 64 * 1024

/** Where a run keeps its journal. Lines are written as they come, in blocks; what was written survives a crash. */
export interface JournalFile {
  write(line: string): void
  close(): void
}

/** Opens `<out>/<run>/journal.ndjson`. Code `ERR_OUTPUT_NOT_WRITABLE`. */
export function openJournal(out: string, run: string): JournalFile {
  const folder = join(out, safeName(run))
  let file: number
  try {
    mkdirSync(folder, { recursive: true })
    file = openSync(join(folder, 'journal.ndjson'), 'w')
  } catch (cause) {
    const message = `${folder} cannot be written: ${(cause as Error).message}`
    throw new InfrastructureError('ERR_OUTPUT_NOT_WRITABLE', message, { cause })
  }
  let buffer = ''
  const flush = () => {
    if (buffer !== '') writeSync(file, buffer)
    buffer = ''
  }
  return {
    write(line) {
      buffer += line
      if (buffer.length > BUFFER_MAX) flush()
    },
    close() {
      flush()
      closeSync(file)
    },
  }
}

/** Letters, digits and dashes only: a scenario's name never leaves the folder. */
const safeName = (name: string): string => name.replace(/[^A-Za-z0-9-]+/g, '-').replace(/^-+|-+$/g, '') || 'run'
