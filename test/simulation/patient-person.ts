import type { Action, ButtonControl, Screen } from '../../src/domain/screen.ts'
import type { Person } from '../../src/run/person.ts'
import type { Scenario } from '../../src/scenario/scenario.ts'
import { ScriptedPerson } from '../../src/scenario/scripted-person.ts'

/** How often each way out of a failure page is tried before the next one. A network that is away for 2 minutes needs about 40. */
const PATIENCE = { tryAgain: 100, skip: 5, startOver: 3, continueAnyway: 1, reset: 1 } as const

type WayOut = keyof typeof PATIENCE

/** A page that asks so often goes nowhere. */
const ANSWERS_MAX = 150

/**
 * A person who knows the answers of a scenario however often a page asks for them, and who takes every way out of a
 * failure page, the gentle ones first. A run that does not get on with them has come to a dead end.
 */
export class PatientPerson implements Person {
  /** Ways out that were taken. */
  readonly used: Record<string, number> = {}
  readonly #answers: Scenario['person']
  readonly #passwords: readonly string[]
  readonly #tries = new Map<string, number>()

  constructor({ person }: Scenario) {
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

  answer(screen: Screen): ReturnType<Person['answer']> {
    if (screen.failure) return this.#leave(screen)
    const asked = `${screen.page} ${screen.step ?? ''}`
    const times = this.#tries.get(asked) ?? 0
    if (times >= ANSWERS_MAX) return null
    this.#tries.set(asked, times + 1)
    // Of those who sign in at this device, one after the other, until it is the right one.
    const password = this.#passwords[times % this.#passwords.length]
    const welcome = password === undefined ? {} : { welcome: { password } }
    const known = new ScriptedPerson({ ...this.#answers, ...welcome }).answer(screen)
    if (known) return known
    const primary =
      screen.controls.find(({ id }) => id === 'skip') ??
      screen.controls.find((control) => control.kind === 'button' && control.primary)
    return primary ? { page: screen.page, control: primary.id, values: selectedOf(screen) } : null
  }

  #leave({ page, controls }: Screen): Action | null {
    const offered = controls
      .filter((control): control is ButtonControl => control.kind === 'button')
      .map(({ id }) => id)
    for (const [way, limit] of Object.entries(PATIENCE) as [WayOut, number][]) {
      const key = `${page} ${way}`
      const tries = this.#tries.get(key) ?? 0
      if (!offered.includes(way) || tries >= limit) continue
      this.#tries.set(key, tries + 1)
      this.used[way] = (this.used[way] ?? 0) + 1
      return { page, control: way, values: {} }
    }
    return null
  }
}

const selectedOf = ({ controls }: Screen): Record<string, string> =>
  Object.fromEntries(
    controls.flatMap((control) =>
      control.kind === 'choice' && control.selected !== undefined ? [[control.id, control.selected]] : [],
    ),
  )
