import type { ChoiceControl } from '../domain/screen.ts'
import { chosenOption, type UiModel } from './model.ts'

const PAGE = 8

export type ListMove = 'up' | 'down' | 'home' | 'end' | 'pageUp' | 'pageDown' | 'current'

/** The same model when there is nowhere to go: the caller then moves the focus out of the list. */
export function moveInList(model: UiModel, control: ChoiceControl, move: ListMove): UiModel {
  const last = control.options.length - 1
  const at = indexOf(model, control)
  const wanted = at === -1 && move !== 'end' ? (move === 'up' ? -1 : 0) : target(move, at, last)
  return select(model, control, Math.min(wanted, last))
}

function target(move: ListMove, at: number, last: number): number {
  switch (move) {
    case 'up':
      return at - 1
    case 'down':
      return at + 1
    case 'home':
      return 0
    case 'end':
      return last
    case 'pageUp':
      return Math.max(0, at - PAGE)
    case 'pageDown':
      return at + PAGE
    case 'current':
      return at
  }
}

/**
 * Finds an option by what is typed: the letters that were typed shortly before count. One letter, also again and again, goes to the next
 * option that begins with it; more letters stay where they fit.
 */
export function jumpInList(model: UiModel, control: ChoiceControl, letter: string): UiModel {
  const typed = (model.typed ?? '') + folded(letter)
  const isOneLetter = [...typed].every((one) => one === typed[0])
  const found = isOneLetter ? beginsWith(model, control, folded(letter), 1) : beginsWith(model, control, typed, 0)
  if (found !== undefined) return { ...select(model, control, found), typed }
  // A letter that fits nothing is not kept: the next one may.
  return isOneLetter || model.typed === undefined ? model : jumpAnew(model, control, letter)
}

function jumpAnew(model: UiModel, control: ChoiceControl, letter: string): UiModel {
  const found = beginsWith(model, control, folded(letter), 1)
  return found === undefined ? model : { ...select(model, control, found), typed: folded(letter) }
}

/** Without case and accents: `Österreich` is found by `o`. */
const folded = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLocaleLowerCase('en')

/** By what the page calls it, or in English: not each keyboard has the letters of the page. The first option from the selected one on, or from the one behind it, and round. */
function beginsWith(model: UiModel, control: ChoiceControl, typed: string, from: 0 | 1): number | undefined {
  const { options } = control
  const at = Math.max(0, indexOf(model, control) + from)
  for (let step = 0; step < options.length; step++) {
    const index = (at + step) % options.length
    const { label, english = label } = options[index]!
    if ([label, english].some((name) => folded(name).startsWith(typed))) return index
  }
  return undefined
}

/** Selects the option with this id. */
export const selectInList = (model: UiModel, control: ChoiceControl, option: string): UiModel =>
  select(
    model,
    control,
    control.options.findIndex(({ id }) => id === option),
  )

const indexOf = (model: UiModel, control: ChoiceControl): number => {
  const chosen = chosenOption(model, control)
  return control.options.findIndex(({ id }) => id === chosen)
}

function select(model: UiModel, control: ChoiceControl, index: number): UiModel {
  const option = control.options[index]
  if (option === undefined || option.id === chosenOption(model, control)) return model
  return { ...model, chosen: { ...model.chosen, [control.id]: option.id } }
}
