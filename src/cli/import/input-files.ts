import { lstatSync, readdirSync, type Stats, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { UserError } from '../../domain/trouble.ts'
import { FILE_BYTES_MAX } from '../../import/unpack.ts'
import { readBounded } from '../../scenario/read-bounded.ts'
import { workingFolder } from '../../scenario/working-folder.ts'

/** An archive may be larger than a file in it. */
const ARCHIVE_BYTES_MAX = 256 * 1024 * 1024
const FILES_MAX = 2_000
const DEPTH_MAX = 8

export interface InputFile {
  name: string
  bytes: Uint8Array
}

/**
 * A file, or those of a folder in the order of their names, one after the other. Links are not followed. Codes `ERR_NOT_FOUND`,
 * `ERR_NOT_READABLE`.
 *
 * @param onLeftOut hears of what is not read, and why
 */
export function* inputFiles(operand: string, onLeftOut: (name: string, why: string) => void): Generator<InputFile> {
  const path = resolve(workingFolder(), operand)
  const there = statOf(path)
  if (!there) throw new UserError('ERR_NOT_FOUND', `there is no file or folder at ${operand}`)
  if (!there.isDirectory()) {
    if (!there.isFile()) throw new UserError('ERR_NOT_READABLE', `${operand} cannot be read: it is no plain file`)
    if (there.size > ARCHIVE_BYTES_MAX) {
      throw new UserError(
        'ERR_NOT_READABLE',
        `${operand} cannot be read: it is larger than ${ARCHIVE_BYTES_MAX / 1024 / 1024} MiB`,
      )
    }
    yield { name: operand, bytes: bytesOf(path, operand, ARCHIVE_BYTES_MAX) }
    return
  }
  let count = 0
  for (const name of filesBelow(path, '', onLeftOut)) {
    if (++count > FILES_MAX) {
      onLeftOut(name, `a folder with more than ${FILES_MAX} files is not read to its end`)
      return
    }
    const size = statOf(join(path, name))?.size ?? 0
    const max = /\.zip$/i.test(name) ? ARCHIVE_BYTES_MAX : FILE_BYTES_MAX
    if (size > max) onLeftOut(name, `it is larger than ${max / 1024 / 1024} MiB`)
    else {
      try {
        yield { name, bytes: readBounded(join(path, name), max) }
      } catch (error) {
        onLeftOut(name, (error as Error).message)
      }
    }
  }
}

function statOf(path: string): Stats | undefined {
  try {
    return statSync(path)
  } catch {
    return undefined
  }
}

function bytesOf(path: string, shown: string, max: number): Uint8Array {
  try {
    return readBounded(path, max)
  } catch (error) {
    throw new UserError('ERR_NOT_READABLE', `${shown} cannot be read: ${(error as Error).message}`)
  }
}

function* filesBelow(
  folder: string,
  below: string,
  onLeftOut: (name: string, why: string) => void,
  depth = 0,
): Generator<string> {
  let names: string[]
  try {
    names = readdirSync(join(folder, below)).sort()
  } catch (error) {
    onLeftOut(below, (error as Error).message)
    return
  }
  for (const name of names) {
    const inner = join(below, name)
    const there = lstatSync(join(folder, inner))
    if (there.isSymbolicLink()) onLeftOut(inner, 'it is a link')
    else if (there.isFile()) yield inner
    else if (!there.isDirectory()) onLeftOut(inner, 'it is no plain file')
    else if (depth === DEPTH_MAX) onLeftOut(inner, `folders deeper than ${DEPTH_MAX} are not read`)
    else yield* filesBelow(folder, inner, onLeftOut, depth + 1)
  }
}
