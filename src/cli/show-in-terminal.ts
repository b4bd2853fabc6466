import { every } from '../ports/stopwatch.ts'
import { EXIT } from './exit-codes.ts'
import { finishedSession } from './finished-session.ts'
import type { OpenedRun } from './open-run.ts'
import { onStopAndContinue } from './signals.ts'
import { stopOnSignals } from './stopping.ts'
import { withoutFetch } from './without-fetch.ts'

/** A finished run in the cockpit, until a person leaves it. */
export async function showInTerminal({ spec, entries }: OpenedRun): Promise<number> {
  const { mountTerminal } = await withoutFetch(() => import('../ui/mount.tsx'))
  const terminal = mountTerminal(finishedSession(spec, entries), {
    stdin: process.stdin,
    stdout: process.stdout,
    every,
  })
  const stopping = stopOnSignals()
  const signal = new Promise<number>((resolve) => {
    stopping.onStop(resolve)
  })
  onStopAndContinue(terminal)
  try {
    const end = await Promise.race([terminal.done, signal])
    return typeof end === 'number' ? end : EXIT.pass
  } finally {
    terminal.unmount()
    stopping.release()
  }
}
