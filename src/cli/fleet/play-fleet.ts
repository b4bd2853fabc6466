import { join } from 'node:path'
import { intendedStart } from '../../fleet/arrival.ts'
import { batchesOf, type FleetShard } from '../../fleet/batches.ts'
import { abreastOf, refuseTooLarge } from '../../fleet/demands.ts'
import { SEGMENTS } from '../../fleet/fleet-folder.ts'
import { mergePart } from '../../fleet/merge.ts'
import { type FleetPlan, loadPlan } from '../../fleet/plan.ts'
import { completeIn } from '../../fleet/read-segment.ts'
import { machineLimits } from '../../ports/machine.ts'
import { wallClock } from '../../ports/wall-clock.ts'
import { checkTarget } from '../../scenario/check-target.ts'
import { printNote } from '../print.ts'
import { stopOnSignals } from '../stopping.ts'
import { LiveFleet, plainBoard, terminalBoard } from './board.ts'
import type { FleetOptions } from './fleet-options.ts'
import { targetOfPlan } from './fleet-target.ts'
import { localEngine } from './local-engine.ts'
import { serveMetrics } from './metrics.ts'
import { openFleetFolder } from './open-folder.ts'
import { exportMetrics } from './otlp-export.ts'
import { queueEngine } from './queue-engine.ts'
import { tellResult } from './tell-result.ts'

/** `oobe fleet PLAN.yaml`. Codes as `loadPlan`, `targetOfPlan`, `checkTarget`, `refuseTooLarge` and `openFleetFolder`. */
export async function playFleet(options: FleetOptions): Promise<number> {
  const { operands, workers, shard, out, isResume, isJson, redis } = options
  const plan = loadPlan(operands[0]!, options)
  const target = targetOfPlan(plan)
  if (target) await checkTarget(target)
  const abreast = abreastOf(plan, workers)
  const processes = Math.min(workers, abreast)
  // Behind a queue others hold the devices.
  if (redis === undefined) refuseTooLarge(plan, { abreast, workers: processes }, machineLimits())
  const place = { out, isResume, ...(shard ? { shard } : {}) }
  openFleetFolder(plan, place)
  const beginsAtMs = beginOf(plan, out, shard)
  const engine =
    redis === undefined
      ? localEngine({
          plan,
          folder: out,
          workers,
          startedAt: wallClock() - beginsAtMs,
          abreast,
          ...(shard ? { shard } : {}),
        })
      : await queueEngine({ plan, folder: out, url: redis, beginsAtMs })
  const batches = await engine.plan()
  const toPlay = batches.reduce((sum, { from, to }) => sum + to - from, 0)
  const live = new LiveFleet(plan, toPlay, plan.count - toPlay)
  const metrics = options.metrics === undefined ? undefined : await serveMetrics(live, options.metrics)
  const otlp = options.otlp && exportMetrics(live, options.otlp)
  const { stderr } = process
  const isTerminal = stderr.isTTY && !isJson
  const board = isTerminal
    ? terminalBoard(live, () => ({ columns: stderr.columns || 80, rows: stderr.rows || 24 }))
    : plainBoard(live, printNote)
  engine.watch({
    onDevice: (line) => live.add(line),
    onNote: (text) => {
      if (isTerminal) live.notes.push(text)
      else printNote(text)
    },
  })
  const stopping = stopOnSignals()
  const undo = stopping.onStop((code) => engine.cancel(code))
  try {
    await engine.start(batches)
  } finally {
    undo()
    stopping.release()
    board.end()
    await Promise.all([metrics?.close(), otlp?.end()])
  }
  const code = tellResult(mergePart(out), out, isJson)
  return stopping.code ?? code
}

/** After an interruption the first device that is left starts at once, and those after it as far from it as the plan says. */
function beginOf(plan: FleetPlan, out: string, shard: FleetShard | undefined): number {
  const complete = completeIn(join(out, SEGMENTS))
  const first = batchesOf(plan.count, plan.batch, shard).find(({ number }) => !complete.has(number))
  return (complete.size > 0 && first && intendedStart(plan.arrival, first.from, plan.count, plan.seed)) || 0
}
