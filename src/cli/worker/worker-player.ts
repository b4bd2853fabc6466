import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { type Player, PlayerLost } from '../../explore/pool.ts'
import { startWorkerProcess } from '../../ports/worker-process.ts'
import type { FromWorker, TaskName, Tasks, ToWorker } from './tasks.ts'

/** The worker is a program beside the bundle; run from its sources, this program has none, and plays all in its own process. */
const WORKER = fileURLToPath(new URL('./worker.js', import.meta.url))

export const hasWorkers = (): boolean => existsSync(WORKER)

/** A player in another process. Only data goes in and out. @param flags of its Node */
export function workerPlayer<Name extends TaskName>(
  task: Name,
  flags: readonly string[] = [],
): Player<Tasks[Name]['job'], Tasks[Name]['result'], Tasks[Name]['progress']> {
  const worker = startWorkerProcess(WORKER, flags)
  let isReady = false
  let lost: string | undefined
  let onMessage: (message: FromWorker) => void = () => {}
  let onLost: () => void = () => {}
  worker.onMessage((message) => {
    if ((message as FromWorker).kind === 'ready') isReady = true
    else onMessage(message as FromWorker)
  })
  worker.onEnd((how) => {
    lost = how
    onLost()
  })
  const send = (message: ToWorker): void => worker.send(message)
  return {
    play: (job, onProgress) =>
      new Promise((done, fail) => {
        const lose = (how: string) => fail(new PlayerLost(how, isReady))
        onLost = () => lose(isReady ? `its process ended: ${lost}` : `no process could be started for it: ${lost}`)
        if (lost !== undefined) return onLost()
        onMessage = (message) => {
          if (message.kind === 'progress') onProgress(message.progress as Tasks[Name]['progress'])
          else if (message.kind === 'result') done(message.result as Tasks[Name]['result'])
          else if (message.kind === 'failed') lose(message.stack)
        }
        send({ kind: 'job', task, job })
      }),
    stop: (code) => send({ kind: 'stop', code }),
    end: () => worker.disconnect(),
  }
}
