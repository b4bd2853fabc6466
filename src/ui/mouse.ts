import { focusable, isButton, isChoice, isSwitch } from './controls.ts'
import { type Frame, frameRows } from './frame.ts'
import type { Key } from './keys.ts'
import { isCovered, isInCockpit, isTooSmall, type UiModel } from './model.ts'
import { type Reduced, reduce } from './reduce.ts'
import { moveInList, selectInList } from './reduce-list.ts'
import type { Hit, Row } from './rows/row.ts'
import type { SessionSnapshot } from './session.ts'
import { widthOf } from './text-width.ts'

export type MouseKey = Extract<Key, { type: 'mouse' }>

export const isMouse = (key: Key): key is MouseKey => typeof key === 'object' && key.type === 'mouse'

/** What is drawn at a cell of a frame: a control, or an option of a list, whose whole row counts. */
export function hitAt(frame: Frame, { column, row }: Pick<MouseKey, 'column' | 'row'>): Hit | undefined {
  const drawn: Row = frameRows(frame)[row] ?? []
  let at = 0
  for (const { text, hit } of drawn) {
    at += widthOf(text)
    if (column < at && hit) return hit
    if (column < at) break
  }
  return drawn.find(({ hit }) => hit?.option !== undefined)?.hit
}

/** What the mouse does, as a function: it presses buttons and links, turns switches, enters fields, and selects in lists. */
export function reduceMouse(frame: Frame, mouse: MouseKey): Reduced {
  const { model, snapshot } = frame
  const nothing: Reduced = { model, effects: [] }
  const { screen } = snapshot
  if (isTooSmall(model)) return nothing
  // In the cockpit and in menus the wheel is the arrows.
  if (model.menu || isInCockpit(model, snapshot)) {
    return mouse.action === 'click' ? nothing : reduce(model, mouse.action === 'wheelUp' ? 'up' : 'down', snapshot)
  }
  // What lies over the page closes on a click beside it, as a menu does.
  if (model.isHelpOpen || model.isHandsOpen || isCovered(model)) {
    return mouse.action === 'click' ? reduce(model, 'escape', snapshot) : nothing
  }
  if (snapshot.ended !== null || screen === null) return nothing
  const hit = hitAt(frame, mouse)
  if (mouse.action !== 'click') return { model: wheel(model, snapshot, mouse, hit), effects: [] }
  const control = focusable(screen).find(({ id }) => id === hit?.control)
  if (!control) return nothing
  const focused: UiModel = { ...model, focus: control.id }
  if (isButton(control) || isSwitch(control) || control.kind === 'link') return reduce(focused, 'enter', snapshot)
  const option = isChoice(control) && hit?.option !== undefined ? hit.option : undefined
  return {
    model: isChoice(control) && option !== undefined ? selectInList(focused, control, option) : focused,
    effects: [],
  }
}

/** The wheel moves in the list under it, or else in the one that has the focus. */
function wheel(model: UiModel, { screen }: SessionSnapshot, { action }: MouseKey, hit: Hit | undefined): UiModel {
  const lists = screen?.controls.filter(isChoice) ?? []
  const list = lists.find(({ id }) => id === hit?.control) ?? lists.find(({ id }) => id === model.focus)
  return list ? moveInList(model, list, action === 'wheelUp' ? 'up' : 'down') : model
}
