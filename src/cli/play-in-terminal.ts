import { resolve } from 'node:path'
import type { Answers } from '../domain/person.ts'
import { requestsText, verdictOf } from '../journal/outcome.ts'
import type { AdjustablePace } from '../ports/pace.ts'
import { elapsed, every } from '../ports/stopwatch.ts'
import type { Again, ForkPoint } from '../run/run-options.ts'
import { open } from '../run/seal.ts'
import { judged, prepareSealed } from '../scenario/run-scenario.ts'
import { ScriptedPerson } from '../scenario/scripted-person.ts'
import type { SealedRun } from '../scenario/spec-of.ts'
import { bugText, isBug } from './broken-run.ts'
import { keepCollectedLogs } from './collected-logs.ts'
import { EXIT } from './exit-codes.ts'
import { LiveSession } from './live-session.ts'
import { openRunFolder } from './output-folder.ts'
import { PagePace } from './page-pace.ts'
import type { PlayOptions } from './play-plain.ts'
import { print } from './print.ts'
import { silentKeys } from './reported-keys.ts'
import { onStopAndContinue, type Suspendable, stopJob } from './signals.ts'
import { hideSplash } from './splash.ts'
import { stopOnSignals, stopRun } from './stopping.ts'
import { type LookOptions, prepareTerminal } from './terminal-look.ts'

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
  const { speed, out, target, name, from, inspection } = options
  const asked = prepareTerminal(options.look)
  const { mountTerminal } = await withoutFetch(() => import('../ui/mount.tsx'))
  const { spec, vault } = sealed
  const folder = openRunFolder(out, name, vault)
  let session: LiveSession | undefined
  // What was recorded is played at once; nothing waits in it.
  let isByHand = from === undefined
  const pace = new PagePace(
    isByHand ? speed : Number.POSITIVE_INFINITY,
    { elapsed, every },
    {
      speedsUp: options.speedsUp,
      isWaiting: () => isByHand && session!.isWaiting,
    },
  )
  const takeOver = { kind: 'person', who: 'terminal' } as const
  const prepared = await prepareSealed(sealed, {
    keys: silentKeys,
    pace,
    sink: (line) => folder.write(line),
    onSecret: (secret, value) => folder.keepSecret(secret, value),
    isLive: true,
    ...(target ? { target } : {}),
    ...(inspection ? { onInspection: inspection.onInspection } : {}),
    ...(from
      ? {
          again: {
            ...from.again,
            fork: {
              point: from.point,
              by: 'terminal',
              stimuli: [() => takeOver],
              onReached: () => {
                isByHand = true
                pace.set(speed)
              },
            },
          },
        }
      : {}),
  })
  const { run, release } = prepared
  folder.onTrouble((error) => run.timeline.fail(error))
  const logs = keepCollectedLogs(run, folder)
  const script = () => new ScriptedPerson(open<Answers>(spec.person, vault))
  session = new LiveSession(run, pace, spec, script, inspection?.address)
  run.journal.onEntry((entry) => pace.take(entry))
  if (!from) run.apply(takeOver, 'terminal')
  const told = await asked
  hideSplash()
  const terminal = mountTerminal(session, {
    stdin: process.stdin,
    stdout: process.stdout,
    every,
    ...told,
    ...(stopJob ? { onStop: stopJob } : {}),
  })
  const stopping = stopOnSignals()
  const signal = new Promise<number>((resolveSignal) => {
    stopping.onStop(resolveSignal)
    onStopAndContinue(pausing(pace, terminal))
    // A bug in a callback: the terminal is given back before the stack is printed.
    process.once('uncaughtException', (error) => {
      terminal.unmount()
      process.stderr.write(`${bugText(error, { path: folder.path, journal: run.journal.entries })}\n`)
      process.exit(EXIT.bug)
    })
  })
  const played = run.play().then((result) => void judged(prepared, spec, result))
  const failed = played.then(
    () => new Promise<never>(() => {}),
    (error: unknown) => ({ error }),
  )
  try {
    const end = await Promise.race([terminal.done, signal, failed])
    terminal.unmount()
    if (typeof end === 'object') throw end.error
    await stopRun(run, played)
    await played
    if (typeof end === 'number') return end
    return session.hasEnded ? EXIT.pass : EXIT.interrupted
  } catch (error) {
    terminal.unmount()
    if (!isBug(error)) throw error
    process.stderr.write(`${bugText(error, { path: folder.path, journal: run.journal.entries })}\n`)
    return EXIT.bug
  } finally {
    release()
    pace.release()
    stopping.release()
    const collected = await logs.written()
    folder.close()
    if (session.summary) print(session.summary)
    const requests = requestsText(verdictOf(run.journal.entries)?.service)
    if (requests) print(requests)
    for (const path of collected) print(`logs: ${resolve(path)}`)
    print(`seed ${spec.seed}; journal: ${resolve(folder.path)}`)
  }
}

/** No device time passes while the job is stopped. */
function pausing(pace: AdjustablePace, terminal: Suspendable): Suspendable {
  let chosen: number | undefined
  return {
    suspend() {
      chosen ??= pace.chosen
      pace.set(0)
      terminal.suspend()
    },
    resume() {
      if (chosen !== undefined) pace.set(chosen)
      chosen = undefined
      terminal.resume()
    },
  }
}

/**
 * Ink's layout engine reads its own bytes through fetch where there is one, and the first fetch of a process is dear: a
 * fifth of the time to the first page. Without it, it decodes them itself.
 */
async function withoutFetch<Value>(load: () => Promise<Value>): Promise<Value> {
  const kept = Object.getOwnPropertyDescriptor(globalThis, 'fetch')!
  Object.defineProperty(globalThis, 'fetch', { value: undefined, configurable: true, writable: true })
  try {
    return await load()
  } finally {
    Object.defineProperty(globalThis, 'fetch', kept)
  }
}
