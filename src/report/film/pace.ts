import type { Shot } from './shots.ts'

/** How device time becomes time to watch. */
export interface Pace {
  /** Milliseconds of the device in one of the viewer. */
  speed: number
  /** A shot stays at least and at most so long, in milliseconds of the viewer. */
  leastMs: number
  mostMs: number
}

export interface TimedShot extends Shot {
  /** Milliseconds of the viewer, from the start of the film. */
  from: number
  forMs: number
}

/** The last shot stays as long as any may. */
export function timed(shots: readonly Shot[], { speed, leastMs, mostMs }: Pace): TimedShot[] {
  let from = 0
  return shots.map((shot, index) => {
    const next = shots[index + 1]
    const forMs = next ? Math.round(Math.min(mostMs, Math.max(leastMs, (next.at - shot.at) / speed))) : mostMs
    const start = from
    from += forMs
    return { ...shot, from: start, forMs }
  })
}
