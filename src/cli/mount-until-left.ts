import type { MountOptions } from '../ui/mount.tsx'
import type { DeviceSession } from '../ui/session.ts'
import { EXIT } from './exit-codes.ts'
import { onStopAndContinue } from './signals.ts'
import { stopOnSignals } from './stopping.ts'
import { prepareTerminal } from './terminal-look.ts'
import { withoutFetch } from './without-fetch.ts'

/** Something finished in the terminal, until a person leaves it. @returns the exit code, also that of a signal */
export async function mountUntilLeft(session: DeviceSession, every: MountOptions['every']): Promise<number> {
  const asked = prepareTerminal({ hasMouse: false, pictures: 'none' })
  const { mountTerminal } = await withoutFetch(() => import('../ui/mount.tsx'))
  const terminal = mountTerminal(session, { stdin: process.stdin, stdout: process.stdout, every, ...(await asked) })
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
