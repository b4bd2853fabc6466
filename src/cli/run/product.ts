import { existsSync, statSync } from 'node:fs'
import { startAgain } from '../../ports/program-process.ts'
import { printNote } from '../print.ts'
import { stopOnSignals } from '../stopping.ts'

/** Says to a process that another one starts it anew. */
const STARTED_BY = 'OOBE_SIM_WATCHED'

/** How a process asks for that: no exit code of this program. */
const ANEW = 75

/** The program's own file, as it is now; undefined while it is being built. The names of the others are in it. */
export function productStamp(): string | undefined {
  const path = process.argv[1]
  if (path === undefined || !existsSync(path)) return undefined
  const { mtimeMs, size } = statSync(path)
  return size === 0 ? undefined : `${mtimeMs} ${size}`
}

/**
 * Watches again, with the new program: all scenarios are played again, since any of them may end otherwise now. Returns the exit
 * code of the last one.
 */
export async function watchAnew(args: readonly string[]): Promise<number> {
  printNote('oobe-sim itself has changed: all scenarios are played again')
  if (process.env[STARTED_BY] !== undefined) return ANEW
  const stopping = stopOnSignals()
  try {
    for (;;) {
      const { ended, kill } = startAgain(['run', ...args], { [STARTED_BY]: '1' })
      // A terminal has sent it to both already: the program takes two at once for one.
      const undo = stopping.onStop((code) => kill(code === 130 ? 'SIGINT' : 'SIGTERM'))
      const code = await ended.finally(undo)
      if (code !== ANEW) return stopping.code ?? code
    }
  } finally {
    stopping.release()
  }
}
