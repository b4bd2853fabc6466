import type { StimulusSource } from '../domain/stimulus.ts'
import { failure, type Result } from '../domain/trouble.ts'
import type { School } from './run-options.ts'

/** What came of the stimuli of a run. */
export class Effects {
  /** Who has given a stimulus that something came of. */
  readonly effective = new Set<StimulusSource>()
  /** Why nothing came of what was done last, by who did it. */
  readonly refusals = new Map<StimulusSource, string>()
  readonly #school: School | undefined
  #refusal: string | undefined

  constructor(school: School | undefined) {
    this.#school = school
  }

  /** False when the school would have none of it. */
  atSchool(act: (school: School) => Result<void>): boolean {
    const result = this.#school
      ? act(this.#school)
      : failure('ERR_ACTION_REFUSED', 'the school is a real service: act there')
    this.#refusal = result.ok ? undefined : result.trouble.text
    return result.ok
  }

  /** Nothing comes of what is being done, and why. */
  refuse(reason: string): false {
    this.#refusal = reason
    return false
  }

  note(by: StimulusSource, hadEffect: boolean): void {
    if (hadEffect) this.effective.add(by)
    if (hadEffect || this.#refusal === undefined) this.refusals.delete(by)
    else this.refusals.set(by, this.#refusal)
    this.#refusal = undefined
  }
}
