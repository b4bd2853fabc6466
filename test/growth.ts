/** Below this a measurement is noise: milliseconds of processor time. */
const NOISE_MS = 20
/** A try that takes longer is the last one. */
const PATIENCE_MS = 20_000

async function processorMs(work: () => unknown): Promise<number> {
  const before = process.cpuUsage()
  await work()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1_000
}

/**
 * How many times the processor time of `small` the work of `large` takes. Of several tries the best counts for each, since
 * a busy machine only ever makes a try longer; it ends with the first try that is within the bound, and at once where
 * the larger work is too short to be measured.
 *
 * It tells linear from quadratic, not fast from slow: the processor time is that of the whole process, other threads of
 * the test runner included. So a bound is halfway between the two, `boundOf`, and never near the linear one.
 */
export async function growth(small: () => unknown, large: () => unknown, bound: number, tries = 4): Promise<number> {
  let [least, most] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY]
  for (let count = 0; count < tries; count++) {
    const took = await processorMs(large)
    most = Math.min(most, took)
    if (most <= bound * NOISE_MS) return most / NOISE_MS
    least = Math.min(least, await processorMs(small))
    if (most / Math.max(least, NOISE_MS) <= bound || took > PATIENCE_MS) break
  }
  return most / Math.max(least, NOISE_MS)
}

/** Halfway, in powers, between linear and quadratic work for an input that is `factor` times as long. */
export const boundOf = (factor: number): number => factor ** 1.5
