import {
  closeSync,
  constants,
  existsSync,
  lstatSync,
  mkdirSync,
  openSync,
  renameSync,
  statSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { InfrastructureError } from '../domain/trouble.ts'

/** Never what lies there: a link in the folder leads nowhere. Windows has no O_NOFOLLOW. */
const NEW = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | (constants.O_NOFOLLOW ?? 0)

/** Opens a new file. A file, or a link, that lies at its place is removed; what a link leads to stays as it is. */
export function openNew(path: string, mode?: number): number {
  removeFile(path)
  return openSync(path, NEW, mode)
}

/** Writes all of a file or nothing: it is made beside its place, and moved there. A link at its place is replaced. */
export function replaceFile(path: string, content: string | Uint8Array, mode?: number): void {
  const unfinished = join(dirname(path), `.${basename(path)}.${process.pid}`)
  try {
    const file = openNew(unfinished, mode)
    try {
      writeFileSync(file, content)
    } finally {
      closeSync(file)
    }
    renameSync(unfinished, path)
  } catch (error) {
    removeFile(unfinished)
    throw error
  }
}

/** Nothing happens where there is none. */
export function removeFile(path: string): void {
  try {
    unlinkSync(path)
  } catch (error) {
    if (!['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error
  }
}

/** Folder by folder: Node's own recursion never ends below a file system that refuses with ENOENT. */
export function makeFolder(folder: string, mode?: number): void {
  if (existsSync(folder)) return
  const parent = dirname(folder)
  if (parent !== folder) makeFolder(parent, mode)
  makeOne(folder, mode)
}

/** Nothing happens where another process was faster. */
function makeOne(folder: string, mode?: number): void {
  try {
    mkdirSync(folder, { mode })
  } catch (error) {
    if (!lstatSync(folder, { throwIfNoEntry: false })?.isDirectory()) throw error
  }
}

/** The folder that a user named: it may be a link. Code `ERR_OUTPUT_NOT_WRITABLE`. */
export function makeOutputFolder(out: string): void {
  writing(out, () => makeFolder(out))
  if (!statSync(out).isDirectory()) refuse(out, 'it is no folder. Remove it, or name another folder with --out')
}

/** A folder below the one that a user named: a link at its place is refused. Code `ERR_OUTPUT_NOT_WRITABLE`. */
export function makeFolderBelow(out: string, name: string): string {
  const folder = join(out, name)
  makeOutputFolder(out)
  const there = lstatSync(folder, { throwIfNoEntry: false })
  if (!there) writing(folder, () => makeOne(folder))
  else if (there.isSymbolicLink()) {
    refuse(folder, 'it is a symbolic link, and a run does not follow one. Remove it, or name another folder with --out')
  } else if (!there.isDirectory()) refuse(folder, 'it is no folder. Remove it, or name another folder with --out')
  return folder
}

function refuse(path: string, why: string): never {
  throw new InfrastructureError('ERR_OUTPUT_NOT_WRITABLE', `${path} cannot be written: ${why}`)
}

/** Code `ERR_OUTPUT_NOT_WRITABLE` for what the operating system refuses. */
export function writing<Value>(path: string, work: () => Value): Value {
  try {
    return work()
  } catch (cause) {
    const message = `${path} cannot be written: ${(cause as Error).message}`
    throw new InfrastructureError('ERR_OUTPUT_NOT_WRITABLE', message, { cause })
  }
}
