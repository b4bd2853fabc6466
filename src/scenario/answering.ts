import { parseDuration } from '../domain/duration.ts'
import { type Answer, RESERVED } from '../domain/person.ts'
import {
  type Action,
  type ButtonControl,
  type ChoiceControl,
  type Control,
  type LinkControl,
  type Screen,
  switchValue,
} from '../domain/screen.ts'
import { nearest, nearestFirst } from './nearest.ts'

type Press = ButtonControl | LinkControl

type Named = Pick<Control, 'id' | 'label' | 'english'>

/** What an answer does at a page. `uses`: names of the answer that this uses up. */
export type Move =
  | { kind: 'press'; action: Action; uses: string[] }
  | { kind: 'keys'; keys: string; uses: string[] }
  /** The person leaves the page alone for a time. */
  | { kind: 'pause'; ms: number; uses: string[] }
  /** There is nothing more of it for this page: the next answer is due. */
  | { kind: 'over' }
  /** The page takes nothing for now, and uses no answer up. */
  | { kind: 'blocked' }
  /** It names what the page does not have, or lacks what the page needs. `controls`: ids, the nearest first. */
  | { kind: 'wrong'; text: string; controls: string[] }

type Fields = Exclude<Answer, string>

/** @param used names of the answer that were used up at this visit */
export function moveOf(screen: Screen, answer: Answer, used: ReadonlySet<string>): Move {
  if (typeof answer === 'string') return canAct(screen) ? press(screen, answer, used) : { kind: 'blocked' }
  if (answer.wait !== undefined && !used.has('wait')) {
    return { kind: 'pause', ms: parseDuration(answer.wait) ?? 0, uses: ['wait'] }
  }
  if (answer.keys !== undefined && !used.has('keys')) return { kind: 'keys', keys: answer.keys, uses: ['keys'] }
  // Nothing but the time and the keys: the page is for the next answer.
  const names = Object.keys(answer)
  if (names.length > 0 && names.every((name) => name === 'wait' || name === 'keys')) return { kind: 'over' }
  return canAct(screen) ? fillIn(screen, answer, used) : { kind: 'blocked' }
}

/** The press of a button that is named, also on a page that works and offers the way back alone. */
export function pressNow(screen: Screen, name: string): Action | undefined {
  const button = buttonsOf(screen).find((control) => isNamed(control, name))
  return button && { page: screen.page, control: button.id, values: defaultsOf(screen) }
}

/** The fields that an answer gives: all that is not said of the person. */
export const fieldsOf = (answer: Fields): string[] => Object.keys(answer).filter((id) => !RESERVED.includes(id))

export const isOffered = (screen: Screen, name: string): boolean =>
  namesOf(screen).some((known) => known.toLowerCase() === name.toLowerCase())

/** False for a page that offers the way back and nothing else. */
const canAct = (screen: Screen): boolean =>
  buttonsOf(screen).some(({ event }) => !isBackward(event)) ||
  screen.controls.some(({ kind }) => kind !== 'button' && kind !== 'link')

/** An answer that is one name: a button, or an option of the page's list. */
function press(screen: Screen, name: string, used: ReadonlySet<string>): Move {
  if (used.has(name)) return { kind: 'over' }
  const button = buttonsOf(screen).find((control) => isNamed(control, name))
  if (button) return pressing(screen, button, defaultsOf(screen), [name])
  const list = screen.controls.find((control): control is ChoiceControl => control.kind === 'choice')
  const option = list?.options.find((candidate) => isNamed(candidate, name))
  const primary = primaryOf(screen)
  if (!list || !option || !primary) return notOffered(screen, name)
  return pressing(screen, primary, { ...defaultsOf(screen), [list.id]: option.id }, [name])
}

function fillIn(screen: Screen, answer: Fields, used: ReadonlySet<string>): Move {
  const given = fieldsOf(answer)
  const fields = screen.controls.filter((control) => control.kind !== 'button' && control.kind !== 'link')
  const asked = fields.filter(({ id }) => given.includes(id))
  if (asked.some(({ id }) => used.has(id))) return { kind: 'over' }
  const left = given.filter((id) => !used.has(id) && !asked.some((field) => field.id === id))
  const missing = fields.filter((field) => isEmpty(field) && answer[field.id] === undefined)
  const strange = left[0]
  if (missing.length > 0) {
    if (strange !== undefined) return noField(screen, strange)
    if (used.size > 0) return { kind: 'over' }
    const { id } = missing[0]!
    return wrong(screen, id, `the answer has no "${id}", and the page ${named(screen)} needs it`)
  }
  const wanted = answer.press
  const button = wanted === undefined ? undefined : buttonsOf(screen).find((control) => isNamed(control, wanted))
  // It may come with a later step, as long as there is something to fill in on the way.
  if (wanted !== undefined && !button && !used.has('press') && (asked.length === 0 || left.length === 0)) {
    return notOffered(screen, wanted)
  }
  const values = defaultsOf(screen)
  for (const { id, ...field } of asked) {
    const told = answer[id]!
    if (field.kind === 'switch' && !SWITCH_VALUES.includes(told)) return noSwitchValue(screen, id, told)
    const value = field.kind === 'choice' ? field.options.find((option) => isNamed(option, told))?.id : told
    if (value === undefined) return notOffered(screen, told)
    values[id] = value
  }
  const uses = [...asked.map(({ id }) => id), ...(button ? ['press'] : [])]
  if (asked.length === 0) {
    // After a failure, only an answer that names a button continues.
    if (screen.failure && !button) return used.size > 0 ? { kind: 'over' } : { kind: 'blocked' }
    // A step without its own fields, as after a connection: continue, once.
    const step = `${screen.step ?? ''}#`
    if (used.has(step)) return { kind: 'over' }
    uses.push(step)
  }
  const pressed = button ?? primaryOf(screen)
  if (pressed) return pressing(screen, pressed, values, uses)
  return wrong(screen, 'press', `the page ${named(screen)} has no main button: name one with "press"`)
}

const pressing = (
  screen: Screen,
  { id }: Press,
  values: Record<string, string>,
  uses: string[],
): Extract<Move, { kind: 'press' }> => ({
  kind: 'press',
  action: { page: screen.page, control: id, values },
  uses,
})

/**
 * The page is back at its beginning, with no complaint, before all of the answer was given: the network went away before
 * its key was entered.
 */
export function isBegunAnew(screen: Screen, answer: Answer, used: ReadonlySet<string>): boolean {
  if (typeof answer === 'string') return false
  if (screen.failure || screen.body.some(({ tone }) => tone === 'error')) return false
  const given = fieldsOf(answer)
  const shown = given.findIndex((id) => used.has(id) && screen.controls.some((control) => control.id === id))
  return shown >= 0 && given.slice(shown).some((id) => !used.has(id))
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

/** By its id, by what the page calls it, or by its English name. */
const isNamed = ({ id, label, english }: Named, name: string): boolean =>
  id === name || [label, english].some((known) => known?.toLowerCase() === name.toLowerCase())

const isEmpty = (field: Control): boolean =>
  field.kind === 'secret' || (field.kind === 'text' && !field.value) || (field.kind === 'choice' && !field.selected)

/** What the page shows before a person touches it. */
function defaultsOf(screen: Screen): Record<string, string> {
  const values: Record<string, string> = {}
  for (const control of screen.controls) {
    if (control.kind === 'choice' && control.selected) values[control.id] = control.selected
    if (control.kind === 'text' && control.value) values[control.id] = control.value
    if (control.kind === 'switch') values[control.id] = switchValue(control.isOn)
  }
  return values
}

const optionsOf = (screen: Screen) =>
  screen.controls.flatMap((control) => (control.kind === 'choice' ? control.options : []))

/** Ids and labels of all that a page offers by name. */
const namesOf = (screen: Screen): string[] =>
  [...optionsOf(screen), ...buttonsOf(screen)].flatMap(({ id, label, english }: Named) => [id, label, english ?? label])

const named = ({ page, step, title }: Screen): string => `${step ? `${page}/${step}` : page} ("${title}")`

/** A name that is no button, link or option of the page. */
function notOffered(screen: Screen, name: string): Move {
  const isDisabled = screen.controls.some((one) => one.kind === 'button' && one.disabled === true && isNamed(one, name))
  if (isDisabled) return wrong(screen, name, `the button "${name}" of the page ${named(screen)} cannot be pressed now`)
  // A page that asks for a secret may have got one in the place of a name.
  const shown = screen.controls.some(({ kind }) => kind === 'secret') ? '' : ` "${name}"`
  const near = nearest(name, namesOf(screen))
  const hint = near ? `; did you mean "${near}"?` : ''
  return wrong(screen, name, `the answer${shown} is nothing that the page ${named(screen)} offers${hint}`)
}

const SWITCH_VALUES: readonly string[] = [true, false].map(switchValue)

/** A switch is on or off. */
const noSwitchValue = (screen: Screen, id: string, told: string): Move =>
  wrong(screen, id, `"${id}" of the page ${named(screen)} is a switch: on or off, not "${told}"`)

/** A field that the page does not have. Its value is not repeated: it may be a secret. */
function noField(screen: Screen, id: string): Move {
  const near = nearest(id, idsOf(screen))
  const hint = near ? `; did you mean "${near}"?` : ''
  return wrong(screen, id, `"${id}" of the answer is no field of the page ${named(screen)}${hint}`)
}

const wrong = (screen: Screen, about: string, text: string): Move => ({
  kind: 'wrong',
  text,
  controls: nearestFirst(about, idsOf(screen)),
})

const idsOf = ({ controls }: Screen): string[] => controls.map(({ id }) => id)
