import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { UserError } from '../../domain/trouble.ts'
import { FILE_MODE, writing } from './folder-files.ts'
import { startOf } from './process-start.ts'

const LOCK = 'lock'

interface Holder {
  pid: number
  /** See {@link startOf}; undefined in a lock of version 0.1.0. */
  start: string | undefined
}

/**
 * Two servers would cut off each other's requests. A lock counts as long as its process runs: the process with its id that was started
 * when the holder was. Code `ERR_DATA_FOLDER` while another server has the folder.
 */
export class FolderLock {
  readonly #folder: string
  readonly #file: string

  constructor(folder: string) {
    this.#folder = folder
    this.#file = join(folder, LOCK)
    const known = read(this.#file)
    if (known !== undefined) this.#takeAway(known)
    if (!this.#put()) this.#refuse(holderOf(read(this.#file) ?? ''))
  }

  release(): void {
    rmSync(this.#file, { force: true })
  }

  /** Removes the lock of a process that is gone. */
  #takeAway(text: string): void {
    const holder = holderOf(text)
    if (holder && holder.pid !== process.pid && isRunning(holder)) this.#refuse(holder)
    const away = `${this.#file}.${process.pid}`
    writing(this.#folder, LOCK, () => {
      if (!done(() => renameSync(this.#file, away), 'ENOENT')) return
      // Another start may have been faster, and this is its lock: it gets it back.
      if (readFileSync(away, 'utf8') !== text) done(() => linkSync(away, this.#file), 'EEXIST')
      rmSync(away, { force: true })
    })
  }

  /** Whole or not at all: a reader never finds an empty one. False when there is one already. */
  #put(): boolean {
    const draft = `${this.#file}.${process.pid}`
    const text = JSON.stringify({ pid: process.pid, start: startOf(process.pid) })
    return writing(this.#folder, LOCK, () => {
      writeFileSync(draft, text, { mode: FILE_MODE })
      try {
        return done(() => linkSync(draft, this.#file), 'EEXIST')
      } catch {
        // Not every file system has hard links.
        return done(() => writeFileSync(this.#file, text, { mode: FILE_MODE, flag: 'wx' }), 'EEXIST')
      } finally {
        rmSync(draft, { force: true })
      }
    })
  }

  #refuse(holder: Holder | undefined): never {
    const whose = holder ? `the process ${holder.pid}` : 'another start'
    throw new UserError('ERR_DATA_FOLDER', `${this.#folder} is in use by ${whose}`, [
      `Stop that server, or name another folder. If the process is no oobe-sim, remove ${this.#file}`,
    ])
  }
}

/** A process that cannot be told from a later one counts as the holder. */
function isRunning({ pid, start }: Holder): boolean {
  const running = startOf(pid)
  if (running === undefined) return false
  return running === '' || !start || running === start
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

/** Undefined for what names no process. */
function holderOf(text: string): Holder | undefined {
  if (/^\d+$/.test(text)) return { pid: Number(text), start: undefined }
  try {
    const { pid, start } = JSON.parse(text) as Partial<Holder>
    return typeof pid === 'number' ? { pid, start: typeof start === 'string' ? start : undefined } : undefined
  } catch {
    return undefined
  }
}

/** Whether it could be done; false for the one failure that is expected. */
function done(act: () => void, expected: string): boolean {
  try {
    act()
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === expected) return false
    throw error
  }
}
