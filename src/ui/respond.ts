import { backButton, buttonsOf, isButton, isChoice } from './controls.ts'
import type { Frame } from './frame.ts'
import type { Key } from './keys.ts'
import { isCovered, isInCockpit, isTooSmall, type UiModel } from './model.ts'
import { isMouse, reduceMouse } from './mouse.ts'
import { type Reduced, reduce } from './reduce.ts'
import type { SessionSnapshot } from './session.ts'

/** What a key or the mouse does; a key that does nothing says why, where a person may expect that it does something. */
export function respond(frame: Frame, key: Key): Reduced {
  const { model, snapshot } = frame
  const before = without(model, typeof key === 'object' && key.type === 'char')
  if (isMouse(key)) return reduceMouse({ ...frame, model: before }, key)
  const reduced = reduce(before, key, snapshot)
  if (reduced.model !== before || reduced.effects.length > 0) return reduced
  const notice = whyNothing(before, key, snapshot)
  return notice === undefined ? reduced : { model: { ...before, notice }, effects: [] }
}

/** A notice is about the key before; letters in a list count while nothing but letters is pressed. */
function without(model: UiModel, isLetter: boolean): UiModel {
  if (model.notice === undefined && (isLetter || model.typed === undefined)) return model
  const { notice: _notice, typed, ...rest } = model
  return isLetter && typed !== undefined ? { ...rest, typed } : rest
}

const isCtrl = (key: Key, ...letters: string[]): boolean =>
  typeof key === 'object' && key.type === 'ctrl' && letters.includes(key.letter)
const isFunction = (key: Key, number: number): boolean =>
  typeof key === 'object' && key.type === 'function' && key.number === number

/** Why a key did nothing; undefined for a key of which nothing is expected. */
function whyNothing(model: UiModel, key: Key, snapshot: SessionSnapshot): string | undefined {
  const { screen, ended, suggestion, network } = snapshot
  if (model.menu || isInCockpit(model, snapshot)) return undefined
  if (isTooSmall(model) || model.isHelpOpen || model.isHandsOpen || isCovered(model)) return undefined
  if (isCtrl(key, 'e') || isFunction(key, 3))
    return network.hasEthernet ? undefined : 'This device has no network socket.'
  if (isCtrl(key, 'w') || isFunction(key, 7)) return network.hasWifi ? undefined : 'This device has no Wi-Fi.'
  if (ended !== null) return 'The first boot has ended: Enter leaves.'
  if (isCtrl(key, 'f') || isFunction(key, 5)) {
    return suggestion === null ? 'The person of the scenario has no answer here.' : undefined
  }
  const isEnter = key === 'enter' || (typeof key === 'object' && key.type === 'char' && key.text === ' ')
  if (screen === null) {
    if (!isEnter && key !== 'escape') return undefined
    return snapshot.dark === 'off' ? 'The device is off: F9 has its power button.' : 'The device is starting.'
  }
  if (key === 'escape' || key === 'back') return backButton(screen) ? undefined : 'This page has no way back.'
  return isEnter ? whyNoEnter(model, snapshot) : undefined
}

function whyNoEnter(model: UiModel, { screen }: SessionSnapshot): string {
  const controls = screen?.controls ?? []
  const disabled = screen ? buttonsOf(screen).find((button) => button.disabled === true) : undefined
  if (controls.length === 0)
    return 'Nothing to press: this page leaves when its work is done. Ctrl+T changes the speed.'
  const list = controls.find(isChoice)
  if (list && list.options.length === 0) return 'The list is empty.'
  if (list && disabled && model.chosen[list.id] === undefined && list.selected === undefined) {
    return `Select an entry first: "${disabled.label}" cannot be pressed yet.`
  }
  if (disabled) return `"${disabled.label}" cannot be pressed yet.`
  return controls.some(isButton) ? 'Tab moves to the buttons.' : 'This page has no button to press.'
}
