import { readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { UserError } from '../../domain/trouble.ts'
import { batchesOf, type FleetShard } from '../../fleet/batches.ts'
import { type FleetManifest, MANIFEST, manifestOf, readManifest, SEGMENTS } from '../../fleet/fleet-folder.ts'
import type { FleetPlan } from '../../fleet/plan.ts'
import { completeIn } from '../../fleet/read-segment.ts'
import { segmentsIn } from '../../fleet/segment.ts'
import { wallClock } from '../../ports/wall-clock.ts'
import { makeFolderBelow, makeOutputFolder, replaceFile, writing } from '../new-file.ts'

/**
 * Makes the folder of a fleet. One that was played to its end is replaced; one that was not is continued or refused. Codes
 * `ERR_FLEET_UNFINISHED`, `ERR_FLEET_OTHER`, `ERR_NOT_FOUND` (nothing to resume), `ERR_OUTPUT_NOT_WRITABLE`.
 */
export function openFleetFolder(
  plan: FleetPlan,
  { out, shard, isResume }: { out: string; shard?: FleetShard; isResume: boolean },
): void {
  makeOutputFolder(out)
  const known = readManifest(out)
  const segments = makeFolderBelow(out, SEGMENTS)
  if (isResume) {
    refuseOther(plan, known, { out, ...(shard ? { shard } : {}) })
    return
  }
  // One that was refused before its first device has nothing to lose.
  if (known && segmentsIn(segments).length > 0 && !isFinished(known, segments)) {
    throw new UserError('ERR_FLEET_UNFINISHED', `${out} holds a fleet that was interrupted`, [
      '--resume plays what is left of it; --out names another folder',
    ])
  }
  for (const name of readdirSync(segments)) writing(segments, () => rmSync(join(segments, name)))
  write(out, manifestOf(plan, wallClock(), shard))
}

function refuseOther(
  plan: FleetPlan,
  known: FleetManifest | undefined,
  { out, shard }: { out: string; shard?: FleetShard },
): void {
  if (!known) throw new UserError('ERR_NOT_FOUND', `${out} holds no fleet to resume`)
  const isSame = known.fleet === plan.id && known.shard?.index === shard?.index && known.shard?.count === shard?.count
  if (!isSame) {
    throw new UserError(
      'ERR_FLEET_OTHER',
      `${out} holds another fleet: the plan, its files or this program have changed`,
      [
        `It was begun with ${known.plan}${known.shard ? ` --shard ${known.shard.index}/${known.shard.count}` : ''}, oobe-sim ${known.product}`,
      ],
    )
  }
}

function isFinished({ count, batch, shard }: FleetManifest, segments: string): boolean {
  const complete = completeIn(segments)
  return batchesOf(count, batch, shard).every(({ number }) => complete.has(number))
}

function write(out: string, manifest: FleetManifest): void {
  const path = join(out, MANIFEST)
  writing(path, () => replaceFile(path, `${JSON.stringify(manifest, undefined, 2)}\n`))
}
