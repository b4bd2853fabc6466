import { isRightToLeft } from '../domain/languages.ts'
import {
  type Action,
  type ChoiceControl,
  type Control,
  type Screen,
  type SwitchControl,
  switchValue,
} from '../domain/screen.ts'
import type { CockpitEffect } from './cockpit/effects.ts'
import { isSearching, reduceCockpit } from './cockpit/reduce.ts'
import { reduceCompare } from './compare/reduce.ts'
import { backButton, type Field, focusable, isButton, isChoice, isField, isSwitch, primaryButton } from './controls.ts'
import { type Hand, handOf } from './hands.ts'
import type { Key } from './keys.ts'
import { type MenuEffect, type MenuModel, reduceMenu } from './menus.ts'
import { fieldDraft, isCovered, isInCockpit, isSwitchedOn, isTooSmall, type UiModel, valuesOf } from './model.ts'
import { jumpInList, moveInList } from './reduce-list.ts'
import { sceneOf } from './scene.ts'
import type { SessionSnapshot } from './session.ts'
import { type Draft, draftOf, insert, moveCursor, removeAfter, removeBefore } from './text-edit.ts'

export type Effect =
  | { kind: 'act'; action: Action }
  | { kind: 'speed'; speed: number }
  | { kind: 'toggleCable' }
  | { kind: 'toggleWifi' }
  | Hand
  | CockpitEffect
  | { kind: 'save'; what: 'scenario' | 'film' }
  | { kind: 'quit' }

export interface Reduced {
  model: UiModel
  effects: Effect[]
}

const only = (model: UiModel): Reduced => ({ model, effects: [] })

/** What a key does, as a function. The shell runs the effects. */
export function reduce(model: UiModel, key: Key, snapshot: SessionSnapshot): Reduced {
  if (isCtrl(key, 'c')) return { model, effects: [{ kind: 'quit' }] }
  if (isTooSmall(model)) return only(model)
  if (snapshot.compare) return reduceCompare(model, key, snapshot, snapshot.compare)
  if (model.isHelpOpen) return only(closesHelp(key) ? { ...model, isHelpOpen: false } : model)
  if (model.isHandsOpen) return reduceHands(model, key)
  if (model.menu) return inMenu(model, model.menu, key, snapshot)
  const isCockpit = isInCockpit(model, snapshot)
  if (isCockpit && isSearching(model.cockpit)) return inCockpit(model, key, snapshot)
  const global = reduceGlobal(model, key, snapshot)
  if (global !== null) return global
  if (isCockpit) return inCockpit(model, key, snapshot)
  if (isCovered(model)) {
    return only(key === 'escape' ? { ...model, isPanelOpen: false } : model)
  }
  if (snapshot.ended !== null) return endedKey(key) ? { model, effects: [{ kind: 'quit' }] } : only(model)
  return snapshot.screen === null ? only(model) : reduceScreen(model, key, snapshot.screen)
}

function inMenu(model: UiModel, open: MenuModel, key: Key, snapshot: SessionSnapshot): Reduced {
  const opens = isCtrl(key, 'g') ? 'time' : isCtrl(key, 'p') ? 'palette' : undefined
  if (opens === open.kind) return only({ ...model, menu: null })
  const { menu, effects } = reduceMenu(open, key, snapshot.cockpit?.offers?.() ?? [])
  const next = { ...model, menu }
  return effects[0]?.kind === 'pause' ? pause(next, snapshot) : { model: next, effects: effects.filter(isEffect) }
}

const isEffect = (effect: MenuEffect): effect is Exclude<MenuEffect, { kind: 'pause' }> => effect.kind !== 'pause'

function inCockpit(model: UiModel, key: Key, snapshot: SessionSnapshot): Reduced {
  const scene = sceneOf(snapshot, model)
  if (!scene) return only(model)
  const { cockpit, effects } = reduceCockpit(model.cockpit, key, scene)
  return { model: { ...model, cockpit }, effects }
}

/** A number does what its line says, and closes the menu. */
function reduceHands(model: UiModel, key: Key): Reduced {
  const hand = typeof key === 'object' && key.type === 'char' ? handOf(key.text) : undefined
  if (hand) return { model: { ...model, isHandsOpen: false }, effects: [hand] }
  return only(key === 'escape' || isFunction(key, 9) ? { ...model, isHandsOpen: false } : model)
}

const isCtrl = (key: Key, letter: string) => typeof key === 'object' && key.type === 'ctrl' && key.letter === letter
const isFunction = (key: Key, number: number) =>
  typeof key === 'object' && key.type === 'function' && key.number === number
const isChar = (key: Key, text: string) => typeof key === 'object' && key.type === 'char' && key.text === text

const closesHelp = (key: Key) => key === 'escape' || key === 'enter' || isFunction(key, 1) || isChar(key, '?')
const endedKey = (key: Key) => key === 'enter' || isChar(key, 'q')

/** Keys that work on every page; null when the key is none of them. */
function reduceGlobal(model: UiModel, key: Key, snapshot: SessionSnapshot): Reduced | null {
  const effect = (one: Effect): Reduced => ({ model, effects: [one] })
  if (isFunction(key, 1)) return only({ ...model, isHelpOpen: true })
  if ((isFunction(key, 2) || isCtrl(key, 'o')) && snapshot.cockpit?.offers) return only(withCockpit(model))
  if (isCtrl(key, 'g') && snapshot.cockpit?.offers) {
    return only({ ...model, menu: { kind: 'time', minutes: '' } })
  }
  if (isCtrl(key, 'p') && snapshot.cockpit?.offers && snapshot.ended === null) {
    return only({ ...model, menu: { kind: 'palette', filter: '', at: 0 } })
  }
  if (isFunction(key, 9) && snapshot.ended === null) return only({ ...model, isHandsOpen: true })
  if (typeof key === 'object' && key.type === 'chord') return effect({ kind: 'chord', keys: key.keys })
  const isCockpit = isInCockpit(model, snapshot)
  if (isCockpit && (isCtrl(key, 'b') || isFunction(key, 4) || isCtrl(key, 'f') || isFunction(key, 5)))
    return only(model)
  if (isCtrl(key, 'b') || isFunction(key, 4)) return only({ ...model, isPanelOpen: !model.isPanelOpen })
  if (isCtrl(key, 'f') || isFunction(key, 5)) return fillIn(model, snapshot)
  if (isCtrl(key, 't') || isFunction(key, 6)) return effect({ kind: 'speed', speed: nextSpeed(snapshot.speed) })
  if (isCtrl(key, 'k') || isFunction(key, 8)) return pause(model, snapshot)
  if (isCtrl(key, 'e') || isFunction(key, 3))
    return snapshot.network.hasEthernet ? effect({ kind: 'toggleCable' }) : only(model)
  if (isCtrl(key, 'w') || isFunction(key, 7))
    return snapshot.network.hasWifi ? effect({ kind: 'toggleWifi' }) : only(model)
  if (isChar(key, '?') && !isField(focused(model, snapshot.screen))) return only({ ...model, isHelpOpen: true })
  return null
}

/** And back to the speed that it had. */
function pause(model: UiModel, { speed }: SessionSnapshot): Reduced {
  if (speed === 0) return { model, effects: [{ kind: 'speed', speed: model.resumeSpeed }] }
  return { model: { ...model, resumeSpeed: speed }, effects: [{ kind: 'speed', speed: 0 }] }
}

const withCockpit = (model: UiModel): UiModel => ({
  ...model,
  cockpit: { ...model.cockpit, isOpen: !model.cockpit.isOpen },
})

const nextSpeed = (speed: number): number => (speed === 1 ? 60 : speed === 60 ? Number.POSITIVE_INFINITY : 1)

const focused = (model: UiModel, screen: Screen | null): Control | undefined =>
  screen?.controls.find(({ id }) => id === model.focus)

function reduceScreen(model: UiModel, key: Key, screen: Screen): Reduced {
  if (key === 'tab') return only(moveFocus(model, screen, 1, true))
  if (key === 'backTab') return only(moveFocus(model, screen, -1, true))
  if (key === 'escape' || key === 'back') return press(model, screen, backButton(screen))
  const control = focused(model, screen)
  if (isChoice(control)) return reduceChoice(model, key, screen, control)
  if (isField(control)) return reduceField(model, key, screen, control)
  if (isSwitch(control)) return only(reduceSwitch(model, key, screen, control))
  if (key === 'enter' || isChar(key, ' ')) return press(model, screen, control ?? primaryButton(screen))
  if (key === 'up' || key === 'left') return only(moveFocus(model, screen, -1, false))
  if (key === 'down' || key === 'right') return only(moveFocus(model, screen, 1, false))
  return only(model)
}

function reduceChoice(model: UiModel, key: Key, screen: Screen, control: ChoiceControl): Reduced {
  if (key === 'enter') {
    // A list in which nothing is selected yet selects first: so no person joins a network that was never highlighted.
    const selecting = moveInList(model, control, 'current')
    return selecting === model ? press(model, screen, primaryButton(screen)) : only(selecting)
  }
  if (key === 'up' || key === 'down') {
    const moved = moveInList(model, control, key)
    return only(moved === model ? moveFocus(model, screen, key === 'up' ? -1 : 1, false) : moved)
  }
  if (key === 'home' || key === 'end' || key === 'pageUp' || key === 'pageDown') {
    return only(moveInList(model, control, key))
  }
  if (isChar(key, ' ') && model.typed === undefined) return only(moveInList(model, control, 'current'))
  if (typeof key === 'object' && key.type === 'char') return only(jumpInList(model, control, key.text))
  return only(model)
}

/** Space and Enter turn it, as in Windows; left is off and right is on, as it is drawn. */
function reduceSwitch(model: UiModel, key: Key, screen: Screen, control: SwitchControl): UiModel {
  const isOn = isSwitchedOn(model, control)
  const turned = (to: boolean): UiModel =>
    to === isOn ? model : { ...model, chosen: { ...model.chosen, [control.id]: switchValue(to) } }
  const [off, on] = isRightToLeft(screen.language) ? (['right', 'left'] as const) : (['left', 'right'] as const)
  if (key === 'enter' || isChar(key, ' ')) return turned(!isOn)
  if (key === off) return turned(false)
  if (key === on) return turned(true)
  if (key === 'up') return moveFocus(model, screen, -1, false)
  if (key === 'down') return moveFocus(model, screen, 1, false)
  return model
}

function reduceField(model: UiModel, key: Key, screen: Screen, control: Field): Reduced {
  if (key === 'up') return only(moveFocus(model, screen, -1, false))
  if (key === 'down') return only(moveFocus(model, screen, 1, false))
  if (key === 'enter') {
    const fields = screen.controls.filter(isField)
    const next = fields[fields.findIndex(({ id }) => id === control.id) + 1]
    if (next !== undefined) return only({ ...model, focus: next.id })
    const primary = primaryButton(screen)
    return primary ? press(model, screen, primary) : only(moveFocus(model, screen, 1, false))
  }
  const before = fieldDraft(model, control)
  const after = edit(before, key, control.kind === 'text' ? control.maxLength : undefined)
  return only(after === before ? model : { ...model, drafts: { ...model.drafts, [control.id]: after } })
}

function edit(draft: Draft, key: Key, maxLength: number | undefined): Draft {
  if (key === 'backspace') return removeBefore(draft)
  if (key === 'delete') return removeAfter(draft)
  if (key === 'left') return moveCursor(draft, -1)
  if (key === 'right') return moveCursor(draft, 1)
  if (key === 'home') return moveCursor(draft, Number.NEGATIVE_INFINITY)
  if (key === 'end') return moveCursor(draft, Number.POSITIVE_INFINITY)
  if (isCtrl(key, 'u')) return draftOf('')
  if (typeof key === 'object' && (key.type === 'char' || key.type === 'paste'))
    return insert(draft, key.text, maxLength)
  return draft
}

function moveFocus(model: UiModel, screen: Screen, by: 1 | -1, wraps: boolean): UiModel {
  const ids = focusable(screen).map(({ id }) => id)
  const from = model.focus === null ? -1 : ids.indexOf(model.focus)
  const to = from + by
  const index = wraps ? (to + ids.length) % ids.length : to
  const focus = ids[index]
  return focus === undefined ? model : { ...model, focus }
}

function press(model: UiModel, screen: Screen, control: Control | undefined): Reduced {
  if (control === undefined || !(isButton(control) || control.kind === 'link')) return only(model)
  if (isButton(control) && control.disabled === true) return only(model)
  const action: Action = { page: screen.page, control: control.id, values: valuesOf(model, screen) }
  return { model: withoutSecrets(model, screen), effects: [{ kind: 'act', action }] }
}

/** A secret that was handed over is not kept; after a wrong password the field is empty, as a person expects. */
function withoutSecrets(model: UiModel, screen: Screen): UiModel {
  const secrets = new Set(screen.controls.filter(({ kind }) => kind === 'secret').map(({ id }) => id))
  const drafts = Object.fromEntries(Object.entries(model.drafts).filter(([id]) => !secrets.has(id)))
  return { ...model, drafts }
}

/** Fills the page with the suggestion; when it already is filled and its button has the focus, presses it. */
function fillIn(model: UiModel, { screen, suggestion, ended }: SessionSnapshot): Reduced {
  if (screen === null || suggestion === null || ended !== null) return only(model)
  let filled = model
  for (const control of screen.controls) {
    const value = suggestion.values[control.id]
    if (value === undefined) continue
    if (isField(control)) filled = { ...filled, drafts: { ...filled.drafts, [control.id]: draftOf(value) } }
    if (isChoice(control) || isSwitch(control))
      filled = { ...filled, chosen: { ...filled.chosen, [control.id]: value } }
  }
  const target = focusable(screen).find(({ id }) => id === suggestion.press)
  if (target === undefined) return only(filled)
  const before = valuesOf(model, screen)
  const isFilled = Object.entries(valuesOf(filled, screen)).every(([id, value]) => before[id] === value)
  if (isFilled && model.focus === target.id) return press(model, screen, target)
  return only({ ...filled, focus: target.id })
}
