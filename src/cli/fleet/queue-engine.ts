import { join } from 'node:path'
import { intendedStart } from '../../fleet/arrival.ts'
import { type Batch, batchesOf } from '../../fleet/batches.ts'
import type { FleetEngine } from '../../fleet/engine.ts'
import { SEGMENTS } from '../../fleet/fleet-folder.ts'
import type { FleetPlan } from '../../fleet/plan.ts'
import type { QueueEngineOptions } from '../../fleet/queue.ts'
import { completeIn } from '../../fleet/read-segment.ts'
import { SegmentWriter } from '../../fleet/segment.ts'
import { VERSION } from '../../run/version.ts'
import { queueAddress, queuePackage, queueTrouble } from './queue-package.ts'

export interface QueueOptions {
  plan: FleetPlan
  /** Of the fleet. */
  folder: string
  url: string
  beginsAtMs: number
}

/** This process is the coordinator: it gives the batches to the queue, and keeps what the workers send. Codes as the package's. */
export async function queueEngine({ plan, folder, url, beginsAtMs }: QueueOptions): Promise<FleetEngine> {
  const segments = join(folder, SEGMENTS)
  const { arrival, count, seed } = plan
  const options: QueueEngineOptions = {
    fleet: plan.id,
    product: VERSION,
    address: queueAddress(url),
    left: () => {
      const complete = completeIn(segments)
      return batchesOf(count, plan.batch).filter(({ number }) => !complete.has(number))
    },
    keep: (batch, attempt, { lines, use }) => {
      const writer = new SegmentWriter(segments, plan.id, batch, 'bullmq')
      for (const line of lines) writer.write({ ...line, attempt })
      writer.end(use)
    },
    ...(arrival.kind === 'closed' ? { jobsAtOnce: jobsAtOnce(plan) } : {}),
    startOf: ({ from }: Batch) => intendedStart(arrival, from, count, seed) ?? 0,
    beginsAtMs,
  }
  const engine = await queueTrouble((await queuePackage()).bullmqEngine(options))
  return { ...engine, start: (batches) => queueTrouble(engine.start(batches)) }
}

/** A job plays as many devices at once as its batch has, at most; so many jobs make up what the plan allows. */
const jobsAtOnce = (plan: FleetPlan): number => Math.max(1, Math.floor(abreastAll(plan) / abreastInJob(plan)))

const abreastAll = ({ arrival, count }: FleetPlan): number => (arrival.kind === 'closed' ? arrival.atOnce : count)

/** How many devices of a job are under way at a time. */
export const abreastInJob = (plan: FleetPlan): number =>
  plan.arrival.kind === 'closed' ? Math.min(plan.arrival.atOnce, plan.batch, ABREAST_MAX) : plan.batch

/** In one process more are of no use: a first boot against the mock is all processor. */
const ABREAST_MAX = 10
