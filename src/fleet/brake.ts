import type { HttpResponse } from '../domain/http.ts'
import { elapsed, pause } from '../ports/stopwatch.ts'

/** Answers of a service that asks for fewer requests. */
const BRAKING: readonly number[] = [429, 503]
/** Where the answer does not say how long: an assumption. */
const PAUSE_MS = 1_000
const PAUSE_MAX_MS = 60_000

/** Keeps further devices from starting while the service asks for a pause. Devices that are under way do what Windows does. */
export class Brake {
  readonly #clock = elapsed()
  readonly #onBrake: ((ms: number) => void) | undefined
  #until = 0
  #times = 0

  /** @param onBrake called with the milliseconds of a pause that begins or grows: for others who start devices too */
  constructor(onBrake?: (ms: number) => void) {
    this.#onBrake = onBrake
  }

  /** How often an answer asked for a pause. */
  get times(): number {
    return this.#times
  }

  hear({ status, headers }: HttpResponse): void {
    if (!BRAKING.includes(status)) return
    this.#times++
    const ms = pauseIn(headers['retry-after'])
    if (this.hold(ms)) this.#onBrake?.(ms)
  }

  /** True where the pause begins or grows. */
  hold(ms: number): boolean {
    const until = this.#clock() + ms
    const grows = until > this.#until + PAUSE_MS / 10
    this.#until = Math.max(this.#until, until)
    return grows
  }

  /** Real milliseconds that are left of the pause. */
  get leftMs(): number {
    return Math.max(0, this.#until - this.#clock())
  }

  async wait(signal: AbortSignal): Promise<void> {
    while (this.leftMs > 0 && !signal.aborted) await pause(this.leftMs, signal)
  }
}

/** `Retry-After` in seconds (RFC 9110, 10.2.3); a date would need the clock of the service. */
function pauseIn(retryAfter: string | undefined): number {
  const seconds = /^\d{1,6}$/.test(retryAfter ?? '') ? Number(retryAfter) : undefined
  return seconds === undefined ? PAUSE_MS : Math.min(PAUSE_MAX_MS, seconds * 1_000)
}
