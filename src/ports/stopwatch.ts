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
