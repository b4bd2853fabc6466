import { deflateRawSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { DecodeError } from '../../../src/domain/trouble.ts'
import { decodeZip, isZip } from '../../../src/protocols/zip/decode.ts'
import { encodeZip } from '../../../src/protocols/zip/encode.ts'
import { lcg, refusal } from '../fuzz.ts'

const FILES = [
  { name: 'a.csv', bytes: Uint8Array.from(Buffer.from('hello')) },
  { name: 'b.bin', bytes: new Uint8Array(300) },
  { name: 'c/d.csv', bytes: new Uint8Array() },
]
const ARCHIVE = encodeZip(FILES)
const all = () => true

/** The same archive with its first file deflated, or other content in its place. */
function deflated(content: Uint8Array = FILES[0]!.bytes): Buffer {
  const stored = Buffer.from(encodeZip([FILES[0]!]))
  const packed = deflateRawSync(content)
  const [local, central] = [stored.subarray(0, 35), stored.subarray(40)]
  for (const [header, at] of [
    [local, 8],
    [central, 10],
  ] as const) {
    header.writeUInt16LE(8, at)
    header.writeUInt32LE(packed.length, at + 10)
  }
  central.writeUInt32LE(35 + packed.length, central.length - 6)
  return Buffer.concat([local, packed, central])
}

test('files come back, those that are wanted', () => {
  expect(decodeZip(ARCHIVE, all)).toEqual(FILES)
  expect(decodeZip(ARCHIVE, (name) => name.endsWith('.csv')).map(({ name }) => name)).toEqual(['a.csv', 'c/d.csv'])
  expect(decodeZip(Buffer.concat([ARCHIVE.slice(0, -2), Buffer.from('\u0003\0abc')]), all)).toEqual(FILES)
  expect(decodeZip(deflated(), all)).toEqual([FILES[0]])
  expect([isZip(ARCHIVE), isZip(Buffer.from('PK'))]).toEqual([true, false])
})

describe('an archive that lies is refused', () => {
  const broken = (at: number, ...bytes: number[]) => {
    const archive = Buffer.from(encodeZip([FILES[0]!]))
    archive.set(bytes, at)
    return archive
  }
  // Local header 35 bytes, content 5, directory from 40.
  test.each<[string, Uint8Array, string]>([
    ['a cut', ARCHIVE.slice(0, -1), 'ERR_ZIP_DIRECTORY'],
    ['no directory', broken(40, 0), 'ERR_ZIP_DIRECTORY'],
    ['a place behind the end', broken(40 + 42, 0xff, 0xff), 'ERR_ZIP_FILE'],
    ['a size that is too large', broken(40 + 20, 99), 'ERR_ZIP_FILE'],
    ['another size', broken(40 + 24, 4), 'ERR_ZIP_FILE'],
    ['one bit of the content', broken(36, 'i'.charCodeAt(0)), 'ERR_ZIP_FILE'],
    ['content that does not inflate', broken(40 + 10, 8), 'ERR_ZIP_FILE'],
    ['a giant', broken(40 + 24, 0, 0, 0, 1), 'ERR_ZIP_TOO_LARGE'],
    ['too many files', broken(40 + 51 + 10, 0xff, 0xff), 'ERR_ZIP_TOO_LARGE'],
    ['encryption', broken(40 + 8, 1), 'ERR_ZIP_METHOD'],
    ['another compression', broken(40 + 10, 12), 'ERR_ZIP_METHOD'],
  ])('%s', (_, archive, code) => {
    expect(refusal(() => decodeZip(archive, all))).toBe(code)
  })

  test('a bomb, before it is unpacked', () => {
    const bomb = encodeZip(
      Array.from({ length: 5 }, (_, index) => ({ name: `${index}`, bytes: new Uint8Array(7 << 20) })),
    )
    expect(refusal(() => decodeZip(bomb, all))).toBe('ERR_ZIP_TOO_LARGE')
  })

  test('a bomb that declares 10 bytes, at the limit of what is unpacked', () => {
    const archive = deflated(new Uint8Array((8 << 20) + 1))
    archive.writeUInt32LE(10, archive.indexOf('PK\u0001\u0002') + 24)
    // A bomb that was unpacked to its end would only have another checksum.
    expect(() => decodeZip(archive, all)).toThrow('byte 0: "a.csv" cannot be unpacked')
  })

  test('and what unpacks to more than it says', () => {
    const archive = deflated()
    archive.writeUInt32LE(4, archive.indexOf('PK\u0001\u0002') + 24)
    expect(refusal(() => decodeZip(archive, all))).toBe('ERR_ZIP_FILE')
  })
})

test('any bytes are files or one DecodeError', () => {
  const below = lcg(6)
  for (let round = 0; round < 3000; round++) {
    const archive = Buffer.from(below(2) === 0 ? ARCHIVE : deflated())
    for (let count = 1 + below(4); count > 0; count--) archive[below(archive.length)] = below(256)
    try {
      decodeZip(archive.subarray(0, below(4) === 0 ? below(archive.length) : archive.length), all)
    } catch (error) {
      expect(error).toBeInstanceOf(DecodeError)
    }
  }
})
