import { spawn } from 'node:child_process'
import type { Socket } from 'node:net'
import { join } from 'node:path'

const MARK = 'OOBE_TEST_RUN'

/**
 * Whatever a test starts inherits a mark in its environment: children of children, what detaches, and what is started while the runner
 * waits. A watchdog ends all that still has it once the runner is gone, however it ended. Where there is no /proc it finds none.
 */
export default function leaveNothing(): void {
  // Without the mark of the run around it: it has to outlive a runner that a test starts.
  const { [MARK]: _, ...env } = process.env
  const mark = `${process.pid}-${Date.now()}`
  process.env[MARK] = mark
  const watchdog = spawn(process.execPath, [join(import.meta.dirname, 'watchdog.mjs'), `${MARK}=${mark}`], {
    detached: true,
    env,
    // It reads until this pipe closes: with the runner, also on SIGKILL.
    stdio: ['pipe', 'ignore', 'ignore'],
  })
  watchdog.unref()
  // A pipe of Node's is a socket, and holds no runner that has finished.
  ;(watchdog.stdin as Socket).unref()
}
