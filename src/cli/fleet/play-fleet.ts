import { abreastOf, refuseTooLarge } from '../../fleet/demands.ts'
import { mergePart } from '../../fleet/merge.ts'
import { loadPlan } from '../../fleet/plan.ts'
import { machineLimits } from '../../ports/machine.ts'
import { checkTarget } from '../../scenario/check-target.ts'
import { printNote } from '../print.ts'
import { stopOnSignals } from '../stopping.ts'
import { LiveFleet, plainBoard, terminalBoard } from './board.ts'
import type { FleetOptions } from './fleet-options.ts'
import { targetOfPlan } from './fleet-target.ts'
import { localEngine } from './local-engine.ts'
import { serveMetrics } from './metrics.ts'
import { openFleetFolder } from './open-folder.ts'
import { tellResult } from './tell-result.ts'

/** `oobe fleet PLAN.yaml`. Codes as `loadPlan`, `targetOfPlan`, `checkTarget`, `refuseTooLarge` and `openFleetFolder`. */
export async function playFleet(options: FleetOptions): Promise<number> {
  const { operands, workers, shard, out, isResume, isJson } = options
  const plan = loadPlan(operands[0]!, options)
  const target = targetOfPlan(plan)
  if (target) await checkTarget(target)
  const abreast = abreastOf(plan, workers)
  const processes = Math.min(workers, abreast)
  refuseTooLarge(plan, { abreast, workers: processes }, machineLimits())
  const place = { out, isResume, ...(shard ? { shard } : {}) }
  const { startedAt } = openFleetFolder(plan, place)
  const engine = localEngine({ plan, folder: out, workers, startedAt, abreast, ...(shard ? { shard } : {}) })
  const batches = await engine.plan()
  const toPlay = batches.reduce((sum, { from, to }) => sum + to - from, 0)
  const live = new LiveFleet(plan, toPlay, plan.count - toPlay)
  const metrics = options.metrics === undefined ? undefined : await serveMetrics(live, options.metrics)
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
    await metrics?.close()
  }
  const code = tellResult(mergePart(out), out, isJson)
  return stopping.code ?? code
}
