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

/**
 * Files of a ZIP archive that `wanted` picks by their names, in the order of its directory: stored or deflated ones, of
 * up to 8 MiB each and 32 MiB in all. Codes: `ERR_ZIP_DIRECTORY` (cut, or none), `ERR_ZIP_FILE` (lies about a place, a size or a checksum),
 * `ERR_ZIP_TOO_LARGE`, `ERR_ZIP_METHOD` (encrypted, or another compression).
 */
export function decodeZip(bytes: Uint8Array, wanted: (name: string) => boolean): ArchiveFile[] {
  const archive = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  const end = findEnd(archive)
  const count = archive.readUInt16LE(end + 10)
  if (count > FILES_MAX) throw new DecodeError('ERR_ZIP_TOO_LARGE', `the archive has ${count} files`)
  const files: ArchiveFile[] = []
  let at = archive.readUInt32LE(end + 16)
  let size = 0
  for (let index = 0; index < count; index++) {
    if (at + 46 > end || archive.readUInt32LE(at) !== 0x02014b50) {
      throw new DecodeError('ERR_ZIP_DIRECTORY', `byte ${at}: no file ${index + 1} of ${count} in the directory`)
    }
    const nameLength = archive.readUInt16LE(at + 28)
    const name = archive.toString('utf8', at + 46, Math.min(at + 46 + nameLength, end))
    if (wanted(name)) {
      size += archive.readUInt32LE(at + 24)
      if (size > ALL_BYTES_MAX) throw new DecodeError('ERR_ZIP_TOO_LARGE', `its files have ${size} bytes and more`)
      files.push({ name, bytes: contentOf(archive, at, name) })
    }
    at += 46 + nameLength + archive.readUInt16LE(at + 30) + archive.readUInt16LE(at + 32)
  }
  return files
}

function findEnd(archive: Buffer): number {
  const first = Math.max(0, archive.length - END_LENGTH - COMMENT_MAX)
  for (let at = archive.length - END_LENGTH; at >= first; at--) {
    if (archive.readUInt32LE(at) === 0x06054b50) return at
  }
  throw new DecodeError('ERR_ZIP_DIRECTORY', `byte ${archive.length}: the archive ends before its directory does`)
}

/** @param at the file's line in the directory */
function contentOf(archive: Buffer, at: number, name: string): Uint8Array {
  const [flags, method] = [archive.readUInt16LE(at + 8), archive.readUInt16LE(at + 10)]
  const [packed, size] = [archive.readUInt32LE(at + 20), archive.readUInt32LE(at + 24)]
  const local = archive.readUInt32LE(at + 42)
  const bad = (text: string) => new DecodeError('ERR_ZIP_FILE', `byte ${local}: ${JSON.stringify(name)} ${text}`)
  if (size > FILE_BYTES_MAX) {
    throw new DecodeError('ERR_ZIP_TOO_LARGE', `${JSON.stringify(name)} has ${size} bytes`)
  }
  if ((flags & 1) !== 0 || (method !== 0 && method !== 8)) {
    throw new DecodeError('ERR_ZIP_METHOD', `${JSON.stringify(name)} is encrypted, or packed by method ${method}`)
  }
  if (local + 30 > archive.length || archive.readUInt32LE(local) !== 0x04034b50) throw bad('is not where it should be')
  const start = local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28)
  if (start + packed > archive.length) throw bad('runs over the end')
  const content =
    method === 0 ? archive.subarray(start, start + packed) : inflate(archive.subarray(start, start + packed))
  if (content === undefined) throw bad('cannot be unpacked')
  if (content.length !== size || crc32(content) !== archive.readUInt32LE(at + 16)) throw bad('has another checksum')
  return new Uint8Array(content)
}

function inflate(packed: Buffer): Buffer | undefined {
  try {
    return inflateRawSync(packed, { maxOutputLength: FILE_BYTES_MAX })
  } catch {
    return undefined
  }
}
