/**
 * Plays one job at a time: in this process, or in another one. `Progress` is what it tells while a job is played.
 */
export interface Player<Job, Result, Progress = never> {
  /** @throws PlayerLost when the player is gone, and the job with it */
  play(job: Job, onProgress: (progress: Progress) => void): Promise<Result>
  /** Asks the job in hand to end in order; its result still comes. The code is that of the signal. */
  stop(code: number): void
  /** No job follows. */
  end(): void
}

/** A player that will play nothing more: its process has ended, or could not be started. */
export class PlayerLost extends Error {
  override name = 'PlayerLost'
  /** It had begun with the job. */
  readonly hasBegun: boolean

  constructor(message: string, hasBegun: boolean) {
    super(message)
    this.hasBegun = hasBegun
  }
}

export interface PoolOptions<Job, Result, Progress> {
  /** How many players there are at most: never more than jobs. */
  size: number
  start(): Player<Job, Result, Progress>
  /** The result of a job whose player was lost. Another player takes the place of that one. */
  lost(job: Job, why: PlayerLost): Result
  /** Called in the order of the jobs, each as soon as those before it have theirs. */
  onResult(result: Result, index: number): void
  /** Called for a job that no player has begun, in its turn. */
  onNotPlayed(job: Job, index: number): void
  /** Called at once, in whatever order. */
  onBegin?(job: Job, index: number): void
  /** Called at once, in whatever order. */
  onProgress?(progress: Progress, index: number): void
  /** Called at once, in whatever order; true: no further job is begun. */
  onEnded?(result: Result, index: number): boolean
}

/** Jobs in, results out, order kept. */
export interface Pool {
  /** No further job is begun, and those in hand are asked to end. */
  stop(code: number): void
  /** When each job had its result, or was not played. */
  readonly done: Promise<void>
}

/** @throws whatever a player throws that is no {@link PlayerLost}, and whatever a listener throws, when all players have ended */
export function playAll<Job, Result, Progress = never>(
  jobs: readonly Job[],
  options: PoolOptions<Job, Result, Progress>,
): Pool {
  const players = new Set<Player<Job, Result, Progress>>()
  const results = new Map<number, Result>()
  let next = 0
  let told = 0
  let isOver = false

  const tell = () => {
    for (; told < jobs.length; told++) {
      if (results.has(told)) {
        const result = results.get(told)!
        results.delete(told)
        options.onResult(result, told)
      } else if (isOver && told >= next) options.onNotPlayed(jobs[told]!, told)
      else return
    }
  }

  const work = async () => {
    let player = enlist()
    try {
      while (!isOver && next < jobs.length) {
        const index = next++
        const job = jobs[index]!
        options.onBegin?.(job, index)
        let result: Result
        try {
          result = await player.play(job, (progress) => options.onProgress?.(progress, index))
        } catch (error) {
          if (!(error instanceof PlayerLost)) throw error
          result = options.lost(job, error)
          dismiss(player)
          player = enlist()
        }
        results.set(index, result)
        if (options.onEnded?.(result, index)) isOver = true
        tell()
      }
    } catch (error) {
      isOver = true
      throw error
    } finally {
      dismiss(player)
    }
  }
  const enlist = () => {
    const player = options.start()
    players.add(player)
    return player
  }
  const dismiss = (player: Player<Job, Result, Progress>) => {
    players.delete(player)
    player.end()
  }

  const size = Math.min(options.size, jobs.length)
  const done = Promise.allSettled(Array.from({ length: size }, work)).then((ended) => {
    for (const one of ended) if (one.status === 'rejected') throw one.reason
    tell()
  })
  return {
    done,
    stop(code) {
      isOver = true
      for (const player of players) player.stop(code)
    },
  }
}
