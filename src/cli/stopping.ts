import { elapsed, pause } from '../ports/stopwatch.ts'
import type { Run } from '../run/run.ts'
import { onEndingSignal } from './signals.ts'

/** A real service may be in the middle of an answer: so long is the end of the run waited for. */
const STOP_MAX_MS = 1_000
/** Programs that start others (npm) send them what the terminal has sent already: that is one signal. */
const SAME_SIGNAL_MS = 50

/** Ends what a command does in order, on a signal. */
export interface Stopping {
  /** The exit code, once a signal has come. */
  readonly code: number | undefined
  /** Calls back once, with the exit code. Returns the undoing. */
  onStop(listener: (code: number) => void): () => void
  /** Signals are the platform's again. */
  release(): void
}

/** The first signal asks for an end in order; a second one ends the process at once. */
export function stopOnSignals(): Stopping {
  const listeners = new Set<(code: number) => void>()
  let code: number | undefined
  let release = onEndingSignal((first) => {
    code = first
    release()
    release = onSecondSignal()
    for (const listener of listeners) listener(first)
  })
  return {
    get code() {
      return code
    },
    onStop(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    release: () => release(),
  }
}

/** The same, where another process says when: it has got the signal. */
export function stoppedByCalls(): { stopping: Stopping; stop(code: number): void } {
  const listeners = new Set<(code: number) => void>()
  let code: number | undefined
  return {
    stopping: {
      get code() {
        return code
      },
      onStop(listener) {
        listeners.add(listener)
        return () => void listeners.delete(listener)
      },
      release() {},
    },
    stop(first) {
      if (code !== undefined) return
      code = first
      for (const listener of listeners) listener(first)
    },
  }
}

function onSecondSignal(): () => void {
  const sinceFirst = elapsed()
  let release = () => {}
  const listen = () => {
    release = onEndingSignal((code) => {
      if (sinceFirst() > SAME_SIGNAL_MS) process.exit(code)
      release()
      listen()
    })
  }
  listen()
  return () => release()
}

/**
 * Stops a run, and waits until its journal has its end. A service that is silent does not hold it up for more than a second.
 *
 * @param played what {@link Run.play} has returned, and what follows it
 */
export async function stopRun(run: Run, played: Promise<unknown>): Promise<void> {
  const over = new AbortController()
  const end = () => over.abort()
  const ended = played.then(end, end)
  run.stop()
  await Promise.race([ended, pause(STOP_MAX_MS, over.signal)])
  if (over.signal.aborted) return
  run.breakOff()
  await ended
}

/** Plays a run to its end, or to that which a signal gives it. */
export async function playStoppable<Result>(run: Run, played: Promise<Result>, stopping: Stopping): Promise<Result> {
  const undo = stopping.onStop(() => void stopRun(run, played))
  try {
    return await played
  } finally {
    undo()
  }
}
