import { backButton, buttonsOf, isButton, isChoice } from './controls.ts'
import type { Frame } from './frame.ts'
import type { Key } from './keys.ts'
import { isCovered, isInCockpit, isTooSmall, type UiModel } from './model.ts'
import { isMouse, reduceMouse } from './mouse.ts'
import { type Reduced, reduce } from './reduce.ts'
import type { SessionSnapshot } from './session.ts'
import { wordsOf } from './words.ts'

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
  const { notices } = wordsOf(snapshot)
  if (model.menu || isInCockpit(model, snapshot)) return undefined
  if (isTooSmall(model) || model.isHelpOpen || model.isHandsOpen || isCovered(model)) return undefined
  if (isCtrl(key, 'e') || isFunction(key, 3)) return network.hasEthernet ? undefined : notices.noSocket
  if (isCtrl(key, 'w') || isFunction(key, 7)) return network.hasWifi ? undefined : notices.noWifi
  if (ended !== null) return notices.ended
  if (isCtrl(key, 'f') || isFunction(key, 5)) {
    return suggestion === null ? notices.noSuggestion : undefined
  }
  const isEnter = key === 'enter' || (typeof key === 'object' && key.type === 'char' && key.text === ' ')
  if (screen === null) {
    if (!isEnter && key !== 'escape') return undefined
    return snapshot.dark === 'off' ? notices.isOff : notices.isStarting
  }
  if (key === 'escape' || key === 'back') return backButton(screen) ? undefined : notices.noWayBack
  return isEnter ? whyNoEnter(model, snapshot) : undefined
}

function whyNoEnter(model: UiModel, snapshot: SessionSnapshot): string {
  const { screen } = snapshot
  const { notices } = wordsOf(snapshot)
  const controls = screen?.controls ?? []
  const disabled = screen ? buttonsOf(screen).find((button) => button.disabled === true) : undefined
  if (controls.length === 0) return notices.nothingToPress
  const list = controls.find(isChoice)
  if (list && list.options.length === 0) return notices.emptyList
  if (list && disabled && model.chosen[list.id] === undefined && list.selected === undefined) {
    return notices.selectFirst({ button: disabled.label })
  }
  if (disabled) return notices.notYet({ button: disabled.label })
  return controls.some(isButton) ? notices.tabMoves : notices.noButton
}
