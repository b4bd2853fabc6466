import type { Outcome } from '../domain/journal.ts'
import type { Stimulus, StimulusSource } from '../domain/stimulus.ts'
import type { VirtualTimeline } from '../ports/virtual-timeline.ts'
import type { Display } from './display.ts'
import { unaccepted, unanswered } from './page-answers.ts'
import { type Person, WAIT } from './person.ts'

/** How long a scripted person looks at a page: an assumption. */
const THINK_MS = 2_000

interface PersonTurnParts {
  person: Person
  display: Display
  timeline: VirtualTimeline
  /** When the last effect on the network that has an end is over. */
  awayUntil(): number
  apply(stimulus: Stimulus, by: StimulusSource): boolean
  end(outcome: Outcome): void
}

/** Who answers the pages: a person at the terminal, or the script, which looks at a page for a time and then answers. */
export class PersonTurn {
  who: 'script' | 'terminal' = 'script'
  readonly #parts: PersonTurnParts
  #thinking: { cancel(): void } | undefined
  /** The person has left the device alone, and comes back by this entry. */
  #away: { cancel(): void } | undefined

  constructor(parts: PersonTurnParts) {
    this.#parts = parts
  }

  /** False when that one answers already. */
  handOver(who: 'script' | 'terminal'): boolean {
    const isOther = who !== this.who
    this.who = who
    this.#comeBack()
    this.onPage()
    return isOther
  }

  onPage(): void {
    this.cancel()
    const { person, display, apply } = this.#parts
    if (this.who !== 'script' || this.#away || !display.isWaiting) return
    const ms = person.pause?.(display.screen!)
    if (ms === undefined) this.#think(person.thinkMs ?? THINK_MS)
    else apply({ kind: 'wait', ms }, 'script')
  }

  cancel(): void {
    this.#thinking?.cancel()
  }

  /** The person leaves the device alone for a time, whatever it shows meanwhile. False when the script does not answer. */
  leave(ms: number): boolean {
    if (this.who !== 'script') return false
    this.cancel()
    this.#comeBack()
    const back = () => {
      this.#away = undefined
      if (this.#parts.display.isWaiting) this.#answer()
    }
    this.#away = this.#parts.timeline.schedule(ms, back, { what: 'person' })
    return true
  }

  #comeBack(): void {
    this.#away?.cancel()
    this.#away = undefined
  }

  #think(ms: number): void {
    this.cancel()
    this.#thinking = this.#parts.timeline.schedule(ms, () => this.#answer(), { what: 'person' })
  }

  #answer(): void {
    const { person, display, timeline, awayUntil, apply, end } = this.#parts
    const screen = display.screen!
    const action = person.answer(screen)
    if (action === WAIT) return
    const awayMs = awayUntil() - timeline.now
    if (!action && awayMs > 0) {
      // A person knows that a network comes back: no run ends before it had the time to.
      this.#think(awayMs + THINK_MS)
      return
    }
    if (!action) {
      end(unanswered(screen, person.explain(screen)))
      return
    }
    if ('keys' in action) {
      if (apply({ kind: 'keyChord', keys: action.keys }, 'script')) this.onPage()
      return
    }
    if (!apply({ kind: 'press', ...action }, 'script')) end(unaccepted(screen, action.values))
  }
}
