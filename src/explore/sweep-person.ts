import type { FaultPress } from '../domain/faults/fault.ts'
import type { PageId } from '../domain/pages.ts'
import type { Answers } from '../domain/person.ts'
import type { Action, ButtonControl, Screen } from '../domain/screen.ts'
import type { KeyMove, Person } from '../run/person.ts'
import type { Scenario } from '../scenario/scenario.ts'
import { ScriptedPerson } from '../scenario/scripted-person.ts'

/** How often one button of a page of trouble is pressed. A network that is away for 2 minutes needs about 40. */
const PRESSES_MAX = 100

/** A page that asks so often goes nowhere. */
const ANSWERS_MAX = 150

/**
 * A person who knows the answers of a scenario however often a page asks for them, and who takes the ways out of a page of
 * trouble that they were given, and no other.
 */
export class SweepPerson implements Person {
  /** Ways out that were taken, and how often. */
  readonly used: Partial<Record<FaultPress, number>> = {}
  readonly #ways: readonly FaultPress[]
  readonly #answers: Scenario['person']
  readonly #passwords: readonly string[]
  readonly #tries = new Map<string, number>()

  /** @param ways the gentlest first */
  constructor({ person }: Pick<Scenario, 'person'>, ways: readonly FaultPress[]) {
    this.#ways = ways
    const last = Object.entries(person).flatMap(([page, given]) => {
      const answers = typeof given === 'number' ? [] : [given].flat()
      const fields = answers.filter((answer) => typeof answer === 'object')
      // A later answer has only what its page asks for again.
      const final = typeof answers.at(-1) === 'object' ? Object.assign({}, ...fields) : answers.at(-1)
      return final === undefined ? [] : [[page, final] as const]
    })
    this.#answers = Object.fromEntries(last) as Scenario['person']
    const people = [person.signIn, person.nextSignIn].map((given) => [given].flat().at(-1))
    this.#passwords = people.flatMap((one) => (typeof one === 'object' && one.password ? [one.password] : []))
  }

  explain(): undefined {
    return undefined
  }

  answer(screen: Screen): Action | KeyMove | null {
    const wayOut = this.#leave(screen)
    if (wayOut || screen.failure) return wayOut
    if (!this.#isFew(`${screen.page} ${screen.step ?? ''}`, ANSWERS_MAX)) return null
    // Of those who sign in at this device, one after the other, until it is the right one.
    const times = this.#tries.get(`${screen.page} ${screen.step ?? ''}`)!
    const password = this.#passwords[(times - 1) % this.#passwords.length]
    const welcome = password === undefined ? {} : { welcome: { password } }
    const answers = { ...this.#answers, ...welcome }
    // Of an answer for several steps of a page, the button may belong to an earlier one.
    const known = answerOf(answers, screen) ?? answerOf(withoutPress(answers, screen.page), screen)
    if (known) return known === 'wait' ? null : known
    if (screen.page === 'deviceUsage')
      return { page: 'deviceUsage', control: 'next', values: { usage: 'workOrSchool' } }
    const primary =
      screen.controls.find(({ id }) => id === 'skip') ??
      screen.controls.find((control) => control.kind === 'button' && control.primary)
    return primary ? { page: screen.page, control: primary.id, values: selectedOf(screen) } : null
  }

  /** Of a page of failure, or of one that has a way out which no answer of a scenario is. */
  #leave({ page, controls, failure }: Screen): Action | null {
    const offered = controls.filter((control): control is ButtonControl => control.kind === 'button')
    for (const way of this.#ways) {
      if (!offered.some(({ id }) => id === way)) continue
      if (!failure && this.#answers[page] !== undefined) continue
      if (!this.#isFew(`${page} ${way}`, PRESSES_MAX)) continue
      this.used[way] = (this.used[way] ?? 0) + 1
      return { page, control: way, values: {} }
    }
    return null
  }

  #isFew(what: string, most: number): boolean {
    const tries = (this.#tries.get(what) ?? 0) + 1
    this.#tries.set(what, tries)
    return tries <= most
  }
}

const answerOf = (answers: Answers, screen: Screen) => new ScriptedPerson(answers).answer(screen)

function withoutPress(answers: Answers, page: PageId): Answers {
  const answer = answers[page]
  if (typeof answer !== 'object' || Array.isArray(answer)) return answers
  const { press: _, ...fields } = answer
  return { ...answers, [page]: fields }
}

const selectedOf = ({ controls }: Screen): Record<string, string> =>
  Object.fromEntries(
    controls.flatMap((control) =>
      control.kind === 'choice' && control.selected !== undefined ? [[control.id, control.selected]] : [],
    ),
  )
