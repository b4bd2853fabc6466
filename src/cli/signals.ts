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

/**
 * Stops this process on SIGTSTP, as its shell expects, once the terminal is given back; takes it again on SIGCONT, also
 * after a SIGSTOP that came without a warning. Returns the undoing.
 */
export function onStopAndContinue(terminal: Suspendable): () => void {
  const stop = () => {
    terminal.suspend()
    process.kill(process.pid, 'SIGSTOP')
  }
  const resume = () => terminal.resume()
  process.on('SIGTSTP', stop).on('SIGCONT', resume)
  return () => void process.off('SIGTSTP', stop).off('SIGCONT', resume)
}
