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
  /** Why nothing came of it. */
  reasonOf(by: StimulusSource): string | undefined
  end(outcome: Outcome): void
}

/** Who answers the pages: a person at the terminal, or the script, which looks at a page for a time and then answers. */
export class PersonTurn {
  who: 'script' | 'terminal' = 'script'
  readonly #parts: PersonTurnParts
  #person: Person
  #thinking: { cancel(): void } | undefined
  /** The person has left the device alone, and comes back by this entry. */
  #away: { cancel(): void } | undefined

  constructor(parts: PersonTurnParts) {
    this.#parts = parts
    this.#person = parts.person
  }

  /** Another person is at the device from now on. False when the script does not answer. */
  become(person: Person): boolean {
    if (this.who !== 'script') return false
    this.#person = person
    this.#comeBack()
    this.onPage()
    return true
  }

  /** Why nothing is answered, while the person is away. */
  get absence(): string | undefined {
    return this.#away && 'the person has left the device'
  }

  /** The person leaves the device alone, or is there again. False when that is so already. */
  presence(is: 'away' | 'back'): boolean {
    const isAway = this.#away !== undefined
    if (this.who !== 'script' || isAway === (is === 'away')) return false
    if (is === 'away') this.cancel()
    this.#comeBack()
    if (is === 'away') this.#away = { cancel: () => {} }
    else this.onPage()
    return true
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
    const { display, apply } = this.#parts
    const person = this.#person
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
    const { display, timeline, awayUntil, apply, reasonOf, end } = this.#parts
    const person = this.#person
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
      if (!apply({ kind: 'keyChord', keys: action.keys }, 'script')) {
        const text = `${action.keys} does nothing on the page ${screen.page} ("${screen.title}"): ${reasonOf('script') ?? 'Windows does nothing'}`
        end(unanswered(screen, { text, controls: [] }))
      }
      return
    }
    if (!apply({ kind: 'press', ...action }, 'script')) end(unaccepted(screen, action.values))
  }
}
