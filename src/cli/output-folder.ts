import { closeSync, existsSync, mkdirSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { InfrastructureError } from '../domain/trouble.ts'
import { digestOf, type Vault } from '../run/seal.ts'
import { VAULT, vaultText } from './vault-file.ts'

const BUFFER_MAX = 64 * 1024

/** Where a run keeps its journal and its vault. Lines are written in blocks; the last block also when the process exits early. */
export interface RunFolder {
  /** Of the journal. */
  path: string
  write(line: string): void
  /** A person has typed a secret: it goes into the vault before the journal names it. */
  keepSecret(name: string, value: string): void
  close(): void
}

/**
 * Opens `<out>/<run>/` with `journal.ndjson` and `vault.json`, which holds the values of the secrets that the journal names.
 * Code `ERR_OUTPUT_NOT_WRITABLE`, also from its methods.
 */
export function openRunFolder(out: string, run: string, secrets: Readonly<Vault>): RunFolder {
  const folder = join(out, safeName(run))
  const path = join(folder, 'journal.ndjson')
  const file = writing(folder, () => {
    makeFolder(folder)
    return openSync(path, 'w')
  })
  const vault = { ...secrets }
  let journal: string | undefined
  let buffer = ''
  const flush = () => {
    const block = buffer
    // Emptied first: what a full disk refused once is not tried again on the way out.
    buffer = ''
    if (block !== '') writing(path, () => writeSync(file, block))
  }
  const writeVault = () => {
    if (journal !== undefined) writeSecret(join(folder, VAULT), vaultText(journal, vault))
  }
  process.once('exit', flush)
  return {
    path,
    write(line) {
      if (journal === undefined) {
        journal = digestOf(line)
        writeVault()
      }
      buffer += line
      if (buffer.length > BUFFER_MAX) flush()
    },
    keepSecret(name, value) {
      vault[name] = value
      writeVault()
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

/** For the eyes of this user alone. */
function writeSecret(path: string, text: string): void {
  writing(path, () => {
    // A mode counts for new files only.
    rmSync(path, { force: true })
    writeFileSync(path, text, { mode: 0o600, flag: 'wx' })
  })
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
const safeName = (name: string): string => name.replace(/[^A-Za-z0-9-]+/g, '-').replace(/^-+|(?<!-)-+$/g, '') || 'run'
