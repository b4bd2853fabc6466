import { resolve } from 'node:path'
import type { Answers } from '../domain/person.ts'
import { requestsText, verdictOf } from '../journal/outcome.ts'
import { elapsed, every } from '../ports/stopwatch.ts'
import type { Again, ForkPoint } from '../run/run-options.ts'
import { open } from '../run/seal.ts'
import { ScriptedPerson } from '../scenario/scripted-person.ts'
import type { SealedRun } from '../scenario/spec-of.ts'
import { bugText, isBug } from './broken-run.ts'
import { EXIT } from './exit-codes.ts'
import { LiveSession } from './live-session.ts'
import { PagePace } from './page-pace.ts'
import type { PlayOptions } from './play-plain.ts'
import { beginPlaying } from './playing.ts'
import { print } from './print.ts'
import { onStopAndContinue, type Suspendable, stopJob } from './signals.ts'
import { hideSplash } from './splash.ts'
import { stopOnSignals } from './stopping.ts'
import { type LookOptions, prepareTerminal } from './terminal-look.ts'
import { TimeTravel } from './time-travel.ts'
import { withoutFetch } from './without-fetch.ts'

export interface TerminalOptions extends PlayOptions {
  /** What the run's folder is called. */
  name: string
  look: LookOptions
  /** Long work is sped up beyond the speed. */
  speedsUp: boolean
  /** A recorded run up to a point, from which a person continues by hand. */
  from?: { again: Omit<Again, 'fork'>; point: ForkPoint }
}

/** The first boot with a person at the keyboard. */
export async function playInTerminal(sealed: SealedRun, options: TerminalOptions): Promise<number> {
  const { speed, name, from, inspection, speedsUp } = options
  const asked = prepareTerminal(options.look)
  const { mountTerminal } = await withoutFetch(() => import('../ui/mount.tsx'))
  const { spec } = sealed
  let session: LiveSession | undefined
  // What was recorded is played at once; nothing waits in it.
  let isByHand = from === undefined
  const paceOf = (first: number, isWaiting: () => boolean) =>
    new PagePace(first, { elapsed, every }, { speedsUp, isWaiting })
  const pace = paceOf(isByHand ? speed : Number.POSITIVE_INFINITY, () => isByHand && session!.isHeldUp)
  const onReached = () => {
    isByHand = true
    pace.set(speed)
  }
  const first = await beginPlaying(sealed, {
    name,
    pace,
    options,
    ...(from ? { from: { ...from, isByHand: false, onReached } } : {}),
    onReady(run) {
      const script = () => new ScriptedPerson(open<Answers>(spec.person, sealed.vault))
      session = new LiveSession(run, pace, spec, script, inspection?.address)
    },
  })
  const live = session!
  const travel = new TimeTravel({ sealed, options, session: live, first, paceOf })
  live.travels = travel
  const told = await asked
  hideSplash()
  const terminal = mountTerminal(live, {
    stdin: process.stdin,
    stdout: process.stdout,
    every,
    ...told,
    ...(stopJob ? { onStop: stopJob } : {}),
  })
  const stopping = stopOnSignals()
  const bug = (error: unknown) => {
    const { path, run } = travel.present
    process.stderr.write(`${bugText(error, { path, journal: run.journal.entries })}\n`)
  }
  const signal = new Promise<number>((resolveSignal) => {
    stopping.onStop(resolveSignal)
    onStopAndContinue(pausing(live, terminal))
    // A bug in a callback: the terminal is given back before the stack is printed.
    process.once('uncaughtException', (error) => {
      terminal.unmount()
      bug(error)
      process.exit(EXIT.bug)
    })
  })
  try {
    const end = await Promise.race([terminal.done, signal, travel.failed])
    terminal.unmount()
    if (typeof end === 'object') throw end.error
    await travel.end()
    if (typeof end === 'number') return end
    return live.hasEnded ? EXIT.pass : EXIT.interrupted
  } catch (error) {
    terminal.unmount()
    if (!isBug(error)) throw error
    bug(error)
    return EXIT.bug
  } finally {
    stopping.release()
    await travel.close()
    if (live.summary) print(live.summary)
    const requests = requestsText(verdictOf(travel.present.run.journal.entries)?.service)
    if (requests) print(requests)
    for (const path of travel.collected) print(`logs: ${resolve(path)}`)
    for (const path of travel.saved) print(`saved: ${resolve(path)}`)
    for (const path of travel.left) print(`another future: ${resolve(path)}`)
    print(`seed ${spec.seed}; journal: ${resolve(travel.present.path)}`)
  }
}

/** No device time passes while the job is stopped. */
function pausing(session: LiveSession, terminal: Suspendable): Suspendable {
  let chosen: number | undefined
  return {
    suspend() {
      chosen ??= session.speed
      session.setSpeed(0)
      terminal.suspend()
    },
    resume() {
      if (chosen !== undefined) session.setSpeed(chosen)
      chosen = undefined
      terminal.resume()
    },
  }
}
