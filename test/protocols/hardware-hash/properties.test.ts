import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { DecodeError } from '../../../src/domain/trouble.ts'
import { decodeHardwareHash } from '../../../src/protocols/hardware-hash/decode.ts'
import { encodeHardwareHash, hardwareHashToBase64 } from '../../../src/protocols/hardware-hash/encode.ts'
import { fieldRows } from '../../../src/protocols/hardware-hash/field-rows.ts'
import { type HashInspection, inspectHardwareHash } from '../../../src/protocols/hardware-hash/inspect.ts'
import { fuzz, lcg } from '../fuzz.ts'
import { fullReport } from './full-report.ts'
import { randomReport } from './random-report.ts'

const hasRecords = (report: object) => Object.values(report).some((value) => !Array.isArray(value) || value.length > 0)

test('decode(encode(report)) is the report, whatever it holds', () => {
  const below = lcg(1)
  for (let round = 0; round < 500; round++) {
    const report = randomReport(below)
    if (hasRecords(report)) expect(decodeHardwareHash(encodeHardwareHash(report))).toEqual(report)
  }
})

/** Shuffles, repeats, cuts and stretches the records of a hash; the checksum is right again. */
function disarranged(hash: Uint8Array, below: (limit: number) => number): Uint8Array {
  const view = Buffer.from(hash)
  const records: Buffer[] = []
  for (let at = 4; at < view.readUInt16LE(2); at += view.readUInt16LE(at + 2)) {
    records.push(Buffer.from(view.subarray(at, at + view.readUInt16LE(at + 2))))
  }
  for (let count = below(8); count > 0; count--) {
    const [from, to] = [below(records.length), below(records.length)]
    records.splice(to, 0, ...(below(2) === 0 ? records.splice(from, 1) : [records[from]!]))
    const more = Buffer.concat([records[to]!, Buffer.from(Array.from({ length: below(6) }, () => below(256)))])
    more.writeUInt16LE(more.length, 2)
    if (below(2) === 0) records[to] = more
  }
  const covered = Buffer.concat([view.subarray(0, 4), ...records])
  covered.writeUInt16LE(covered.length, 2)
  const checksum = createHash('sha256').update(covered).digest()
  const tail = Buffer.alloc(
    below(3) === 0 ? below(2000) : Math.max(0, 3000 - covered.length - 36),
    below(5) === 0 ? 7 : 0,
  )
  return Uint8Array.from(Buffer.concat([covered, Buffer.of(0x43, 0x53, 0x24, 0), checksum, tail]))
}

test('encode(decode(bytes)) is the bytes, however the records stand', () => {
  const below = lcg(2)
  let read = 0
  for (let round = 0; round < 1000; round++) {
    const hash = disarranged(encodeHardwareHash(fullReport()), below)
    // A number may be stretched over 2^53, or a length may lie: then it is no valid hash.
    if (codeOf(() => decodeHardwareHash(hash)) !== undefined) continue
    read++
    expect(Buffer.compare(encodeHardwareHash(decodeHardwareHash(hash)), hash)).toBe(0)
  }
  expect(read).toBeGreaterThan(900)
})

describe('any input is a value or one DecodeError', () => {
  const base64 = hardwareHashToBase64(encodeHardwareHash(fullReport())).replace(/A+$/, '')

  test('for mutations of the text', () => {
    const strict = fuzz(base64, decodeHardwareHash, 1500)
    expect(strict.other).toEqual([])
    expect(strict.refused).toBeGreaterThan(1000)
    const tolerant = fuzz(base64, inspectHardwareHash, 1500)
    expect(tolerant.other).toEqual([])
    expect(tolerant.values).toBeGreaterThan(1000)
  })

  test('for mutations of the bytes, with a checksum that fits and one that does not', () => {
    const below = lcg(3)
    const codes = new Set<string | undefined>()
    for (let round = 0; round < 1500; round++) {
      const hash = encodeHardwareHash(fullReport())
      for (let count = 1 + below(4); count > 0; count--) hash[below(1100)] = below(256)
      if (below(2) === 0) seal(hash)
      const cut = hash.slice(0, below(3) === 0 ? below(3000) : 3000)
      const code = codeOf(() => decodeHardwareHash(cut))
      codes.add(code)
      expectSound(cut, code)
    }
    expect(codes).toEqual(
      new Set([
        'ERR_HASH_CHECKSUM',
        'ERR_HASH_MAGIC',
        'ERR_HASH_NUMBER',
        'ERR_HASH_RECORD_LENGTH',
        'ERR_HASH_RECORD_SHORT',
        'ERR_HASH_TRUNCATED',
        undefined,
      ]),
    )
  })

  test('for noise behind the magic', () => {
    const below = lcg(4)
    for (let round = 0; round < 2000; round++) {
      const noise = Uint8Array.from({ length: 4 + below(300) }, () => below(below(2) === 0 ? 8 : 256))
      noise.set([0x4f, 0x41])
      expectSound(
        noise,
        codeOf(() => decodeHardwareHash(noise)),
      )
    }
  })
})

/** A strict refusal is among the findings of an inspection, and nothing else makes an error of it. */
function expectSound(hash: Uint8Array, code: string | undefined) {
  let inspection: HashInspection
  try {
    inspection = inspectHardwareHash(hash)
  } catch (error) {
    expect(error).toBeInstanceOf(DecodeError)
    expect((error as DecodeError).code).toBe(code)
    return
  }
  const errors = inspection.findings.filter(({ severity }) => severity === 'error')
  expect(errors.length > 0).toBe(code !== undefined)
  if (code === undefined) expect(inspection.report).toEqual(decodeHardwareHash(hash))
  expect(fieldRows(inspection.report)).toBeInstanceOf(Array)
  for (const { offset } of inspection.findings) expect(offset).toBeLessThanOrEqual(hash.length)
}

/** Corrects the checksum where the records say it is. */
function seal(hash: Uint8Array) {
  const end = Buffer.from(hash).readUInt16LE(2)
  if (end + 36 > hash.length) return
  hash.set(createHash('sha256').update(hash.subarray(0, end)).digest(), end + 4)
  hash.set([0x43, 0x53, 0x24, 0], end)
}

function codeOf(action: () => unknown): string | undefined {
  try {
    action()
  } catch (error) {
    if (error instanceof DecodeError) return error.code
    throw error
  }
  return undefined
}

test('input that is as long as it may be takes no more than a moment', () => {
  const startedAt = performance.now()
  for (const filler of ['A', '=', ' ', '+', 'T0E', 'A=', '\n=']) {
    const text = filler.repeat(Math.floor(98_304 / filler.length))
    expect(codeOf(() => decodeHardwareHash(text))).toBeDefined()
    expect(codeOf(() => inspectHardwareHash(text)) !== undefined).toBe(filler !== 'T0E')
  }
  // 18 000 records of four bytes, each of the same kind.
  const many = new Uint8Array(73_728)
  for (let at = 4; at < many.length; at += 4) many.set([8, 0, 4, 0], at)
  many.set([0x4f, 0x41, 0xff, 0xff])
  expect(inspectHardwareHash(many).records.length).toBeGreaterThan(10_000)
  expect(performance.now() - startedAt).toBeLessThan(10_000)
})
