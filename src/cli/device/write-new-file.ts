import { existsSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { InfrastructureError, UserError } from '../../domain/trouble.ts'
import { makeFolder } from '../new-file.ts'

/** Code `ERR_FILE_EXISTS` for a file that is there already, unless it may be replaced; a pipe or a device never may. */
export function refuseExisting(path: string, shown: string, mayReplace: boolean): void {
  if (!existsSync(path)) return
  const there = statSync(path)
  if (!there.isFile() && !there.isDirectory()) {
    throw new UserError('ERR_FILE_EXISTS', `${shown} exists already, and is no plain file`)
  }
  if (!mayReplace) throw new UserError('ERR_FILE_EXISTS', `${shown} exists already`, ['--force replaces it'])
}

/** Writes all of a file or nothing: it is made beside its place, and moved there. Code `ERR_OUTPUT_NOT_WRITABLE`. */
export function writeWhole(path: string, content: string | Uint8Array): void {
  const folder = dirname(path)
  const unfinished = join(folder, `.${basename(path)}.${process.pid}`)
  try {
    makeFolder(folder)
    writeFileSync(unfinished, content)
    renameSync(unfinished, path)
  } catch (cause) {
    if (existsSync(unfinished)) rmSync(unfinished)
    const message = `${path} cannot be written: ${(cause as Error).message}`
    throw new InfrastructureError('ERR_OUTPUT_NOT_WRITABLE', message, { cause })
  }
}
