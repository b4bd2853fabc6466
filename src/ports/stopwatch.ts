/** Starts a stopwatch; the function it returns reads real milliseconds. */
export function elapsed(): () => number {
  const start = performance.now()
  return () => performance.now() - start
}

/** Real time for the terminal: animation and sampling. Never for anything that a journal holds. */
export function every(ms: number, fire: () => void): () => void {
  const timer = setInterval(fire, ms)
  return () => clearInterval(timer)
}

/** The longest that a timer of the platform takes, 24 days: with more it fires at once. */
const TIMER_MAX_MS = 2 ** 31 - 1
const bounded = (ms: number): number => Math.min(ms, TIMER_MAX_MS)

/** Real milliseconds, for a wait for a person or for a real server. The signal ends it early, without an error. */
export function pause(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted) return resolve()
    const end = () => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', end)
      resolve()
    }
    const timer = setTimeout(end, bounded(ms))
    signal?.addEventListener('abort', end)
  })
}

/** A signal that comes after so many real milliseconds. */
export const deadline = (ms: number): AbortSignal => AbortSignal.timeout(bounded(ms))
