import type { Target } from '../../domain/target.ts'
import type { Player, PlayerLost } from '../../explore/pool.ts'
import { AdjustablePace } from '../../ports/pace.ts'
import { finishedOf } from '../../report/finished.ts'
import type { Case } from '../../report/reporter.ts'
import type { SealedRun } from '../../scenario/spec-of.ts'
import { laterFlags } from '../optimize-later.ts'
import type { Place } from '../output-folder.ts'
import { reportedKeys } from '../reported-keys.ts'
import type { Stopping } from '../stopping.ts'
import { workerPlayer } from '../worker/worker-player.ts'
import type { CaseResult, CaseSettings } from './case-job.ts'
import type { Stage } from './headed.ts'
import { playThoroughly } from './play-thoroughly.ts'

export interface CaseToPlay {
  /** Of its scenario: the same for each repetition. */
  name: string
  about: Case
  place: Place
  seal: () => SealedRun
}

export type CasePlayer = Player<CaseToPlay, CaseResult, string>

/** In the place of a result, so that its turn is kept. */
const notPlayed = (about: Case): CaseResult => ({
  finished: finishedOf(about, { realMs: 0, journal: [] }),
  printed: [],
})

/** Plays in this process, and prints as it comes. */
export function playerHere(
  settings: CaseSettings,
  target: Target | undefined,
  stopping: Stopping,
  stage?: Stage,
): CasePlayer {
  const pace = new AdjustablePace(settings.speed)
  return {
    async play({ about, place, seal }, onPage) {
      if (about.todo !== undefined) return notPlayed(about)
      const options = { stopping, keys: reportedKeys, pace, onPage, stage, ...(target ? { target } : {}) }
      return { finished: await playThoroughly({ about, place, settings }, seal, options), printed: [] }
    },
    // It listens to the signals itself.
    stop() {},
    end() {},
  }
}

/**
 * Plays in another process, against the mock. What cannot even begin is reported by this one.
 *
 * @param isShort that process plays few
 */
export function playerElsewhere(settings: CaseSettings, stopping: Stopping, isShort: boolean): CasePlayer {
  const worker = workerPlayer('playCase', isShort ? laterFlags() : [])
  const here = playerHere(settings, undefined, stopping)
  return {
    play(one, onPage) {
      const { about, place, seal } = one
      if (about.todo !== undefined) return Promise.resolve(notPlayed(about))
      let sealed: SealedRun
      try {
        sealed = seal()
      } catch {
        return here.play(one, onPage)
      }
      return worker.play({ about, place, sealed, settings }, onPage)
    },
    stop: (code) => worker.stop(code),
    end: () => worker.end(),
  }
}

/** A process of ours that ends in the middle of a play has a bug. One that could not be started is short of something. */
export function lostResult({ about }: CaseToPlay, { message, hasBegun }: PlayerLost): CaseResult {
  const broken = hasBegun
    ? { kind: 'bug' as const, code: 'ERR_BUG', message: `a bug in oobe-sim: ${message}` }
    : { kind: 'infrastructure' as const, code: 'ERR_WORKER', message }
  const printed: CaseResult['printed'] = [['error', `error ${broken.code}: ${about.id}: ${broken.message}\n`]]
  return { finished: finishedOf(about, { realMs: 0, journal: [], broken }), printed }
}
