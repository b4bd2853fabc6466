import type { JournalEntry } from '../domain/journal.ts'
import { AdjustablePace } from '../ports/pace.ts'
import { DARK_MS, leastTimeOf } from '../ui/page-times.ts'

/** Real time, handed in. */
export interface RealTime {
  elapsed(): () => number
  every(ms: number, run: () => void): () => void
}

export interface PagePaceOptions {
  /** Work that takes long becomes faster and faster: where a person asked for no speed. */
  speedsUp: boolean
  isWaiting: () => boolean
}

/** From here on a page at work is sped up, in real milliseconds. */
const LONG_MS = 3_000
/** So often, by so much: twice as fast every two seconds. */
const STEP_MS = 100
const DOUBLED_EVERY_MS = 2_000
const SPED_UP_MOST = 16

/**
 * A pace for a person who watches: no page flashes by, and long work is sped up. It only says how fast real time follows the device's; the
 * order of things and their device time are the same at any pace. At `real` and `instant` it changes nothing.
 */
export class PagePace extends AdjustablePace {
  readonly #time: RealTime
  readonly #options: PagePaceOptions
  #shown = ''
  #leastMs = 0
  #since: () => number
  #stop = () => {}

  constructor(speed: number, time: RealTime, options: PagePaceOptions) {
    super(speed, options.isWaiting)
    this.#time = time
    this.#options = options
    this.#since = time.elapsed()
  }

  /** Device milliseconds per real one, now; 0 while a page is held. */
  override speed(): number {
    const chosen = super.speed()
    if (chosen <= 1 || chosen === Number.POSITIVE_INFINITY) return chosen
    const ms = this.#since()
    if (ms < this.#leastMs) return 0
    if (!this.#options.speedsUp || ms <= LONG_MS) return chosen
    const steps = Math.floor((ms - LONG_MS) / STEP_MS)
    return chosen * Math.min(SPED_UP_MOST, 2 ** ((steps * STEP_MS) / DOUBLED_EVERY_MS))
  }

  /** The chosen speed, or what it comes to where long work is sped up. */
  get rate(): number {
    return Math.max(this.speed(), this.chosen)
  }

  /** Follows what is on the screen. */
  take(entry: JournalEntry): void {
    if (entry.kind === 'power') this.#begin(`power ${entry.event}`, entry.event === 'on' ? 0 : DARK_MS)
    if (entry.kind !== 'screen' || 'skipped' in entry) return
    const { screen, isWaiting } = entry
    const shown = `${screen.page}/${screen.step ?? ''}`
    if (isWaiting === true) this.#rest(shown)
    else this.#begin(shown, leastTimeOf(screen))
  }

  /** Its timers end with the run. */
  release(): void {
    this.#stop()
  }

  /** A page that waits for a person leaves with what they do. */
  #rest(shown: string): void {
    this.#stop()
    this.#shown = shown
    this.#leastMs = 0
    this.#since = this.#time.elapsed()
  }

  #begin(shown: string, leastMs: number): void {
    if (shown === this.#shown) return
    this.#rest(shown)
    this.#leastMs = leastMs
    // The timeline measures a wait by the speed at its beginning: it has to hear of another speed.
    let before = this.speed()
    this.#stop = this.#time.every(STEP_MS, () => {
      const now = this.speed()
      if (now !== before) this.changed()
      before = now
      if (this.#isSteady()) this.#stop()
    })
  }

  /** From here on the speed changes with the page, or with a key. */
  #isSteady(): boolean {
    const ms = this.#since()
    const untilMs = this.#options.speedsUp ? LONG_MS + DOUBLED_EVERY_MS * Math.log2(SPED_UP_MOST) : 0
    return ms > Math.max(this.#leastMs, untilMs) + STEP_MS
  }
}
