import { availableParallelism } from 'node:os'
import { type Player, PlayerLost } from '../../explore/pool.ts'
import type { Stopping } from '../stopping.ts'
import type { TaskName, Tasks } from '../worker/tasks.ts'
import { hasWorkers, workerPlayer } from '../worker/worker-player.ts'

export interface StayingPlayers<Name extends TaskName> {
  /** How many jobs are played at once. */
  readonly size: number
  /** Results in the order of the jobs; fewer when it was stopped. */
  play(jobs: readonly Tasks[Name]['job'][]): Promise<Tasks[Name]['result'][]>
  end(): void
}

export interface StayingOptions<Name extends TaskName> {
  task: Name
  /** undefined: as many as there are cores */
  workers: number | undefined
  stopping: Stopping
  /** Plays a job in this process. */
  here(job: Tasks[Name]['job']): Promise<Tasks[Name]['result']>
  /** The result of a job whose process ended. */
  lost(job: Tasks[Name]['job'], why: PlayerLost): Tasks[Name]['result']
}

/** Players that stay for many batches of jobs: a process starts more slowly than a job is played. */
export function stayingPlayers<Name extends TaskName>(options: StayingOptions<Name>): StayingPlayers<Name> {
  type Job = Tasks[Name]['job']
  type Result = Tasks[Name]['result']
  const { task, workers, here, lost } = options
  const size = hasWorkers() ? (workers ?? availableParallelism()) : 1
  const start = (): Player<Job, Result, Tasks[Name]['progress']> =>
    size === 1 ? { play: here, stop() {}, end() {} } : workerPlayer(task)
  const players = new Map<number, ReturnType<typeof start>>()
  const stop = { isWanted: options.stopping.code !== undefined }
  const release = options.stopping.onStop(() => {
    stop.isWanted = true
  })
  return {
    size,
    async play(jobs) {
      const results: Result[] = []
      let next = 0
      const work = async (index: number): Promise<void> => {
        while (!stop.isWanted && next < jobs.length) {
          const job = next++
          const player = players.get(index) ?? start()
          players.set(index, player)
          results[job] = await player
            .play(jobs[job]!, () => {})
            .catch((error: unknown) => {
              if (!(error instanceof PlayerLost)) throw error
              players.delete(index)
              return lost(jobs[job]!, error)
            })
        }
      }
      await Promise.all(Array.from({ length: Math.min(size, jobs.length) }, (_, index) => work(index)))
      // Jobs are begun in their order: what was not begun is at the end.
      return results
    },
    end() {
      release()
      for (const player of players.values()) player.end()
    },
  }
}
