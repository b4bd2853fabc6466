import { LiveSession } from '../../src/cli/live-session.ts'
import { beginPlaying } from '../../src/cli/playing.ts'
import { TimeTravel } from '../../src/cli/time-travel.ts'
import type { Answers } from '../../src/domain/person.ts'
import type { Target } from '../../src/domain/target.ts'
import { AdjustablePace } from '../../src/ports/pace.ts'
import { open } from '../../src/run/seal.ts'
import { ScriptedPerson } from '../../src/scenario/scripted-person.ts'
import type { SealedRun } from '../../src/scenario/spec-of.ts'

/** A run by hand without a terminal: the caller is the person. */
export async function byHand(sealed: SealedRun, out: string, target?: Target) {
  let session!: LiveSession
  const pace = new AdjustablePace(Number.POSITIVE_INFINITY, () => false)
  const options = { name: 'by-hand', speed: Number.POSITIVE_INFINITY, out, target: undefined, inspection: undefined }
  const first = await beginPlaying(sealed, {
    name: 'by-hand',
    pace,
    options,
    transport: 'direct',
    onReady(run) {
      session = new LiveSession(
        run,
        pace,
        sealed.spec,
        () => new ScriptedPerson(open<Answers>(sealed.spec.person, sealed.vault)),
      )
    },
  })
  const travel = new TimeTravel({
    sealed,
    options: { ...options, target },
    session,
    first,
    paceOf: (speed, isWaiting) => new AdjustablePace(speed, isWaiting),
  })
  session.travels = travel

  /** Waits until it is so, at each change of the run. */
  const until = (isSo: () => boolean): Promise<void> =>
    new Promise((resolve) => {
      const look = () => {
        if (!isSo()) return
        off()
        resolve()
      }
      const off = session.subscribe(look)
      look()
    })
  const page = () => session.snapshot().screen?.page
  /** Gives the answers of the scenario's person until a page waits, or to the end. */
  const answerUpTo = async (wanted?: string): Promise<void> => {
    for (;;) {
      await until(() => session.hasEnded || session.isWaiting)
      if (session.hasEnded || page() === wanted) return
      const { screen, suggestion } = session.snapshot()
      const before = travel.present.run.journal.entries.length
      session.act({ page: screen!.page, control: suggestion!.press, values: suggestion!.values })
      await until(
        () =>
          travel.present.run.journal.entries.length > before &&
          !(session.isWaiting && page() === screen!.page && session.snapshot().screen === screen),
      )
    }
  }
  return { session, travel, until, page, answerUpTo }
}
