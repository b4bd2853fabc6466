import type { PayloadReader, PayloadWriter } from './byte-cursor.ts'

/** Values that more than one record uses: text, builds, addresses, UUIDs. */

/** Printable ASCII: what SMBIOS strings are made of. Anything else has no defined meaning in a hash. */
export function asciiBytes(text: string): Uint8Array {
  if (!/^[\x20-\x7e]*$/.test(text)) throw new RangeError(`${JSON.stringify(text)} is not printable ASCII`)
  return new Uint8Array(Buffer.from(text, 'latin1'))
}

/** Up to the first NUL; bytes over 0x7F, which real firmware has, are read as Latin-1. */
export function asciiText(bytes: Uint8Array): string {
  const end = bytes.indexOf(0)
  return Buffer.from(end < 0 ? bytes : bytes.subarray(0, end)).toString('latin1')
}

export function utf16Bytes(text: string): Uint8Array {
  if (text.includes('\0')) throw new RangeError('a text holds a NUL')
  return new Uint8Array(Buffer.from(`${text}\0`, 'utf16le'))
}

export const utf16Text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('utf16le').replace(/\0.*$/s, '')

/** Section 1.4: 10.0.22621.1 is u16 minor, u16 major, u16 revision, u16 build. */
export function writeBuild(writer: PayloadWriter, build: string): void {
  const parts = /^(\d+)\.(\d+)\.(\d+)\.(\d+)$/.exec(build)
  if (parts === null) throw new RangeError(`${JSON.stringify(build)} is not a four-part build`)
  for (const index of [2, 1, 4, 3]) writer.u16(Number(parts[index]))
}

export function readBuild(reader: PayloadReader): string {
  const minor = reader.u16()
  const major = reader.u16()
  const revision = reader.u16()
  return `${major}.${minor}.${reader.u16()}.${revision}`
}

export function macBytes(mac: string): Uint8Array {
  if (!/^[0-9a-f]{2}([:-][0-9a-f]{2}){5}$/i.test(mac)) throw new RangeError(`${JSON.stringify(mac)} is no MAC address`)
  return new Uint8Array(Buffer.from(mac.replace(/[:-]/g, ''), 'hex'))
}

export const macText = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0').toUpperCase()).join(':')

/** SMBIOS wire order: the first three groups are little-endian (section 1.5, fact 2). */
const UUID_ORDER = [3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15]

export function uuidBytes(uuid: string): Uint8Array {
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(uuid)) {
    throw new RangeError(`${JSON.stringify(uuid)} is no UUID`)
  }
  const straight = Buffer.from(uuid.replaceAll('-', ''), 'hex')
  return Uint8Array.from(UUID_ORDER, (index) => straight[index]!)
}

export function uuidText(bytes: Uint8Array): string {
  const hex = Buffer.from(UUID_ORDER.map((index) => bytes[index]!)).toString('hex')
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}
