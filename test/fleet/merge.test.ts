import { appendFileSync, copyFileSync, mkdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { type FleetManifest, MANIFEST, SEGMENTS } from '../../src/fleet/fleet-folder.ts'
import { mergeFleet, mergePart } from '../../src/fleet/merge.ts'
import { resultOf } from '../../src/fleet/result.ts'
import { SegmentWriter, segmentName } from '../../src/fleet/segment.ts'
import { temporaryFolder } from '../cli/files.ts'
import { lineOf } from './lines.ts'

const USE = { cpuMs: 40, wallMs: 100, rssBytes: 1, braked: 0 }

const manifest: FleetManifest = {
  format: 1,
  product: '0.1.0',
  fleet: 'f',
  title: 'A fleet',
  plan: 'plan.yaml',
  count: 5,
  batch: 2,
  seed: 1,
  thresholds: ['failed < 30%', 'p95(enrollment) < 5s', 'p50(hello) < 1s'],
  isOpen: true,
  isReal: false,
  startedAt: 0,
}

/** A folder with these batches, each of them complete. */
function folderWith(batches: readonly number[], of: Partial<FleetManifest> = {}): string {
  const folder = temporaryFolder()
  writeFileSync(join(folder, MANIFEST), JSON.stringify({ ...manifest, ...of }))
  mkdirSync(join(folder, SEGMENTS))
  for (const number of batches) play(folder, number, 'whole')
  return folder
}

function play(folder: string, number: number, how: 'whole' | 'begun'): void {
  const batch = { number, from: number * 2, to: Math.min(5, number * 2 + 2) }
  const writer = new SegmentWriter(join(folder, SEGMENTS), 'f', batch, 'local')
  for (let index = batch.from; index < batch.to; index++) {
    writer.write(lineOf(index, writer.attempt))
    if (how === 'begun') {
      writer.close()
      return
    }
  }
  writer.end(USE)
}

test('counts, times and thresholds are of all devices, judged once', () => {
  const result = resultOf(mergeFleet([folderWith([0, 1, 2])]))
  expect(result).toMatchObject({ count: 5, devices: 5, passed: 4, failed: 1, isComplete: true, requests: 15 })
  expect(result.statuses).toEqual({ 200: 10, 503: 5 })
  expect(result.causes).toEqual([{ text: 'no licence', code: '0x80180018', devices: 1, example: 1 }])
  expect(result.thresholds.map(({ text, holds, said }) => [text, holds, said])).toEqual([
    ['failed < 30%', true, '20.00%'],
    ['p95(enrollment) < 5s', false, '5.0s'],
    ['p50(hello) < 1s', false, 'nothing was measured'],
  ])
})

test('the highest attempt that is complete counts, whatever was begun after it', () => {
  const folder = folderWith([0, 1, 2])
  const before = mergeFleet([folder])
  play(folder, 1, 'whole')
  play(folder, 1, 'begun')
  const after = mergeFleet([folder])
  expect(after.totals.digest).toBe(before.totals.digest)
  expect([after.totals.devices, after.repeated]).toEqual([5, { batches: 1, devices: 2 }])
})

test('a batch that was killed in its middle is incomplete: what it has is counted, and the line that was cut is not', () => {
  const folder = folderWith([0, 2])
  play(folder, 1, 'begun')
  appendFileSync(join(folder, SEGMENTS, segmentName(1, 1)), '{"kind":"device","index":3,"ser')
  const { totals, missing } = mergeFleet([folder])
  expect([totals.devices, missing]).toEqual([4, [{ number: 1, from: 2, to: 4, played: 1 }]])
})

test('a process that was killed before its first line leaves an empty file', () => {
  const folder = folderWith([0, 1])
  writeFileSync(join(folder, SEGMENTS, segmentName(2, 1)), '')
  expect(mergeFleet([folder]).missing).toEqual([{ number: 2, from: 4, to: 5, played: 0 }])
})

test('parts are the whole, in whatever order; a missing one has its number', () => {
  const whole = mergeFleet([folderWith([0, 1, 2])]).totals.digest
  const one = folderWith([0, 2], { shard: { index: 1, count: 2 } })
  const two = folderWith([1], { shard: { index: 2, count: 2 } })
  expect(mergeFleet([two, one]).totals.digest).toBe(whole)
  const lacking = mergeFleet([one])
  expect([lacking.missingShards, lacking.missing]).toEqual([[2], [{ number: 1, from: 2, to: 4, shard: 2, played: 0 }]])
  expect(resultOf(lacking).isComplete).toBe(false)
  const part = resultOf(mergePart(one))
  expect([part.isComplete, part.count, part.thresholds]).toEqual([true, 3, []])
})

test.each<[string, (segment: string) => void, string]>([
  [
    'a device that is there twice',
    (path) => writeFileSync(path, readFileSync(path, 'utf8').replace('"index":3', '"index":2')),
    ':3: device 2 is here twice',
  ],
  [
    'a device of another batch',
    (path) => writeFileSync(path, readFileSync(path, 'utf8').replace('"index":3', '"index":0')),
    ':3: device 0 is of another batch',
  ],
  [
    'a line that is no JSON',
    (path) => writeFileSync(path, readFileSync(path, 'utf8').replace('"index":3', 'index:3')),
    ':3: this is no JSON: the file was changed',
  ],
  [
    'a line that was taken out',
    (path) => writeFileSync(path, readFileSync(path, 'utf8').replace(/.*"index":3.*\n/, '')),
    ':3: 1 devices are here, and 2 were written',
  ],
  [
    'another fleet',
    (path) => writeFileSync(path, readFileSync(path, 'utf8').replace('"fleet":"f"', '"fleet":"g"')),
    ':1: it is of another fleet: g',
  ],
])('refuses %s', (_, spoil, message) => {
  const folder = folderWith([0, 1, 2])
  const path = join(folder, SEGMENTS, segmentName(1, 1))
  spoil(path)
  expect(() => mergeFleet([folder])).toThrow(`${path}${message}`)
})

test('refuses a segment that was renamed', () => {
  const folder = folderWith([0, 1])
  const segments = join(folder, SEGMENTS)
  copyFileSync(join(segments, segmentName(0, 1)), join(segments, segmentName(2, 1)))
  expect(() => mergeFleet([folder])).toThrow('its name is that of another batch')
})

test('refuses parts of different fleets, versions and numbers of parts', () => {
  const one = folderWith([0], { shard: { index: 1, count: 2 } })
  expect(() => mergeFleet([one, folderWith([1], { fleet: 'g' })])).toThrow('are of different fleets')
  expect(() => mergeFleet([one, folderWith([1], { product: '9' })])).toThrow('is of oobe-sim 9')
  expect(() => mergeFleet([one, folderWith([1], { shard: { index: 2, count: 3 } })])).toThrow('is one of 3 parts')
})

test('a manifest that was cut off is refused', () => {
  const folder = folderWith([0])
  truncateSync(join(folder, MANIFEST), 40)
  expect(() => mergeFleet([folder])).toThrow('cannot be read')
  rmSync(join(folder, MANIFEST))
  expect(() => mergeFleet([folder])).toThrow('holds no fleet')
})

test('a generator that was late or busy says so', () => {
  const merged = mergeFleet([folderWith([0, 1, 2])])
  expect(resultOf(merged).warnings).toEqual([])
  merged.totals.times.lag.add(4_000, 100)
  merged.generator.cpuMs = merged.generator.wallMs * 0.93
  merged.generator.braked = 3
  expect(resultOf(merged).warnings).toEqual([
    expect.stringMatching(/^the generator was the bottleneck: of a hundred devices five started 4\.0 s late or more/),
    expect.stringMatching(/^the generator was busy: its processes used 93 % of a processor each/),
    'the generator braked: the service asked for a pause 3 times (429 or 503)',
  ])
})
