import { parentProcess } from '../../ports/worker-process.ts'
import { ignoreEndingSignals } from '../signals.ts'
import { stoppedByCalls } from '../stopping.ts'
import type { FromWorker, Task, TaskName, ToWorker } from './tasks.ts'

/** Loaded with the first job. */
const TASKS: { [Name in TaskName]: () => Promise<Task<Name>> } = {
  playCase: async () => (await import('../run/case-task.ts')).caseTask,
  playOrder: async () => (await import('../explore/order-task.ts')).orderTask,
  playCovered: async () => (await import('../mutate/mutate-tasks.ts')).coveredTask,
  playMutant: async () => (await import('../mutate/mutate-tasks.ts')).mutantTask,
  playWalk: async () => (await import('../explore/walk-task.ts')).walkTask,
  playFault: async () => (await import('../sweep/fault-task.ts')).faultTask,
  playFleet: async () => (await import('../fleet/fleet-task.ts')).fleetTask,
}

const send = (message: FromWorker): void => parentProcess.send(message)

// A terminal sends its signals to this process too: the parent decides what comes of them.
ignoreEndingSignals()
const { stopping, stop } = stoppedByCalls()
// Nothing is left to play for. What the journals lack is written on exit.
parentProcess.onGone(() => process.exit())
parentProcess.onMessage((message) => {
  const request = message as ToWorker
  if (request.kind === 'stop') stop(request.code)
  else void play(request.task, request.job)
})
send({ kind: 'ready' })

async function play(name: TaskName, job: unknown): Promise<void> {
  try {
    const task = (await TASKS[name]()) as (job: unknown, context: object) => Promise<unknown>
    const tell = (progress: unknown) => send({ kind: 'progress', progress })
    send({ kind: 'result', result: await task(job, { stopping, tell }) })
  } catch (error) {
    send({ kind: 'failed', stack: (error as Error | undefined)?.stack ?? String(error) })
  }
}
