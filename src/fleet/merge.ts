import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { UserError } from '../domain/trouble.ts'
import { type Batch, batchesOf, type FleetShard, shardOf } from './batches.ts'
import { type FleetManifest, readManifest, SEGMENTS } from './fleet-folder.ts'
import { isComplete, readSegment } from './read-segment.ts'
import { type SegmentFile, segmentsIn } from './segment.ts'
import { Totals } from './totals.ts'

/** A batch that no attempt has played to its end. */
export interface MissingBatch extends Batch {
  /** Where the fleet has parts: the one that has it. */
  shard?: number
  /** Devices of it that an incomplete attempt has. */
  played: number
}

export interface MergedFleet {
  manifest: FleetManifest
  /** One part alone, of several: it is not judged. */
  part?: FleetShard
  /** Devices that are expected: of all parts, or of this one. */
  expected: number
  totals: Totals
  missing: MissingBatch[]
  /** Parts without a folder. */
  missingShards: number[]
  /** Batches that were begun more than once, and devices that were played to the end more than once. */
  repeated: { batches: number; devices: number }
  generator: { cpuMs: number; wallMs: number; rssBytes: number; braked: number; batches: number }
}

/**
 * What a fleet came to, from the segments of all its folders: of each batch the highest attempt that is complete counts, and what is
 * incomplete counts where there is nothing else. One batch is in memory at a time.
 *
 * @throws UserError `ERR_FLEET_FOLDER`, `ERR_FLEET_SEGMENT`; `ERR_FLEET_OTHER` for folders of different fleets
 */
export function mergeFleet(folders: readonly string[]): MergedFleet {
  return merge(folders, false)
}

/** What one part came to, as far as its machine knows. Codes as {@link mergeFleet}. */
export function mergePart(folder: string): MergedFleet {
  return merge([folder], true)
}

function merge(folders: readonly string[], isPart: boolean): MergedFleet {
  const parts = folders.map((folder) => ({ folder, manifest: manifestIn(folder) }))
  const { manifest } = parts[0]!
  for (const one of parts) refuseOther(one, parts[0]!)
  const { count, batch: size, shard } = manifest
  const shards = shard?.count ?? 1
  const byBatch = new Map<number, SegmentFile[]>()
  for (const { folder } of parts) {
    const segments = join(folder, SEGMENTS)
    for (const file of existsSync(segments) ? segmentsIn(segments) : []) {
      const known = byBatch.get(file.batch)
      if (known) known.push(file)
      else byBatch.set(file.batch, [file])
    }
  }
  const isOne = isPart && shard !== undefined
  const expected = batchesOf(count, size, isOne ? shard : undefined)
  const merged: MergedFleet = {
    manifest,
    ...(isOne ? { part: shard } : {}),
    expected: expected.reduce((sum, { from, to }) => sum + to - from, 0),
    totals: new Totals(),
    missing: [],
    missingShards: isPart
      ? []
      : missingShards(
          parts.map(({ manifest: { shard: one } }) => one?.index ?? 1),
          shards,
        ),
    repeated: { batches: 0, devices: 0 },
    generator: { cpuMs: 0, wallMs: 0, rssBytes: 0, braked: 0, batches: 0 },
  }
  for (const batch of expected) {
    const { number } = batch
    const files = (byBatch.get(number) ?? []).sort((a, b) => b.attempt - a.attempt)
    addBatch(merged, batch, files, shard ? { shard: shardOf(number, shards) } : {})
  }
  return merged
}

function addBatch(merged: MergedFleet, batch: Batch, files: readonly SegmentFile[], shard: { shard?: number }): void {
  const { totals, repeated, generator, manifest } = merged
  if (files.length > 1) repeated.batches++
  const complete = files.filter(isComplete)
  const chosen = complete[0] ?? files[0]
  let played = 0
  if (chosen) {
    const { end } = readSegment(chosen, manifest.fleet, (line) => {
      played++
      totals.add(line)
    })
    repeated.devices += Math.max(0, complete.length - 1) * (batch.to - batch.from)
    if (end) {
      generator.batches++
      generator.cpuMs += end.use.cpuMs
      generator.wallMs += end.use.wallMs
      generator.rssBytes = Math.max(generator.rssBytes, end.use.rssBytes)
      generator.braked += end.use.braked
    }
  }
  if (complete.length === 0) merged.missing.push({ ...batch, ...shard, played })
}

const missingShards = (present: readonly number[], count: number): number[] =>
  Array.from({ length: count }, (_, index) => index + 1).filter((index) => !present.includes(index))

function manifestIn(folder: string): FleetManifest {
  const manifest = readManifest(folder)
  if (!manifest) throw new UserError('ERR_NOT_FOUND', `${folder} holds no fleet`)
  return manifest
}

interface Part {
  folder: string
  manifest: FleetManifest
}

function refuseOther(one: Part, first: Part): void {
  const [a, b] = [one.manifest, first.manifest]
  if (a.product !== b.product) {
    throw new UserError(
      'ERR_FLEET_OTHER',
      `${one.folder} is of oobe-sim ${a.product}, ${first.folder} of ${b.product}`,
      ['All parts of a fleet are played by the same version'],
    )
  }
  if (a.fleet !== b.fleet) {
    throw new UserError('ERR_FLEET_OTHER', `${one.folder} and ${first.folder} are of different fleets`, [
      'All parts have the same plan, with the same files of the library',
    ])
  }
  if ((a.shard?.count ?? 1) !== (b.shard?.count ?? 1)) {
    throw new UserError(
      'ERR_FLEET_OTHER',
      `${one.folder} is one of ${a.shard?.count ?? 1} parts, ${first.folder} one of ${b.shard?.count ?? 1}`,
    )
  }
}
