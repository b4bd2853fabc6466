import { existsSync, readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { UserError } from '../../domain/trouble.ts'
import { isFolder } from '../../scenario/scenario-files.ts'
import { workingFolder } from '../../scenario/working-folder.ts'
import { printNote } from '../print.ts'
import { BlobFile, writtenAt } from './blob-file.ts'

export const BLOB_ENDING = '.blob.ndjson'

/** The parts of one run, and the numbers of those that are missing. */
export interface Parts {
  blobs: BlobFile[]
  missing: number[]
  total: number
}

/**
 * The blobs that arguments name: files, and folders with all blobs below them. Of two for one part the one that was written
 * later counts, which a note says.
 *
 * @throws UserError `ERR_NOT_FOUND`, `ERR_NOT_READABLE`; `ERR_BLOB` for a file that is no blob, and for blobs of different runs
 */
export function openParts(operands: readonly string[]): Parts {
  const paths = [...new Set(operands.flatMap(blobsAt))]
  const byIndex = new Map<number, BlobFile>()
  let first: BlobFile | undefined
  for (const path of paths) {
    const blob = new BlobFile(path)
    first ??= blob
    refuseForeign(blob, first)
    const { index } = blob.head.shard
    const twin = byIndex.get(index)
    if (twin) {
      const [older, newer] = writtenAt(twin.path) <= writtenAt(path) ? [twin, blob] : [blob, twin]
      printNote(`${older.path} and ${newer.path} are both part ${index}: the second was written later, and counts`)
      byIndex.set(index, newer)
    } else byIndex.set(index, blob)
  }
  const { count } = first!.head.shard
  const missing = Array.from({ length: count }, (_, index) => index + 1).filter((index) => !byIndex.has(index))
  return { blobs: [...byIndex.values()], missing, total: first!.head.total }
}

function blobsAt(operand: string): string[] {
  const absolute = resolve(workingFolder(), operand)
  if (!existsSync(absolute)) throw new UserError('ERR_NOT_FOUND', `there is no blob at ${operand}`)
  if (!isFolder(absolute)) return [absolute]
  const found = readdirSync(absolute, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith(BLOB_ENDING),
  )
  if (found.length > 0) return found.sort().map((name) => join(absolute, name))
  throw new UserError('ERR_NOT_FOUND', `there is no blob in the folder ${operand}`, [
    `"oobe run --reporter blob" writes one: its name ends with ${BLOB_ENDING}`,
  ])
}

function refuseForeign(blob: BlobFile, first: BlobFile): void {
  const [one, other] = [blob.head, first.head]
  if (one.product !== other.product) {
    throw new UserError('ERR_BLOB', `${blob.path} is of oobe-sim ${one.product}, ${first.path} of ${other.product}`, [
      'All parts of a run are played by the same version',
    ])
  }
  if (one.run === other.run && one.total === other.total && one.shard.count === other.shard.count) return
  throw new UserError('ERR_BLOB', `${blob.path} and ${first.path} are parts of different runs`, [
    'All parts have the same scenarios, options and number of parts; remove the blobs of earlier runs',
  ])
}
