import { join } from 'node:path'
import { UserError } from '../../domain/trouble.ts'
import { type Player, type Pool, playAll } from '../../explore/pool.ts'
import { type Batch, batchesOf, type FleetShard } from '../../fleet/batches.ts'
import type { FleetEngine, FleetListener } from '../../fleet/engine.ts'
import { SEGMENTS } from '../../fleet/fleet-folder.ts'
import type { FleetPlan } from '../../fleet/plan.ts'
import { completeIn } from '../../fleet/read-segment.ts'
import { hasWorkers, workerPlayer } from '../worker/worker-player.ts'
import type { FleetJob, FleetProgress } from './fleet-job.ts'
import { playFleetJob } from './fleet-task.ts'

export interface LocalOptions {
  plan: FleetPlan
  /** Of the fleet. */
  folder: string
  workers: number
  shard?: FleetShard
  /** Unix milliseconds. */
  startedAt: number
  /** Under way in all processes together, at most. */
  abreast: number
}

/** A batch whose process was lost is begun again so often. */
const ROUNDS_MAX = 3

/** A quarter of V8's young generation: less of what is soon gone counts as old beside devices that wait (docs/benchmark.md). */
const NODE_FLAGS = ['--max-semi-space-size=4']

interface FleetStop {
  code: number | undefined
  onStop(listener: (code: number) => void): () => void
}

/** Processes of this machine. With a shard it is the static engine: others play the other parts, and need not know of this one. */
export function localEngine(options: LocalOptions): FleetEngine {
  const { plan, folder, shard } = options
  const segments = join(folder, SEGMENTS)
  const listeners = new Set<FleetListener>()
  const stopListeners = new Set<(code: number) => void>()
  const name = shard ? 'static' : 'local'
  let pool: Pool | undefined
  const stopping: FleetStop = {
    code: undefined,
    onStop(listener) {
      stopListeners.add(listener)
      return () => void stopListeners.delete(listener)
    },
  }
  const left = (): Batch[] => {
    const complete = completeIn(segments)
    return batchesOf(plan.count, plan.batch, shard).filter(({ number }) => !complete.has(number))
  }
  const hear = (progress: FleetProgress) => {
    for (const listener of listeners) {
      if ('device' in progress) listener.onDevice?.(progress.device)
      else if ('batch' in progress) listener.onBatch?.(progress.batch)
    }
  }
  const note = (text: string) => {
    for (const listener of listeners) listener.onNote?.(text)
  }
  const round = async (batches: readonly Batch[]): Promise<void> => {
    const size = Math.min(options.workers, options.abreast, batches.length)
    const jobs = jobsOf(options, batches, size, name, segments)
    let trouble: UserError | undefined
    let started = 0
    pool = playAll<FleetJob, null, FleetProgress>(jobs, {
      size,
      start: () => {
        const share = shareOf(options.abreast, size, started++ % size)
        return withAbreast(
          size > 1 && hasWorkers() ? workerPlayer('playFleet', NODE_FLAGS) : playerHere(stopping),
          share,
        )
      },
      lost: (_, why) => {
        note(`a process was lost: ${why.message.split('\n')[0]}`)
        return null
      },
      onResult() {},
      onNotPlayed() {},
      onProgress(progress) {
        if ('trouble' in progress) {
          trouble ??= new UserError(progress.trouble.code, progress.trouble.message, progress.trouble.details)
          pool?.stop(0)
        } else hear(progress)
      },
    })
    await pool.done
    if (trouble) throw trouble
  }
  return {
    name,
    plan: async () => left(),
    async start(batches) {
      let rest = batches
      for (let turn = 1; turn <= ROUNDS_MAX && rest.length > 0 && stopping.code === undefined; turn++) {
        if (turn > 1) note(`${rest.length} ${rest.length === 1 ? 'batch is' : 'batches are'} begun again`)
        await round(rest)
        const open = new Set(left().map(({ number }) => number))
        rest = rest.filter(({ number }) => open.has(number))
      }
    },
    watch(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    cancel(code) {
      stopping.code = code
      for (const listener of stopListeners) listener(code)
      pool?.stop(code)
    },
  }
}

/** Where each device has its time, a process has its share of all batches; else it takes one after the other. */
function jobsOf(
  { plan, startedAt }: LocalOptions,
  batches: readonly Batch[],
  size: number,
  engine: string,
  folder: string,
): FleetJob[] {
  const job = (some: readonly Batch[]): FleetJob => ({ plan, batches: some, folder, engine, startedAt, abreast: 1 })
  if (plan.arrival.kind === 'closed' && size > 1) return batches.map((batch) => job([batch]))
  return Array.from({ length: size }, (_, one) => job(batches.filter((__, index) => index % size === one)))
}

const shareOf = (abreast: number, size: number, index: number): number =>
  Math.floor(abreast / size) + (index < abreast % size ? 1 : 0)

function withAbreast(
  player: Player<FleetJob, null, FleetProgress>,
  abreast: number,
): Player<FleetJob, null, FleetProgress> {
  return {
    play: (job, onProgress) => player.play({ ...job, abreast }, onProgress),
    stop: (code) => player.stop(code),
    end: () => player.end(),
  }
}

const playerHere = (stopping: FleetStop): Player<FleetJob, null, FleetProgress> => ({
  async play(job, onProgress) {
    await playFleetJob(job, stopping, onProgress)
    return null
  },
  // It hears of the end itself.
  stop() {},
  end() {},
})
