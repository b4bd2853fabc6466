import type { JournalWriter } from '../domain/journal.ts'
import { UserError } from '../domain/trouble.ts'
import type { Candidate, Choices } from '../ports/choices.ts'

/** Answers and journals each choice of a run. The seed is asked every time, so that one other answer leaves the later ones as they are. */
export class RecordedChoices implements Choices {
  readonly #journal: JournalWriter
  readonly #seed: Choices
  #pinned: ReadonlyMap<number, number>
  #count = 0

  /** @param pinned answers by the number of the choice, in the place of the seed's */
  constructor(journal: JournalWriter, seed: Choices, pinned: ReadonlyMap<number, number>) {
    this.#journal = journal
    this.#seed = seed
    this.#pinned = pinned
  }

  /** Code `ERR_CHOICE` for a pinned answer that is no alternative. */
  pick(candidates: readonly Candidate[]): number {
    const choice = this.#count++
    const drawn = this.#seed.pick(candidates)
    const picked = this.#pinned.get(choice) ?? drawn
    const of = candidates.map(({ what }) => what)
    if (candidates[picked] === undefined) {
      throw new UserError('ERR_CHOICE', `choice ${choice} has ${of.length} answers, and ${picked} is none of them`, [
        `Answers: ${of.map((what, index) => `${index} (${what})`).join(', ')}`,
      ])
    }
    this.#journal.write({ kind: 'choice', choice, of, picked })
    return picked
  }

  /** From now on the seed answers. */
  release(): void {
    this.#pinned = new Map()
  }

  /** Code `ERR_CHOICE` for a pinned answer to a choice that the run never had. */
  refuseUnused(): void {
    const unused = [...this.#pinned.keys()].find((choice) => choice >= this.#count)
    if (unused === undefined) return
    throw new UserError('ERR_CHOICE', `choice ${unused} never came: the run had ${this.#count}, counted from 0`)
  }
}
