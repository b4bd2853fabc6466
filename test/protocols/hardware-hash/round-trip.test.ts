import { describe, expect, test } from 'vitest'
import { decodeHardwareHash } from '../../../src/protocols/hardware-hash/decode.ts'
import { encodeHardwareHash, hardwareHashToBase64 } from '../../../src/protocols/hardware-hash/encode.ts'
import { refusal } from '../fuzz.ts'
import { fullReport } from './full-report.ts'
import { record, sealed, TOOL } from './sealed.ts'

const typesOf = (hash: Uint8Array) => {
  const view = Buffer.from(hash)
  const types = []
  for (let at = 4; at < view.readUInt16LE(2); at += view.readUInt16LE(at + 2)) types.push(view.readUInt16LE(at))
  return types
}

describe('a hardware hash', () => {
  test('gives back a report with every record', () => {
    expect(decodeHardwareHash(encodeHardwareHash(fullReport()))).toEqual(fullReport())
  })

  test('has 3000 bytes and 4000 characters', () => {
    const hash = encodeHardwareHash(fullReport())
    expect([hash.length, hardwareHashToBase64(hash).length]).toEqual([3000, 4000])
  })

  test('has its records in the order of the tool, what is unknown behind it', () => {
    const known = [1, 2, 5, 3, 4, 6, 7, 8, 8, 9, 27, 10, 13, 25, 11, 12, 14, 15, 16, 17, 18, 19, 23, 20, 21, 22]
    const types = typesOf(encodeHardwareHash(fullReport()))
    expect(types).toEqual([...known, 24, 26, 28, 29, 30, 34, 38, 7])
  })

  test('holds the first three groups of the UUID little-endian', () => {
    const hex = Buffer.from(encodeHardwareHash(fullReport())).toString('hex')
    expect(hex.match(/0c001400(.{32})/)?.[1]).toBe('33221100554477468899aabbccddeeff')
  })

  test('differs between two captures in its time and its checksum alone', () => {
    const later = fullReport()
    later.tool!.time += 1000
    const [first, second] = [encodeHardwareHash(fullReport()), encodeHardwareHash(later)]
    const differing = [...first.keys()].filter((index) => first[index] !== second[index])
    const checksumAt = Buffer.from(first).readUInt16LE(2)
    expect(differing.filter((index) => index < checksumAt)).toEqual([24])
  })
})

describe('a decoder of hardware hashes', () => {
  test('reads disk names with too few and too many parts', () => {
    const disk = (text: string) => decodeHardwareHash(sealed(TOOL, [7, 0, 4 + text.length, 0, ...Buffer.from(text)]))
    expect(['abc', 'a|b', 'a|b|c', 'a|b|c|d'].map((text) => disk(text).diskSerial)).toEqual([
      { serial: 'abc', product: '', vendor: '' },
      { serial: 'a', product: 'b', vendor: '' },
      { serial: 'a', product: 'b', vendor: 'c' },
      { serial: 'a', product: 'b|c', vendor: 'd' },
    ])
  })

  test('refuses every flipped bit below the end of the checksum', () => {
    const whole = encodeHardwareHash(fullReport())
    const end = Buffer.from(whole).readUInt16LE(2) + 36
    const codes = new Set<string>()
    for (let index = 0; index < end; index++) {
      const flipped = whole.slice()
      flipped[index]! ^= 1 << (index % 8)
      codes.add(codeOf(() => decodeHardwareHash(flipped)))
    }
    expect([...codes].sort()).toEqual(['ERR_HASH_CHECKSUM', 'ERR_HASH_MAGIC', 'ERR_HASH_TRUNCATED'])
  })

  test('refuses every cut before the end of the checksum', () => {
    const whole = encodeHardwareHash(fullReport())
    const end = Buffer.from(whole).readUInt16LE(2) + 36
    const codes = Array.from({ length: end }, (_, length) => codeOf(() => decodeHardwareHash(whole.slice(0, length))))
    expect(new Set(codes)).toEqual(new Set(['ERR_HASH_TRUNCATED']))
  })

  test.each([
    ['no base64', 'T0FH*', 'ERR_HASH_BASE64', 'character 4 is not base64'],
    ['another magic', new Uint8Array(3000), 'ERR_HASH_MAGIC', 'byte 0: a hardware hash begins with "OA"'],
    [
      'a length that does not hold its prefix',
      Uint8Array.of(0x4f, 0x41, 3, 0),
      'ERR_HASH_LENGTH',
      'byte 2: a total length of 3 does not hold its own prefix',
    ],
    [
      'a record that does not hold its header',
      sealed(TOOL, [14, 0, 3, 0]),
      'ERR_HASH_RECORD_LENGTH',
      'byte 32: a record of 3 bytes does not fit before byte 36',
    ],
    [
      'a record that runs over the end',
      sealed(TOOL, [14, 0, 6, 0, 65]),
      'ERR_HASH_RECORD_LENGTH',
      'byte 32: a record of 6 bytes does not fit before byte 37',
    ],
    [
      'half a record header',
      sealed(TOOL, [14, 0]),
      'ERR_HASH_RECORD_LENGTH',
      'byte 32: a record of 0 bytes does not fit before byte 34',
    ],
    [
      'a record that is too short for its type',
      sealed(TOOL, [9, 0, 6, 0, 1, 1]),
      'ERR_HASH_RECORD_SHORT',
      'record 9 (display) at byte 32: a payload of 2 bytes ends before byte 4',
    ],
    [
      'an enumerator with a lying length',
      sealed(TOOL, [8, 0, 18, 0, 9, 0, 0, 0, 2, 0, 0, 0, 0, 1, 0xff, 0xff, 0xff, 0xff]),
      'ERR_HASH_RECORD_SHORT',
      'record 8 (network adapter) at byte 32: a payload of 14 bytes ends before byte 4294967309',
    ],
    [
      'a disk larger than a number can say',
      sealed(TOOL, [6, 0, 16, 0, 0, 0, 0, 0, 0, 0, 0, 1, 17, 0, 0, 1]),
      'ERR_HASH_NUMBER',
      'record 6 (disk) at byte 32: 72057594037927936 is too large',
    ],
    ['no record', sealed(), 'ERR_HASH_EMPTY', 'byte 4: the hash holds no record'],
    ['a text in a text', 'T0FH=AAA', 'ERR_HASH_BASE64', 'character 5 is not base64'],
    [
      'a novel',
      'A'.repeat(98_305),
      'ERR_HASH_TOO_LARGE',
      '98305 characters are no hardware hash: it has at most 98304',
    ],
    [
      'many bytes',
      new Uint8Array(73_729),
      'ERR_HASH_TOO_LARGE',
      '73729 bytes are no hardware hash: it has at most 73728',
    ],
  ])('refuses %s', (_, input, code, message) => {
    expect(() => decodeHardwareHash(input)).toThrow(expect.objectContaining({ name: 'DecodeError', code, message }))
  })
})

describe('base64 of a hardware hash', () => {
  const ofLength = (rest: number) =>
    [0, 1, 2].map((more) => sealed(TOOL, record(40, new Uint8Array(more)))).find(({ length }) => length % 3 === rest)!

  test.each([0, 1, 2])('of a length that leaves %i by 3 gives back the bytes', (rest) => {
    const bytes = ofLength(rest)
    const decoded = decodeHardwareHash(hardwareHashToBase64(bytes))
    expect(Buffer.from(encodeHardwareHash(decoded)).equals(bytes)).toBe(true)
  })

  test('that ends before the last zero of the checksum is not whole, unless it is only its digits that are dropped', () => {
    const candidates = Array.from({ length: 3000 }, (_, index) =>
      sealed(TOOL, record(40, [index & 255, index >> 8, 1])),
    )
    const bytes = candidates.find((candidate) => candidate.at(-1) === 0)!
    const cut = hardwareHashToBase64(bytes.subarray(0, -1))
    expect(cut).toMatch(/=$/)
    expect(refusal(() => decodeHardwareHash(cut))).toBe('ERR_HASH_TRUNCATED')
    expect(decodeHardwareHash(hardwareHashToBase64(bytes).replace(/[A=]+$/, '')).unknown).toHaveLength(1)
  })
})

describe('an encoder of hardware hashes', () => {
  test.each([
    ['text that is not ASCII', { sku: 'ü' }, '"ü" is not printable ASCII'],
    ['a NUL in a text', { sku: 'a\0' }, '"a\\u0000" is not printable ASCII'],
    ['a long CPU name', { processorModel: 'x'.repeat(49) }, 'a CPU brand string has at most 48 characters, not 49'],
    ['a short modulus', { ekPublicModulus: new Uint8Array(255) }, 'an EK modulus has 256 bytes, not 255'],
    ['a bar in a disk name', { diskSerial: { serial: '|', product: '', vendor: '' } }, 'a disk name holds the'],
    ['no UUID', { smbiosUuid: '0011' }, '"0011" is no UUID'],
    ['a number that does not fit', { panelCm: { width: 65_536, height: 1 } }, '65536 does not fit 2 unsigned bytes'],
    ['a negative number', { panelCm: { width: -1, height: 1 } }, '-1 does not fit 2 unsigned bytes'],
    ['a text that fills the hash', { sku: 'x'.repeat(3000) }, 'does not fit a hardware hash of 3000 bytes'],
    ['half a second', { tool: { ...fullReport().tool!, time: 946_684_800_500 } }, '0.5 does not fit 4 unsigned bytes'],
    ['a build of three parts', { tool: { ...fullReport().tool!, osBuild: '10.0.1' } }, '"10.0.1" is not a four-part'],
    [
      'the offset that means "not set"',
      { tool: { ...fullReport().tool!, utcOffsetQuarters: 120 } },
      '120 quarter hours mean "not set": pass null',
    ],
  ])('refuses %s', (_, change, message) => {
    expect(() => encodeHardwareHash({ ...fullReport(), ...change })).toThrow(message)
  })
})

function codeOf(action: () => unknown): string {
  try {
    action()
  } catch (error) {
    return (error as { code: string }).code
  }
  return 'no error'
}
