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

/** The next option, from the selected one on and round, whose label starts with what was typed. */
export function jumpInList(model: UiModel, control: ChoiceControl, typed: string): UiModel {
  const { options } = control
  const at = indexOf(model, control)
  const prefix = typed.toLocaleLowerCase('en')
  for (let step = 1; step <= options.length; step++) {
    const index = (at + step) % options.length
    if (options[index]?.label.toLocaleLowerCase('en').startsWith(prefix)) return select(model, control, index)
  }
  return model
}

const indexOf = (model: UiModel, control: ChoiceControl): number => {
  const chosen = chosenOption(model, control)
  return control.options.findIndex(({ id }) => id === chosen)
}

function select(model: UiModel, control: ChoiceControl, index: number): UiModel {
  const option = control.options[index]
  if (option === undefined || option.id === chosenOption(model, control)) return model
  return { ...model, chosen: { ...model.chosen, [control.id]: option.id } }
}
