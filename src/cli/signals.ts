import { pause } from '../ports/stopwatch.ts'
import { EXIT } from './exit-codes.ts'

/** Signals that end a process, and the exit code of each. Left to the platform they would leave the terminal as it is. */
const ENDING = [
  ['SIGINT', EXIT.interrupted],
  ['SIGTERM', EXIT.terminated],
  ['SIGHUP', EXIT.terminated],
  ['SIGQUIT', EXIT.quit],
  ['SIGUSR2', EXIT.userSignal],
] as const

/** Calls back once, with the exit code. Returns the undoing. */
export function onEndingSignal(end: (code: number) => void): () => void {
  const listeners = ENDING.map(([signal, code]) => {
    const listener = () => end(code)
    process.once(signal, listener)
    return () => void process.off(signal, listener)
  })
  return () => {
    for (const undo of listeners) undo()
  }
}

/** For a process whose parent decides when it ends. */
export function ignoreEndingSignals(): void {
  for (const [signal] of ENDING) process.on(signal, () => {})
}

/** What has to happen to a terminal when its job is stopped, and when it runs again. */
export interface Suspendable {
  suspend(): void
  resume(): void
}

/** A process that cannot be stopped (the first of a container, one without a shell) runs on: then it has its terminal again. */
const STOPPED_WITHIN_MS = 100

/**
 * Stops this process on SIGTSTP, as its shell expects, once the terminal is given back; takes it again on SIGCONT, also
 * after a SIGSTOP that came without a warning. Returns the undoing.
 */
export function onStopAndContinue(terminal: Suspendable): () => void {
  let isUndone = false
  let turns = 0
  const stop = () => {
    const turn = ++turns
    terminal.suspend()
    // With no listener the platform stops it; or leaves it running, where no shell could continue it.
    process.off('SIGTSTP', stop)
    process.kill(process.pid, 'SIGTSTP')
    void pause(STOPPED_WITHIN_MS).then(() => {
      if (turns === turn) resume()
    })
  }
  /** Listens before the terminal is taken: a stop that comes at once has to give it back as well. */
  const resume = () => {
    if (isUndone) return
    turns++
    process.off('SIGTSTP', stop).on('SIGTSTP', stop)
    terminal.resume()
  }
  process.on('SIGTSTP', stop).on('SIGCONT', resume)
  return () => {
    isUndone = true
    process.off('SIGTSTP', stop).off('SIGCONT', resume)
  }
}

/** Stops the whole job, as Ctrl+Z does where the terminal itself reads it; undefined where there are no jobs. */
export const stopJob: (() => void) | undefined =
  process.platform === 'win32' ? undefined : () => void process.kill(0, 'SIGTSTP')
