import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { InfrastructureError, UserError } from '../../domain/trouble.ts'

/** They hold passwords and the authority's key. */
export const FILE_MODE = 0o600

const NO_SPACE = ['ENOSPC', 'EDQUOT', 'EFBIG']

/** The code of a disk that is full: what was asked can be asked again once there is space. */
export const DISK_FULL = 'ERR_DISK_FULL'

/** Code `ERR_DISK_FULL`, or `ERR_DATA_FOLDER` for another reason not to write. */
export function writing<Value>(folder: string, name: string, act: () => Value): Value {
  try {
    return act()
  } catch (cause) {
    const { code = '', message } = cause as NodeJS.ErrnoException
    const place = join(folder, name)
    if (NO_SPACE.includes(code)) {
      throw new InfrastructureError(DISK_FULL, `${place} cannot be written: the disk is full (${code})`, { cause })
    }
    throw new InfrastructureError('ERR_DATA_FOLDER', `${place} cannot be written: ${message}`, { cause })
  }
}

/** As a whole or not at all; it is on the disk when this returns. */
export function replaceFile(folder: string, name: string, content: string | readonly Uint8Array[]): void {
  const file = join(folder, name)
  const draft = `${file}.new`
  writing(folder, name, () => {
    try {
      if (typeof content === 'string') writeFileSync(draft, content, { mode: FILE_MODE, flush: true })
      else writePieces(draft, content)
      renameSync(draft, file)
    } catch (error) {
      // A draft takes space that the next request needs.
      rmSync(draft, { force: true })
      throw error
    }
    syncFolder(folder)
  })
}

function writePieces(file: string, pieces: readonly Uint8Array[]): void {
  const descriptor = openSync(file, 'w', FILE_MODE)
  try {
    for (const piece of pieces) {
      for (let written = 0; written < piece.length; ) written += writeSync(descriptor, piece, written)
    }
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}

/** A new name of a file is on the disk when its folder is. Windows has no such call, and its file system keeps the order. */
function syncFolder(folder: string): void {
  if (process.platform === 'win32') return
  const descriptor = openSync(folder, 'r')
  try {
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}

/** A file of the folder that is not as it was written. Exit code 2, and all stays as it is. */
export const damaged = (place: string, what: string, ...hints: string[]): UserError =>
  new UserError('ERR_DATA_FOLDER', `${place}: ${what}`, [
    ...hints,
    'Nothing was changed. Put the folder back from a backup, or start a new school with --data and another folder',
  ])
