import type { EspPhase } from '../domain/esp.ts'

/**
 * What the device keeps of the status page, over restarts too: how long the page has been at work, for its time limit, and when it
 * was closed. That time in which the device is off, or the page shows a failure, does not count is an assumption.
 */
export class StatusPage {
  /** When that of this person's setup was closed, in virtual milliseconds; what no page waits for comes after it. */
  closedAt: number | undefined
  #phase: EspPhase | undefined
  #usedMs = 0
  #since: number | undefined

  /**
   * It opens.
   *
   * @param isTotal whether what the phase has used before counts
   */
  open(phase: EspPhase, isTotal: boolean): void {
    if (!isTotal || phase !== this.#phase) this.endPhase()
    this.#phase = phase
  }

  /** It is at work from now on. @param now virtual milliseconds */
  begin(now: number): void {
    this.#since = now
  }

  /** It is no longer at work. @param now virtual milliseconds */
  pause(now: number): void {
    this.#usedMs = this.usedMs(now)
    this.#since = undefined
  }

  /** How long it has been at work on the phase. @param now virtual milliseconds */
  usedMs(now: number): number {
    return this.#usedMs + (this.#since === undefined ? 0 : now - this.#since)
  }

  /** It is over for this person, or there was none. False when it was before. @param now virtual milliseconds */
  close(now: number): boolean {
    if (this.closedAt !== undefined) return false
    this.closedAt = now
    return true
  }

  /** The phase is over, or its limit begins anew. */
  endPhase(): void {
    this.#phase = undefined
    this.#usedMs = 0
  }

  /** There was none yet: of another person, or of another enrolment. */
  forget(): void {
    this.endPhase()
    this.closedAt = undefined
  }
}
