import type { PageId } from '../domain/pages.ts'
import type { Answer, Answers } from '../domain/person.ts'
import type { Action, ButtonControl, ChoiceControl, Control, LinkControl, Screen } from '../domain/screen.ts'
import { type Person, WAIT } from '../run/person.ts'
import { isSecretFact } from '../run/seal.ts'
import { nearest } from './nearest.ts'

interface Visits {
  answers: Answer[]
  /** The answer that is being given. */
  at: number
  /** Controls that the present answer has filled in already. */
  used: Set<string>
}

type Press = ButtonControl | LinkControl

/** Under this name an answer says which button to press; the page's primary button otherwise. */
const PRESS = 'press'

/**
 * Acts on screens as a scenario says: an answer fills in the fields it names and presses the primary button, or presses
 * the button or picks the option of its name; `wait` leaves the page as it is. A list answers the successive visits of a
 * page.
 */
export class ScriptedPerson implements Person {
  readonly #visits = new Map<PageId, Visits>()

  constructor(person: Answers) {
    for (const [page, answers] of Object.entries(person)) {
      if (answers === undefined) continue
      const list = Array.isArray(answers) ? answers : [answers]
      this.#visits.set(page as PageId, { answers: list, at: 0, used: new Set() })
    }
  }

  /** An answer that is there, and fits nothing on the page. */
  explain(screen: Screen): string | undefined {
    const visits = this.#visits.get(screen.page)
    const answer = visits?.answers[visits.at]
    if (answer === undefined || screen.failure) return undefined
    const options = screen.controls.flatMap((control) => (control.kind === 'choice' ? control.options : []))
    const names = [...options, ...buttonsOf(screen)].flatMap(({ id, label }) => [id, label])
    // A secret is no name of anything, and is not to be repeated.
    const named = typeof answer === 'string' ? {} : answer
    const given =
      typeof answer === 'string'
        ? [answer]
        : Object.keys(named)
            .filter((id) => !isSecretFact(id))
            .map((id) => named[id]!)
    const wrong = given.find(
      (name) => options.length > 0 && !names.some((known) => known.toLowerCase() === name.toLowerCase()),
    )
    if (wrong === undefined) return undefined
    const near = nearest(wrong, names)
    const hint = near ? `; did you mean "${near}"?` : ''
    return `the answer "${wrong}" is nothing that the page ${screen.page} ("${screen.title}") offers${hint}`
  }

  answer(screen: Screen): Action | typeof WAIT | null {
    const visits = this.#visits.get(screen.page)
    if (!visits) return null
    for (;;) {
      const answer = visits.answers[visits.at]
      if (answer === undefined) return null
      if (answer === WAIT && !isOffered(screen, WAIT)) {
        // The last answer of a list is for all visits that follow.
        if (visits.at < visits.answers.length - 1) visits.at++
        return WAIT
      }
      // Nothing here uses an answer up.
      if (!canAct(screen)) return null
      if (typeof answer !== 'string' && isBegunAnew(screen, answer, visits)) visits.used.clear()
      const action = typeof answer === 'string' ? press(screen, answer, visits) : fillIn(screen, answer, visits)
      if (action) return action
      // The page asks for what this answer has given already, or never had: the next one is for the next visit.
      if (visits.used.size === 0) return null
      visits.at++
      visits.used.clear()
    }
  }
}

const isOffered = (screen: Screen, name: string): boolean =>
  buttonsOf(screen).some((control) => isNamed(control, name)) ||
  screen.controls.some((control) => control.kind === 'choice' && control.options.some((one) => isNamed(one, name)))

/** False for a page that offers the way back and nothing else. */
const canAct = (screen: Screen): boolean =>
  buttonsOf(screen).some(({ event }) => !isBackward(event)) ||
  screen.controls.some(({ kind }) => kind !== 'button' && kind !== 'link')

/**
 * The page is back at its beginning, with no complaint, before all of the answer was given: the network went away before
 * its key was entered.
 */
function isBegunAnew(screen: Screen, answer: Record<string, string>, { used }: Visits): boolean {
  if (screen.failure || screen.body.some(({ tone }) => tone === 'error')) return false
  const given = Object.keys(answer).filter((id) => id !== PRESS)
  const shown = given.findIndex((id) => used.has(id) && screen.controls.some((control) => control.id === id))
  return shown >= 0 && given.slice(shown).some((id) => !used.has(id))
}

/** An answer that is one name: a button, or an option of the page's list. */
function press(screen: Screen, name: string, visits: Visits): Action | null {
  if (visits.used.has(name)) return null
  const button = buttonsOf(screen).find((control) => isNamed(control, name))
  if (button) {
    visits.used.add(name)
    return { page: screen.page, control: button.id, values: defaultsOf(screen) }
  }
  const list = screen.controls.find((control): control is ChoiceControl => control.kind === 'choice')
  const option = list?.options.find((candidate) => isNamed(candidate, name))
  const primary = primaryOf(screen)
  if (!list || !option || !primary) return null
  visits.used.add(name)
  return { page: screen.page, control: primary.id, values: { ...defaultsOf(screen), [list.id]: option.id } }
}

function fillIn(screen: Screen, answer: Record<string, string>, visits: Visits): Action | null {
  const fields = screen.controls.filter((control) => control.kind !== 'button' && control.kind !== 'link')
  const asked = fields.filter(({ id }) => answer[id] !== undefined)
  const isRepeated = asked.some(({ id }) => visits.used.has(id))
  const needsMore = fields.some((field) => isEmpty(field) && answer[field.id] === undefined)
  if (isRepeated || needsMore) return null
  const wanted = answer[PRESS]
  const named = wanted === undefined ? undefined : buttonsOf(screen).find((control) => isNamed(control, wanted))
  const button = named ?? primaryOf(screen)
  if (!button) return null
  const values = defaultsOf(screen)
  for (const field of asked) {
    const given = answer[field.id]!
    const value = field.kind === 'choice' ? field.options.find((option) => isNamed(option, given))?.id : given
    if (value === undefined) return null
    values[field.id] = value
    visits.used.add(field.id)
  }
  // A step without its own fields, as after a connection: continue. After a failure, only an answer continues.
  if (asked.length === 0) {
    if (screen.failure) return null
    const step = `${screen.step ?? ''}#`
    if (visits.used.has(step)) return null
    visits.used.add(step)
  }
  return { page: screen.page, control: button.id, values }
}

const isBackward = (event: string): boolean => event === 'user.back' || event === 'user.cancel'

const buttonsOf = (screen: Screen): Press[] =>
  screen.controls.filter(
    (control): control is Press => control.kind === 'link' || (control.kind === 'button' && !control.disabled),
  )

const primaryOf = (screen: Screen): Press | undefined => {
  // Going back is never what an answer means unasked.
  const buttons = buttonsOf(screen).filter(({ event }) => !isBackward(event))
  return (
    buttons.find((control) => control.kind === 'button' && control.primary) ??
    (buttons.length === 1 ? buttons[0] : undefined)
  )
}

const isNamed = ({ id, label }: { id: string; label: string }, name: string): boolean =>
  id === name || label.toLowerCase() === name.toLowerCase()

const isEmpty = (field: Control): boolean =>
  field.kind === 'secret' || (field.kind === 'text' && !field.value) || (field.kind === 'choice' && !field.selected)

/** What the page shows before a person touches it. */
function defaultsOf(screen: Screen): Record<string, string> {
  const values: Record<string, string> = {}
  for (const control of screen.controls) {
    if (control.kind === 'choice' && control.selected) values[control.id] = control.selected
    if (control.kind === 'text' && control.value) values[control.id] = control.value
  }
  return values
}
