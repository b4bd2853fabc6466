import { closeSync, readdirSync, rmdirSync, writeFileSync } from 'node:fs'
import { dirname, isAbsolute, join } from 'node:path'
import type { InfrastructureError } from '../domain/trouble.ts'
import { elapsed, every } from '../ports/stopwatch.ts'
import { digestOf, type Vault } from '../run/seal.ts'
import { makeFolderBelow, makeOutputFolder, openNew, removeFile, replaceFile, writing } from './new-file.ts'
import { printError } from './print.ts'
import { safeName } from './safe-name.ts'
import { VAULT, vaultText } from './vault-file.ts'

const BUFFER_MAX = 64 * 1024
/** Real time. What a killed process had not written yet is younger than twice this. */
const FLUSH_MS = 100

/** Of the folders that are open. */
const flushes = new Set<() => void>()

/** Before work that lets no timer fire: all that was written so far is in its files then. */
export function flushRunFolders(): void {
  for (const flush of flushes) flush()
}

/** Names of folders, one below the other: a scenario's, and within it that of one of its plays. */
export type Place = readonly string[]

/** Where a run keeps its journal and its vault. */
export interface RunFolder {
  /** Of the journal. */
  path: string
  /** Lines are written in blocks: at each page, and ten times a second. Those that come after the end are left out. */
  write(line: string): void
  /** A person has typed a secret: it goes into the vault before the journal names it. */
  keepSecret(name: string, value: string): void
  /** Writes a file beside the journal, whole or not at all. @returns its path */
  keepFile(name: string, bytes: Uint8Array): string
  /** Called once, when a part of either file could not be written. Nothing is written after it. */
  onTrouble(listener: (error: InfrastructureError) => void): void
  /** Throws when there was trouble. */
  close(): void
}

/**
 * Opens `<out>/<name>/` (or `<out>/<name>/<play>/`) with `journal.ndjson` and `vault.json`, which holds the values of the secrets that the journal names. What
 * an earlier run left there is replaced, and no link below `out` is followed. Code `ERR_OUTPUT_NOT_WRITABLE`, also of its
 * trouble.
 */
export function openRunFolder(out: string, name: string | Place, secrets: Readonly<Vault>): RunFolder {
  const folder = [name].flat().reduce((above, part) => makeFolderBelow(above, safeName(part)), out)
  const path = join(folder, 'journal.ndjson')
  const file = writing(path, () => openNew(path))
  // It belongs to the journal that was there.
  writing(join(folder, VAULT), () => removeFile(join(folder, VAULT)))
  removeCollected(folder)
  const vault = { ...secrets }
  let journal: string | undefined
  let buffer = ''
  let page: string | undefined
  let sinceFlush = elapsed()
  let trouble: InfrastructureError | undefined
  let tell: ((error: InfrastructureError) => void) | undefined
  let isOpen = true

  // Never thrown from here: a statechart that is in the middle of a step would not survive it.
  const attempt = (work: () => void) => {
    if (trouble) return
    try {
      work()
    } catch (error) {
      trouble = error as InfrastructureError
      tell?.(trouble)
    }
  }
  const flush = () => {
    const block = buffer
    buffer = ''
    sinceFlush = elapsed()
    // All of it: a single write may take a part only.
    if (block !== '') attempt(() => writing(path, () => writeFileSync(file, block)))
  }
  const writeVault = () => {
    if (journal === undefined) return
    const place = join(folder, VAULT)
    const text = vaultText(journal, vault)
    // For the eyes of this user alone.
    attempt(() => writing(place, () => replaceFile(place, text, 0o600)))
  }
  const onExit = () => {
    if (trouble) return
    tell = printError
    flush()
  }
  const stopFlushing = every(FLUSH_MS, flush)
  process.once('exit', onExit)
  flushes.add(flush)

  return {
    path,
    write(line) {
      if (!isOpen) return
      buffer += line
      const shown = pageOf(line)
      const isFirst = journal === undefined
      if (isFirst) {
        journal = digestOf(line)
        writeVault()
      }
      const isPage = shown !== undefined && (shown.isWaiting || shown.page !== page)
      page = shown?.page ?? page
      if (isFirst || isPage || buffer.length > BUFFER_MAX || sinceFlush() > FLUSH_MS) flush()
    },
    keepSecret(secret, value) {
      vault[secret] = value
      writeVault()
    },
    keepFile(name, bytes) {
      const place = join(folder, name)
      attempt(() => writing(place, () => replaceFile(place, bytes)))
      return place
    },
    onTrouble(listener) {
      tell = listener
      if (trouble) listener(trouble)
    },
    close() {
      if (!isOpen) return
      isOpen = false
      process.off('exit', onExit)
      stopFlushing()
      flushes.delete(flush)
      flush()
      closeSync(file)
      if (trouble) throw trouble
    },
  }
}

/** Logs that an earlier run has collected there. */
function removeCollected(folder: string): void {
  for (const name of readdirSync(folder).filter((one) => COLLECTED.test(one))) {
    writing(join(folder, name), () => removeFile(join(folder, name)))
  }
}

const COLLECTED = /^MDMDiagReport(-\d+)?\.zip$/

/** Enough of a line to see what kind it is. */
const HEAD = 100

/** The page that a line of the journal shows, where it shows one. */
function pageOf(line: string): { page: string; isWaiting: boolean } | undefined {
  if (!line.slice(0, HEAD).includes('"kind":"screen"')) return undefined
  const page = /"page":"(\w+)"/.exec(line)?.[1]
  return page === undefined ? undefined : { page, isWaiting: line.endsWith('"isWaiting":true}\n') }
}

/** The journal and the vault of a run that says nothing new, and their folder. Code `ERR_OUTPUT_NOT_WRITABLE`. */
export function removeRunFolder(journal: string): void {
  const folder = dirname(journal)
  writing(folder, () => {
    for (const file of [journal, join(folder, VAULT)]) removeFile(file)
    rmdirSync(folder)
  })
}

/** The page that a line of the journal brings onto the screen. */
export const shownPage = (line: string): string | undefined => pageOf(line)?.page

/**
 * Writes `<out>/<name>`, or the path that the name is, whole or not at all; a link at its place is replaced. Code
 * `ERR_OUTPUT_NOT_WRITABLE`.
 */
export function writeReport(out: string, name: string, text: string): string {
  const path = isAbsolute(name) ? name : join(out, name)
  makeOutputFolder(dirname(path))
  writing(path, () => replaceFile(path, text))
  return path
}
