import { availableParallelism } from 'node:os'
import { type OrderJob, type OrderResult, playOrder } from '../../explore/order.ts'
import { type Player, PlayerLost } from '../../explore/pool.ts'
import type { Stopping } from '../stopping.ts'
import { hasWorkers, workerPlayer } from '../worker/worker-player.ts'

export interface OrderPlayers {
  /** Results in the order of the jobs; fewer when it was stopped. */
  play(jobs: readonly OrderJob[]): Promise<OrderResult[]>
  end(): void
}

type OrderPlayer = Player<OrderJob, OrderResult>

/** Players that stay for a whole exploration: a process starts more slowly than an order is played. */
export function orderPlayers(workers: number | undefined, { onStop }: Stopping): OrderPlayers {
  const size = hasWorkers() ? (workers ?? availableParallelism()) : 1
  const isAlone = size === 1
  const start = (): OrderPlayer => (isAlone ? { play: playOrder, stop() {}, end() {} } : workerPlayer('playOrder'))
  const players = new Map<number, OrderPlayer>()
  const stop = { isWanted: false }
  const release = onStop(() => {
    stop.isWanted = true
  })
  return {
    async play(jobs) {
      const results: OrderResult[] = []
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
              return { job: jobs[job]!, failures: [error.message], bug: error.message, choices: [], trace: '' }
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
