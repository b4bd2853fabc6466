import { resolve } from 'node:path'
import { InfrastructureError } from '../domain/trouble.ts'
import { AdjustablePace } from '../ports/pace.ts'
import { every } from '../ports/stopwatch.ts'
import { NOBODY, prepareRun } from '../scenario/run-scenario.ts'
import type { Scenario } from '../scenario/scenario.ts'
import { ScriptedPerson } from '../scenario/scripted-person.ts'
import { EXIT } from './exit-codes.ts'
import { LiveSession } from './live-session.ts'
import { openJournal } from './output-folder.ts'
import type { PlayOptions } from './play-plain.ts'
import { print, printError } from './print.ts'
import { hideSplash } from './splash.ts'

/** The first boot with somebody at the keyboard. */
export async function playInTerminal(scenario: Scenario, { seed, speed, out, target }: PlayOptions): Promise<number> {
  const { mountTerminal } = await withoutFetch(() => import('../ui/mount.tsx'))
  const journal = openJournal(out, `${scenario.id}-terminal`)
  let session: LiveSession | undefined
  const pace = new AdjustablePace(speed, () => session?.isWaiting ?? false)
  const { simulation, release } = prepareRun(
    scenario,
    { seed, pace, sink: (line) => journal.write(line), ...(target ? { target } : {}) },
    NOBODY,
  )
  session = new LiveSession(simulation, pace, scenario, new ScriptedPerson(scenario.person))
  hideSplash()
  const terminal = mountTerminal(session, { stdin: process.stdin, stdout: process.stdout, every })
  const signal = new Promise<number>((resolveSignal) => {
    process.once('SIGTERM', () => resolveSignal(EXIT.terminated))
    process.once('SIGHUP', () => resolveSignal(EXIT.terminated))
    process.once('SIGINT', () => resolveSignal(EXIT.interrupted))
    // A bug in a callback: the terminal is given back before the stack is printed.
    process.once('uncaughtException', (error) => {
      terminal.unmount()
      process.stderr.write(`This is a bug in oobe-sim; please report it.\n${error.stack}\n`)
      process.exit(EXIT.bug)
    })
  })
  const run = simulation.run().then(
    (result) => session.end(result),
    (error: unknown) => error,
  )
  const failed = run.then((error) => (error === undefined ? new Promise<never>(() => {}) : { error }))
  try {
    const end = await Promise.race([terminal.done, signal, failed])
    terminal.unmount()
    if (typeof end === 'object') throw end.error
    simulation.stop()
    if (typeof end === 'number') return end
    return session.hasEnded ? EXIT.pass : EXIT.interrupted
  } catch (error) {
    terminal.unmount()
    if (!(error instanceof InfrastructureError)) throw error
    printError(error)
    return EXIT.infrastructure
  } finally {
    release()
    journal.close()
    if (session.summary) print(session.summary)
    print(`seed ${seed}; journal: ${resolve(out, `${scenario.id}-terminal`, 'journal.ndjson')}`)
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
