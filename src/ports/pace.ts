import type { Pace } from './timeline.ts'

/** A pace that a person can change during the run. */
export class AdjustablePace implements Pace {
  readonly #listeners = new Set<() => void>()
  readonly #isWaiting: () => boolean
  #speed: number

  /**
   * @param speed virtual milliseconds per real one; 0 pauses, Infinity is as fast as possible
   * @param isWaiting true while a page waits for a person: then time runs at most as fast as theirs
   */
  constructor(speed: number, isWaiting: () => boolean = () => false) {
    this.#speed = speed
    this.#isWaiting = isWaiting
  }

  /** The pace that was asked for, also while the run waits for a person. */
  get chosen(): number {
    return this.#speed
  }

  set(speed: number): void {
    this.#speed = speed
    this.changed()
  }

  /** Tells the timeline to look again: a page began or ceased to wait. */
  changed(): void {
    for (const listener of [...this.#listeners]) listener()
  }

  speed(): number {
    return this.#isWaiting() ? Math.min(1, this.#speed) : this.#speed
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }
}
