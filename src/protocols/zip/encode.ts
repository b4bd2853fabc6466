import { crc32 } from 'node:zlib'

/** A file in an archive. Its name is a relative path in printable ASCII, with forward slashes. */
export interface ArchiveFile {
  name: string
  bytes: Uint8Array
}

/** 1980-01-01, the first day that a ZIP can state: the bytes of an archive follow from its files alone. */
const DOS_DATE = 0x0021

/** Version 2.0, what folders and plain files need. */
const VERSION = 20

/**
 * A ZIP archive with its files as they are (method 0, "stored"; PKWARE APPNOTE 6.3.10, sections 4.3.7, 4.3.12, 4.3.16).
 *
 * @throws RangeError for a name that a reader might not take, or the same name twice
 */
export function encodeZip(files: readonly ArchiveFile[]): Uint8Array {
  const parts: Buffer[] = []
  const directory: Buffer[] = []
  const names = new Set<string>()
  let offset = 0
  for (const { name, bytes } of files) {
    if (!/^[\x20-\x7e]{1,255}$/.test(name) || /(^\/)|[\\:]|(^|\/)\.\.?(\/|$)/.test(name)) {
      throw new RangeError(`${JSON.stringify(name)} is no name for a file in an archive`)
    }
    if (names.has(name)) throw new RangeError(`${JSON.stringify(name)} is in the archive already`)
    names.add(name)
    const facts = factsOf(name, bytes)
    parts.push(numbers([4, 0x04034b50], ...facts), Buffer.from(name, 'latin1'), Buffer.from(bytes))
    // No comment, first disk, no attributes.
    const place = [
      [2, 0],
      [2, 0],
      [2, 0],
      [4, 0],
      [4, offset],
    ] as const
    directory.push(numbers([4, 0x02014b50], [2, VERSION], ...facts, ...place), Buffer.from(name, 'latin1'))
    offset += 30 + name.length + bytes.length
  }
  const central = Buffer.concat(directory)
  const count = files.length
  const end = numbers([4, 0x06054b50], [2, 0], [2, 0], [2, count], [2, count], [4, central.length], [4, offset], [2, 0])
  return new Uint8Array(Buffer.concat([...parts, central, end]))
}

type Field = readonly [size: 2 | 4, value: number]

/** What the header of a file and its line in the directory have in common. */
const factsOf = (name: string, bytes: Uint8Array): Field[] => [
  [2, VERSION],
  [2, 0],
  [2, 0],
  [2, 0],
  [2, DOS_DATE],
  [4, crc32(bytes)],
  [4, bytes.length],
  [4, bytes.length],
  [2, name.length],
  [2, 0],
]

function numbers(...fields: readonly Field[]): Buffer {
  const bytes = Buffer.alloc(fields.reduce((sum, [size]) => sum + size, 0))
  let at = 0
  for (const [size, value] of fields) at = bytes.writeUIntLE(value, at, size)
  return bytes
}
