import { crc32, inflateRawSync } from 'node:zlib'
import { DecodeError } from '../../domain/trouble.ts'
import type { ArchiveFile } from './encode.ts'

/** Log archives have some hundred files; no command needs one that is large. */
const FILES_MAX = 2000
const FILE_BYTES_MAX = 8 * 1024 * 1024
const ALL_BYTES_MAX = 32 * 1024 * 1024

const END_LENGTH = 22
const COMMENT_MAX = 0xffff

export const isZip = (bytes: Uint8Array): boolean =>
  bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 3 && bytes[3] === 4

/** A line of the directory: nothing of the file is unpacked yet. */
export interface ZipEntry {
  name: string
  /** Bytes of the file, as the directory says: unpacking checks it. */
  size: number
  /** Codes `ERR_ZIP_FILE`, `ERR_ZIP_TOO_LARGE` (more than `bytesMax`), `ERR_ZIP_METHOD`. */
  unpack(bytesMax: number): Uint8Array
}

/**
 * Files of a ZIP archive that `wanted` picks by their names, in the order of its directory: stored or deflated ones, of
 * up to 8 MiB each and 32 MiB in all. Codes: `ERR_ZIP_DIRECTORY` (cut, or none), `ERR_ZIP_FILE` (lies about a place, a size or a checksum),
 * `ERR_ZIP_TOO_LARGE`, `ERR_ZIP_METHOD` (encrypted, or another compression).
 */
export function decodeZip(bytes: Uint8Array, wanted: (name: string) => boolean): ArchiveFile[] {
  const files: ArchiveFile[] = []
  let all = 0
  for (const { name, size, unpack } of zipEntries(bytes)) {
    if (!wanted(name)) continue
    all += size
    if (all > ALL_BYTES_MAX) throw new DecodeError('ERR_ZIP_TOO_LARGE', `its files have ${all} bytes and more`)
    files.push({ name, bytes: unpack(FILE_BYTES_MAX) })
  }
  return files
}

/** The directory of an archive, line by line. Codes `ERR_ZIP_DIRECTORY`, `ERR_ZIP_TOO_LARGE` (more than 2,000 files). */
export function* zipEntries(bytes: Uint8Array): Generator<ZipEntry> {
  const archive = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  const end = findEnd(archive)
  const count = archive.readUInt16LE(end + 10)
  if (count > FILES_MAX) throw new DecodeError('ERR_ZIP_TOO_LARGE', `the archive has ${count} files`)
  let at = archive.readUInt32LE(end + 16)
  for (let index = 0; index < count; index++) {
    if (at + 46 > end || archive.readUInt32LE(at) !== 0x02014b50) {
      throw new DecodeError('ERR_ZIP_DIRECTORY', `byte ${at}: no file ${index + 1} of ${count} in the directory`)
    }
    const nameLength = archive.readUInt16LE(at + 28)
    const name = archive.toString('utf8', at + 46, Math.min(at + 46 + nameLength, end))
    yield entryOf(archive, name, {
      flags: archive.readUInt16LE(at + 8),
      method: archive.readUInt16LE(at + 10),
      checksum: archive.readUInt32LE(at + 16),
      packed: archive.readUInt32LE(at + 20),
      size: archive.readUInt32LE(at + 24),
      local: archive.readUInt32LE(at + 42),
    })
    at += 46 + nameLength + archive.readUInt16LE(at + 30) + archive.readUInt16LE(at + 32)
  }
}

/**
 * The whole files of an archive whose directory was cut off, by the headers before them. A file that the cut goes through is not among
 * them, nor one whose header does not know its size (bit 3 of the flags), nor what follows it.
 */
export function* salvagedEntries(bytes: Uint8Array): Generator<ZipEntry> {
  const archive = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  let at = 0
  for (let count = 0; count < FILES_MAX && at + 30 <= archive.length; count++) {
    if (archive.readUInt32LE(at) !== 0x04034b50) return
    const [flags, packed] = [archive.readUInt16LE(at + 6), archive.readUInt32LE(at + 18)]
    const nameLength = archive.readUInt16LE(at + 26)
    const start = at + 30 + nameLength + archive.readUInt16LE(at + 28)
    if ((flags & 8) !== 0 || start + packed > archive.length) return
    yield entryOf(archive, archive.toString('utf8', at + 30, at + 30 + nameLength), {
      flags,
      method: archive.readUInt16LE(at + 8),
      checksum: archive.readUInt32LE(at + 14),
      packed,
      size: archive.readUInt32LE(at + 22),
      local: at,
    })
    at = start + packed
  }
}

function findEnd(archive: Buffer): number {
  const first = Math.max(0, archive.length - END_LENGTH - COMMENT_MAX)
  for (let at = archive.length - END_LENGTH; at >= first; at--) {
    if (archive.readUInt32LE(at) === 0x06054b50) return at
  }
  throw new DecodeError('ERR_ZIP_DIRECTORY', `byte ${archive.length}: the archive ends before its directory does`)
}

interface EntryFacts {
  flags: number
  method: number
  checksum: number
  packed: number
  size: number
  /** Offset of the header before the file. */
  local: number
}

const entryOf = (archive: Buffer, name: string, facts: EntryFacts): ZipEntry => ({
  name,
  size: facts.size,
  unpack: (bytesMax) => contentOf(archive, name, facts, bytesMax),
})

function contentOf(
  archive: Buffer,
  name: string,
  { flags, method, checksum, packed, size, local }: EntryFacts,
  bytesMax: number,
): Uint8Array {
  const bad = (text: string) => new DecodeError('ERR_ZIP_FILE', `byte ${local}: ${JSON.stringify(name)} ${text}`)
  if (size > bytesMax) {
    throw new DecodeError('ERR_ZIP_TOO_LARGE', `${JSON.stringify(name)} has ${size} bytes`)
  }
  if ((flags & 1) !== 0 || (method !== 0 && method !== 8)) {
    throw new DecodeError('ERR_ZIP_METHOD', `${JSON.stringify(name)} is encrypted, or packed by method ${method}`)
  }
  if (local + 30 > archive.length || archive.readUInt32LE(local) !== 0x04034b50) throw bad('is not where it should be')
  const start = local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28)
  if (start + packed > archive.length) throw bad('runs over the end')
  const content =
    method === 0 ? archive.subarray(start, start + packed) : inflate(archive.subarray(start, start + packed), size)
  if (content === undefined) throw bad('cannot be unpacked')
  if (content.length !== size || crc32(content) !== checksum) throw bad('has another checksum')
  return new Uint8Array(content.buffer, content.byteOffset, content.length)
}

/** @param size what it should have: one that says less than it has is refused, and takes no memory */
function inflate(packed: Buffer, size: number): Buffer | undefined {
  try {
    return inflateRawSync(packed, { maxOutputLength: Math.max(size, 1) })
  } catch {
    return undefined
  }
}
