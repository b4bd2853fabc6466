import { type ChoiceControl, type Control, type Screen, type SwitchControl, switchValue } from '../domain/screen.ts'
import { type CockpitModel, closedCockpit } from './cockpit/model.ts'
import { COMPARE_START, type CompareModel } from './compare/model.ts'
import { type Field, firstFocus, focusable } from './controls.ts'
import type { MenuModel } from './menus.ts'
import type { SessionSnapshot } from './session.ts'
import { type Draft, draftOf } from './text-edit.ts'

export interface Size {
  columns: number
  rows: number
}

/** The smallest terminal that every page fits into. */
export const SIZE_MIN: Size = { columns: 80, rows: 24 }

/** From this width on, the side panel is beside the card instead of covering it. */
const COLUMNS_FOR_PANEL = 110

/** What the terminal knows that the device does not. Lives outside React; the views are functions of it. */
export interface UiModel {
  size: Size
  /** Page and step; drafts and focus start anew when it changes. */
  screen: string
  /** Control id. */
  focus: string | null
  /** By control id, for fields that the person edited. */
  drafts: Record<string, Draft>
  /** Option by control id, for lists in which the person moved; `on` or `off` of a switch. */
  chosen: Record<string, string>
  isPanelOpen: boolean
  isHelpOpen: boolean
  /** The menu of what a terminal cannot send. */
  isHandsOpen: boolean
  /** Why nothing came of the last key. */
  notice?: string
  /** Letters that were typed in a list, one shortly after the other. */
  typed?: string
  cockpit: CockpitModel
  /** Where two runs are compared. */
  compare: CompareModel
  menu: MenuModel | null
  /** The speed that a paused run goes back to. */
  resumeSpeed: number
}

export function initialModel(snapshot: SessionSnapshot, size: Size): UiModel {
  const blank = {
    drafts: {},
    chosen: {},
    focus: null,
    screen: '',
    isPanelOpen: false,
    isHelpOpen: false,
    isHandsOpen: false,
  }
  // Of a finished run there is nothing else to see.
  const isFinished = snapshot.cockpit !== undefined && snapshot.cockpit.offers === undefined
  const cockpit = { ...closedCockpit, isOpen: isFinished }
  return followScreen(
    { ...blank, size, cockpit, compare: COMPARE_START, menu: null, resumeSpeed: snapshot.speed || 1 },
    snapshot,
  )
}

const identityOf = (screen: Screen | null): string => (screen ? `${screen.page}/${screen.step ?? ''}` : '')

/** Brings the model in step with what the device shows now. */
export function followScreen(model: UiModel, snapshot: SessionSnapshot): UiModel {
  const { screen } = snapshot
  const identity = identityOf(screen)
  if (identity !== model.screen) {
    const { typed: _typed, notice: _notice, ...kept } = model
    return { ...kept, screen: identity, focus: screen && firstFocus(screen), drafts: {}, chosen: {} }
  }
  if (screen === null || focusable(screen).some(({ id }) => id === model.focus)) return model
  const focus = firstFocus(screen)
  return focus === model.focus ? model : { ...model, focus }
}

export const isTooSmall = ({ size }: UiModel): boolean => size.columns < SIZE_MIN.columns || size.rows < SIZE_MIN.rows

/** The cockpit, or a comparison, covers all. */
export const isInCockpit = (model: UiModel, { cockpit, compare }: SessionSnapshot): boolean =>
  compare !== undefined || (model.cockpit.isOpen && cockpit !== undefined)

export const isPanelBeside = ({ size }: UiModel): boolean => size.columns >= COLUMNS_FOR_PANEL

/** The panel covers the page: keys for the page would change what the person does not see. */
export const isCovered = (model: UiModel): boolean => model.isPanelOpen && !isPanelBeside(model)

export const fieldDraft = (model: UiModel, control: Field): Draft =>
  model.drafts[control.id] ?? draftOf(control.kind === 'text' ? (control.value ?? '') : '')

/** Id of the option that is selected, if any. */
export function chosenOption(model: UiModel, control: ChoiceControl): string | undefined {
  const exists = (id: string | undefined) => control.options.some((option) => option.id === id)
  const moved = model.chosen[control.id]
  return exists(moved) ? moved : exists(control.selected) ? control.selected : undefined
}

/** Whether a switch is on, as the person has left it. */
export const isSwitchedOn = (model: UiModel, { id, isOn }: SwitchControl): boolean =>
  (model.chosen[id] ?? switchValue(isOn)) === 'on'

/** The values that go with a press, by control id. */
export function valuesOf(model: UiModel, screen: Screen): Record<string, string> {
  const values: Record<string, string> = {}
  for (const control of screen.controls) {
    const value = valueIn(model, control)
    if (value !== undefined) values[control.id] = value
  }
  return values
}

function valueIn(model: UiModel, control: Control): string | undefined {
  if (control.kind === 'choice') return chosenOption(model, control)
  if (control.kind === 'switch') return switchValue(isSwitchedOn(model, control))
  if (control.kind === 'text' || control.kind === 'secret') return fieldDraft(model, control).text
  return undefined
}
