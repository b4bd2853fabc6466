import { batchesOf } from '../../fleet/batches.ts'
import type { DeviceLine } from '../../fleet/device-line.ts'
import { loadPlan } from '../../fleet/plan.ts'
import { BatchPlayer } from '../../fleet/play-batches.ts'
import type { BatchResult, QueueWorker } from '../../fleet/queue.ts'
import type { GeneratorUse, SegmentSink } from '../../fleet/segment.ts'
import { VERSION } from '../../run/version.ts'
import { EXIT } from '../exit-codes.ts'
import { print, printNote } from '../print.ts'
import { silentKeys } from '../reported-keys.ts'
import { stopOnSignals } from '../stopping.ts'
import type { FleetOptions } from './fleet-options.ts'
import { targetOfPlan } from './fleet-target.ts'
import { abreastInJob } from './queue-engine.ts'
import { queueAddress, queuePackage, queueTrouble } from './queue-package.ts'

/** In hand at a time where devices have their times: those of a job wait for theirs. */
const OPEN_JOBS = 20

/** `oobe fleet worker PLAN.yaml --redis URL`: plays batches until the fleet is over. Codes as `loadPlan` and the package's. */
export async function workFleet(options: FleetOptions, url: string): Promise<number> {
  const plan = loadPlan(options.operands[0]!, options)
  let worker: QueueWorker | undefined
  const player = new BatchPlayer(plan, targetOfPlan(plan), silentKeys, (ms) => worker?.brake(ms))
  const batches = batchesOf(plan.count, plan.batch)
  const stopping = stopOnSignals()
  const stop = new AbortController()
  const undo = stopping.onStop(() => stop.abort())
  try {
    worker = await queueTrouble(
      (await queuePackage()).bullmqWorker({
        fleet: plan.id,
        product: VERSION,
        address: queueAddress(url),
        batchAt: (number) => batches[number],
        jobsAtOnce: plan.arrival.kind === 'closed' ? 1 : OPEN_JOBS,
        async play({ batch, attempt, sinceStart, stop: jobStop }) {
          const kept = inMemory(attempt)
          await player.play([batch], {
            open: () => kept.sink,
            sinceStart,
            abreast: abreastInJob(plan),
            stop: AbortSignal.any([jobStop, stop.signal]),
          })
          return kept.result()
        },
        hold: (ms) => void player.brake.hold(ms),
        onNote: printNote,
        stop: stop.signal,
      }),
    )
    print(`worker of ${plan.title}, fleet ${plan.id}`)
    await queueTrouble(worker.done)
  } finally {
    undo()
    stopping.release()
  }
  return stopping.code ?? EXIT.pass
}

/** What a batch comes to goes to the coordinator: a worker needs no disk. */
function inMemory(attempt: number): { sink: SegmentSink; result(): BatchResult | undefined } {
  const lines: DeviceLine[] = []
  let use: GeneratorUse | undefined
  return {
    sink: {
      attempt,
      write: (line) => void lines.push(line),
      end(used) {
        use = used
      },
      close() {},
    },
    result: () => use && { lines: lines.sort((a, b) => a.index - b.index), use },
  }
}
