import type { AdjustablePace } from '../ports/pace.ts'
import type { Run } from '../run/run.ts'
import type { Move } from '../ui/cockpit/source.ts'
import type { Expected } from './offers/faults.ts'

/** A move to a moment that is over. */
export type BackMove = Extract<Move, { to: 'pageBefore' | 'earlier' | 'entry' }>

export const isBack = (move: Move): move is BackMove =>
  move.to === 'pageBefore' || move.to === 'earlier' || move.to === 'entry'

/** What a live session asks for, besides its run. */
export interface Travels {
  /** @returns why nothing came of it */
  back(move: BackMove, now: number): Promise<string | undefined>
  /** Requests that the run is going to have; undefined where a real service would be asked. */
  forecast(): Promise<readonly Expected[] | undefined>
  /** @returns what to tell the person */
  save(what: 'scenario' | 'film'): Promise<string>
}

/** A session that another run can be put under. */
export interface FollowingSession {
  /** Virtual milliseconds per real one, as the person has chosen it. */
  readonly speed: number
  /** Time does not outrun the person. */
  readonly isHeldUp: boolean
  follow(run: Run, pace: AdjustablePace): void
}
