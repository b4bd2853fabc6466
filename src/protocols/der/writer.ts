import { contextTagOf, TAG } from './tags.ts'

/** Writers of DER values (X.690 sections 8 to 11). A value that has no DER form is a RangeError. */

export const sequence = (...children: Uint8Array[]): Uint8Array => tlv(TAG.sequence, ...children)

/** SET OF: the encodings are sorted (section 11.6). */
export const set = (...children: Uint8Array[]): Uint8Array => tlv(TAG.set, ...children.toSorted(Buffer.compare))

/** A number, or the magnitude of a non-negative one, most significant byte first. */
export function integer(value: number | bigint | Uint8Array): Uint8Array {
  const magnitude = value instanceof Uint8Array ? value : magnitudeOf(BigInt(value))
  const start = magnitude.findIndex((byte) => byte !== 0)
  const significant = start < 0 ? Uint8Array.of(0) : magnitude.subarray(start)
  return significant[0]! < 0x80 ? tlv(TAG.integer, significant) : tlv(TAG.integer, Uint8Array.of(0), significant)
}

export function oid(dotted: string): Uint8Array {
  if (!/^[0-2](\.(0|[1-9]\d*))+$/.test(dotted))
    throw new RangeError(`${JSON.stringify(dotted)} is no object identifier`)
  const [first, second, ...rest] = dotted.split('.').map(BigInt)
  if (first! < 2n && second! > 39n) throw new RangeError(`${dotted}: the second arc is at most 39`)
  return tlv(TAG.oid, ...[first! * 40n + second!, ...rest].map(base128))
}

export const utf8String = (text: string): Uint8Array => tlv(TAG.utf8String, Buffer.from(text, 'utf8'))

export function printableString(text: string): Uint8Array {
  if (!/^[A-Za-z0-9 '()+,\-./:=?]*$/.test(text)) throw new RangeError(`${JSON.stringify(text)} is no PrintableString`)
  return tlv(TAG.printableString, Buffer.from(text, 'latin1'))
}

export function ia5String(text: string): Uint8Array {
  if (/[^\0-\x7f]/.test(text)) throw new RangeError(`${JSON.stringify(text)} is no IA5String`)
  return tlv(TAG.ia5String, Buffer.from(text, 'latin1'))
}

/** `unusedBits` counts the bits at the end that do not belong to the value; they have to be 0. */
export function bitString(bytes: Uint8Array, unusedBits = 0): Uint8Array {
  const last = bytes.at(-1) ?? 0
  const unusedMax = bytes.length > 0 ? 7 : 0
  if (unusedBits < 0 || unusedBits > unusedMax || (last & ((1 << unusedBits) - 1)) !== 0) {
    throw new RangeError(`a bit string cannot leave ${unusedBits} bits of its last byte unused`)
  }
  return tlv(TAG.bitString, Uint8Array.of(unusedBits), bytes)
}

export const octetString = (bytes: Uint8Array): Uint8Array => tlv(TAG.octetString, bytes)

/** `[number]` around whole values (constructed) or, with `constructed: false`, in place of a primitive's identifier. */
export function contextTag(number: number, content: Uint8Array, constructed = true): Uint8Array {
  if (number < 0 || number > 30) throw new RangeError(`context tag ${number} needs the long form`)
  return tlv(contextTagOf(number, constructed), content)
}

export const boolean = (value: boolean): Uint8Array => tlv(TAG.boolean, Uint8Array.of(value ? 0xff : 0))

export const nullValue = (): Uint8Array => tlv(TAG.null)

/** `YYMMDDHHMMSSZ` for the years 1950 to 2049; a fraction of a second is dropped. */
export function utcTime(time: Date): Uint8Array {
  const year = time.getUTCFullYear()
  if (!(year >= 1950 && year <= 2049)) throw new RangeError(`UTCTime has no year ${year}`)
  return tlv(TAG.utcTime, Buffer.from(digitsOf(time).slice(2), 'latin1'))
}

/** `YYYYMMDDHHMMSSZ`; a fraction of a second is dropped. */
export function generalizedTime(time: Date): Uint8Array {
  const year = time.getUTCFullYear()
  if (!(year >= 0 && year <= 9999)) throw new RangeError(`GeneralizedTime has no year ${year}`)
  return tlv(TAG.generalizedTime, Buffer.from(digitsOf(time), 'latin1'))
}

const digitsOf = (time: Date): string => `${time.toISOString().slice(0, 19).replace(/\D/g, '')}Z`

function magnitudeOf(value: bigint): Uint8Array {
  if (value < 0n) throw new RangeError(`${value} is negative`)
  const hex = value.toString(16)
  return Buffer.from(hex.padStart(hex.length + (hex.length % 2), '0'), 'hex')
}

function base128(arc: bigint): Uint8Array {
  const bytes = [Number(arc & 0x7fn)]
  for (let rest = arc >> 7n; rest > 0n; rest >>= 7n) bytes.unshift(Number(rest & 0x7fn) | 0x80)
  return Uint8Array.from(bytes)
}

function tlv(tag: number, ...parts: Uint8Array[]): Uint8Array {
  const length = parts.reduce((sum, part) => sum + part.length, 0)
  const whole = Buffer.concat([Uint8Array.of(tag), lengthOctets(length), ...parts])
  return new Uint8Array(whole)
}

/** Section 10.1: as few octets as possible. */
function lengthOctets(length: number): Uint8Array {
  if (length < 0x80) return Uint8Array.of(length)
  const octets = magnitudeOf(BigInt(length))
  return Buffer.concat([Uint8Array.of(0x80 | octets.length), octets])
}
