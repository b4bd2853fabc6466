import { describe, expect, test } from 'vitest'
import { decodeHardwareHash } from '../../../src/protocols/hardware-hash/decode.ts'
import { encodeHardwareHash, standardHardwareHash } from '../../../src/protocols/hardware-hash/encode.ts'
import { fullReport } from './full-report.ts'
import { record, sealed, TOOL, text } from './sealed.ts'

const ADAPTER = record(8, [9, 0, 0, 0, 2, 0x53, 0x49, 0x4d, 0, 1, 8, 0, 0, 0, ...Buffer.from('PCI\0', 'utf16le')])

/** Hashes whose bytes the encoder would not write of itself. */
const UNUSUAL: [string, Uint8Array][] = [
  ['records in another order', sealed(record(16, text('Contoso\0')), TOOL, record(14, text('SIM-1\0')))],
  ['no tool header', sealed(record(14, text('SIM-1\0')), record(16, text('Contoso\0')))],
  ['a text twice', sealed(TOOL, record(14, text('A\0')), record(14, text('B\0')), record(14, text('C\0')))],
  ['a text without NUL', sealed(TOOL, record(14, text('SIM-1')))],
  ['a text with something behind its NUL', sealed(TOOL, record(14, text('SIM-1\0left over')))],
  ['an empty text without a byte', sealed(TOOL, record(18, []))],
  ['a text in Latin-1', sealed(TOOL, record(16, text('F\u00fcjitsu\0')))],
  ['a CPU name of 20 bytes', sealed(TOOL, record(4, text('Simulated CPU\0\0\0\0\0\0\0')))],
  ['processor counts with more behind them', sealed(TOOL, record(2, [9, 0, 1, 0, 2, 0, 4, 0, 1, 7, 7, 7, 7, 7]))],
  ['processor counts without the zeros', sealed(TOOL, record(2, [9, 0, 1, 0, 2, 0, 4, 0, 2]))],
  ['a long tool header', sealed(record(1, new Uint8Array(40)))],
  ['an enclosure with a fifth byte', sealed(TOOL, record(10, [31, 2, 0, 0xc1, 9]))],
  ['a disk name with two parts', sealed(TOOL, record(7, text('serial|product')))],
  ['a disk name with a NUL', sealed(TOOL, record(7, text('serial|product|vendor\0')))],
  ['adapters among other records', sealed(ADAPTER, TOOL, ADAPTER, record(14, text('A\0')), ADAPTER)],
  ['an adapter without NUL', sealed(TOOL, record(8, [9, 0, 0, 0, 2, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0x50, 0]))],
  ['an adapter with half a character', sealed(TOOL, record(8, [9, 0, 0, 0, 2, 0, 0, 0, 0, 1, 3, 0, 0, 0, 0x50, 0, 1]))],
  ['an endorsement key of 3072 bits', sealed(TOOL, record(25, new Uint8Array(384).fill(0xa5)))],
  ['unknown records between known ones', sealed(record(34, [1]), TOOL, record(35, []), record(14, text('A\0')))],
  ['a checksum record among the others', sealed(TOOL, record(0x5343, new Uint8Array(32)), record(14, text('A\0')))],
  ['a UUID with more behind it', sealed(TOOL, record(12, new Uint8Array(20)))],
]

const padded = (hash: Uint8Array, size: number, fill = 0) => {
  const larger = new Uint8Array(size).fill(fill, hash.length)
  larger.set(hash)
  return larger
}

describe('a hash that was read gives back its bytes', () => {
  test.each(UNUSUAL)('with %s', (_, hash) => {
    const report = decodeHardwareHash(hash)
    expect(encodeHardwareHash(report)).toEqual(hash)
    expect(report.layout).toBeDefined()
  })

  test.each(UNUSUAL)('in 3000 bytes too, with %s', (_, hash) => {
    const standard = padded(hash, 3000)
    expect(standardHardwareHash(decodeHardwareHash(hash))).toEqual(standard)
    const again = decodeHardwareHash(standard)
    expect(again.layout?.tail).toBeUndefined()
    expect(encodeHardwareHash(again)).toEqual(standard)
  })

  const whole = encodeHardwareHash(fullReport())
  const end = Buffer.from(whole).readUInt16LE(2) + 36
  test.each([
    ['nothing behind the checksum', whole.slice(0, end)],
    ['fewer zeros', whole.slice(0, end + 1)],
    ['more zeros', padded(whole, 4096)],
    ['something in the padding', padded(whole.slice(0, end), 3000, 0xee)],
  ])('with %s', (_, hash) => {
    const report = decodeHardwareHash(hash)
    expect(encodeHardwareHash(report)).toEqual(hash)
    expect(report).toEqual({ ...fullReport(), layout: { tail: hash.slice(end) } })
    expect(standardHardwareHash(report)).toEqual(whole)
  })
})

test('what the encoder wrote itself has no layout', () => {
  expect(decodeHardwareHash(encodeHardwareHash(fullReport()))).not.toHaveProperty('layout')
})

describe('a report that was read and changed', () => {
  const read = () => decodeHardwareHash(sealed(record(16, text('Contoso')), TOOL, record(14, text('SIM-1')), ADAPTER))

  test('is written in its order, the changed value in the usual way', () => {
    const changed = { ...read(), serialNumber: 'SIM-22' }
    const expected = sealed(record(16, text('Contoso')), TOOL, record(14, text('SIM-22\0')), ADAPTER)
    expect(encodeHardwareHash(changed)).toEqual(expected)
  })

  test('loses what is taken out, and has what is new at its end', () => {
    const { manufacturer: _, ...changed } = { ...read(), sku: 'S' }
    changed.adapters = [...changed.adapters, { medium: 14, mac: '02:00:00:00:00:01', enumerator: 'USB' }]
    const usb = [14, 0, 0, 0, 2, 0, 0, 0, 0, 1, 8, 0, 0, 0, ...Buffer.from('USB\0', 'utf16le')]
    const expected = sealed(TOOL, record(14, text('SIM-1')), ADAPTER, record(8, usb), record(18, text('S\0')))
    expect(encodeHardwareHash(changed)).toEqual(expected)
  })

  test('may not keep a text that the encoder would not write', () => {
    const latin = decodeHardwareHash(sealed(TOOL, record(16, text('F\u00fcjitsu\0'))))
    expect(() => encodeHardwareHash({ ...latin, manufacturer: 'F\u00fcj' })).toThrow('is not printable ASCII')
  })
})
