import { DecodeError } from '../domain/trouble.ts'
import { isZip, salvagedEntries, type ZipEntry, zipEntries } from '../protocols/zip/decode.ts'

/** Bytes of one file, and of all that are unpacked for one import: what lies above is named, and not read. */
export const FILE_BYTES_MAX = 32 * 1024 * 1024
export const ALL_BYTES_MAX = 256 * 1024 * 1024
/** An archive in an archive, as Collect logs makes them; none deeper. */
const DEPTH_MAX = 2

/** A file, or why it is not there. */
export type Unpacked = { name: string; bytes: Uint8Array } | { name: string; trouble: string }

/** What all archives of an import may take together. */
export interface Budget {
  bytes: number
}

export const newBudget = (): Budget => ({ bytes: ALL_BYTES_MAX })

/**
 * The files of what was given: itself, or of an archive its files one after the other. Nothing is written anywhere, so that a name that
 * leads out of the archive can do nothing; it is named.
 */
export function* unpacked(name: string, bytes: Uint8Array, budget: Budget, depth = 0): Generator<Unpacked> {
  if (!isZip(bytes)) {
    yield { name, bytes }
    return
  }
  if (depth === DEPTH_MAX) {
    yield { name, trouble: 'an archive in an archive in an archive is not opened' }
    return
  }
  const entries = entriesOf(bytes)
  if (entries.trouble !== undefined) yield { name, trouble: entries.trouble }
  for (const entry of entries.list) {
    if (entry.name.endsWith('/')) continue
    const inner = `${name}/${entry.name}`
    const content = contentOf(entry, budget)
    if (typeof content === 'string') yield { name: inner, trouble: content }
    else yield* unpacked(inner, content, budget, depth + 1)
  }
}

function entriesOf(bytes: Uint8Array): { list: ZipEntry[]; trouble?: string } {
  const list: ZipEntry[] = []
  try {
    for (const entry of zipEntries(bytes)) list.push(entry)
    return { list }
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error
    // Without its directory an archive was cut: what is whole before the cut is read.
    const salvaged = list.length > 0 ? list : [...salvagedEntries(bytes)]
    return {
      list: salvaged,
      trouble: `the archive is cut or damaged (${error.message}): ${salvaged.length} files of it are whole`,
    }
  }
}

/** A name may use either slash, a drive, or dots. */
const leadsOut = (name: string): boolean => /^[\\/]|^[A-Za-z]:|(^|[\\/])\.\.([\\/]|$)|\0/.test(name)

function contentOf(entry: ZipEntry, budget: Budget): Uint8Array | string {
  if (leadsOut(entry.name)) return 'its name leads out of the archive: not read'
  if (entry.size > FILE_BYTES_MAX)
    return `it has ${megabytes(entry.size)} MiB: more than ${megabytes(FILE_BYTES_MAX)} are not read`
  if (entry.size > budget.bytes)
    return `all files together have more than ${megabytes(ALL_BYTES_MAX)} MiB: this one is not read`
  try {
    const content = entry.unpack(FILE_BYTES_MAX)
    budget.bytes -= content.length
    return content
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error
    return error.message
  }
}

const megabytes = (bytes: number): number => Math.ceil(bytes / 1024 / 1024)
