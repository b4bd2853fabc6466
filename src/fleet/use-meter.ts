import { processorMs } from '../ports/processor-time.ts'
import { elapsed } from '../ports/stopwatch.ts'
import type { GeneratorUse } from './segment.ts'

/** What this process has used since it was last asked, so that the sum over all batches counts nothing twice. */
export class UseMeter {
  readonly #clock = elapsed()
  #cpuMs = processorMs()
  #wallMs = 0
  #braked = 0

  take(braked: number): GeneratorUse {
    const [cpuMs, wallMs] = [processorMs(), this.#clock()]
    const use = {
      cpuMs: Math.round(cpuMs - this.#cpuMs),
      wallMs: Math.round(wallMs - this.#wallMs),
      rssBytes: process.memoryUsage.rss(),
      braked: braked - this.#braked,
    }
    this.#cpuMs = cpuMs
    this.#wallMs = wallMs
    this.#braked = braked
    return use
  }
}
