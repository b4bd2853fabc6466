import type { EnteredStates } from '../events/event-rules.ts'

/** How far a run has come: a state that is new since the last answer is progress, polls are none. */
export class Progress {
  readonly #isPoll: (machine: string) => boolean
  readonly #visited = new Set<string>()
  /** Steps of all statecharts. */
  steps = 0
  /** When the run came on last, in virtual milliseconds. */
  at = 0

  /** @param isPoll whether what a statechart does is polling */
  constructor(isPoll: (machine: string) => boolean) {
    this.#isPoll = isPoll
  }

  onStep({ machine, entered }: EnteredStates, now: number): void {
    this.steps++
    if (this.#isPoll(machine)) return
    for (const state of entered) {
      const address = `${machine}.${state}`
      if (this.#visited.has(address)) continue
      this.#visited.add(address)
      this.at = now
    }
  }

  /** A page was answered: what follows is new. */
  onAnswer(now: number): void {
    this.at = now
    this.#visited.clear()
  }

  onStart(): void {
    this.#visited.clear()
  }
}
