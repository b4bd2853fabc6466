import type { LanguageId } from './languages.ts'
import type { PageId } from './pages.ts'

/** What a page shows, as data. Drawn by the terminal UI, printed by the plain renderer, acted on by a scripted person. */
export interface Screen {
  page: PageId
  /** Left out where it is English. */
  language?: LanguageId
  /** Steps of one page differ in their step: a password after an e-mail address. */
  step?: string
  title: string
  /** The title in English, where the page is in another language. */
  english?: string
  body: Line[]
  controls: Control[]
  progress?: Progress
  /** Present on the pages that carry the school's name and colours. */
  brand?: Brand
  /** Present when the page reports that something went wrong. */
  failure?: ScreenFailure
  /** Which profile bit, policy or device fact showed this page, or gave it this form. */
  why: Why[]
}

export interface Line {
  text: string
  /** As of the title: diagnostics speak English. */
  english?: string
  /** `detail` is quieter, `error` says what a person has to correct, `code` is a Windows code or an identifier. */
  tone?: 'normal' | 'detail' | 'error' | 'code' | 'success'
}

export type Control = ChoiceControl | SwitchControl | TextControl | SecretControl | ButtonControl | LinkControl

interface ControlBase {
  id: string
  label: string
  /** The label in English, where the page is in another language. */
  english?: string
}

export interface ChoiceControl extends ControlBase {
  kind: 'choice'
  options: ChoiceOption[]
  /** Id of the option that is selected when the page opens. */
  selected?: string
}

/** On or off; its value is `on` or `off`. */
export interface SwitchControl extends ControlBase {
  kind: 'switch'
  /** As it is when the page opens. */
  isOn: boolean
}

/** The value of a switch. */
export const switchValue = (isOn: boolean): 'on' | 'off' => (isOn ? 'on' : 'off')

export interface ChoiceOption {
  id: string
  label: string
  /** As of a control. */
  english?: string
  detail?: string
  /** Signal strength in bars, 0 to 4, for an entry of a Wi-Fi list. */
  bars?: number
  locked?: boolean
}

export interface TextControl extends ControlBase {
  kind: 'text'
  hint?: string
  value?: string
  maxLength?: number
}

/** Shown masked, and never written down. */
export interface SecretControl extends ControlBase {
  kind: 'secret'
  hint?: string
}

export interface ButtonControl extends ControlBase {
  kind: 'button'
  /** Type of the statechart event that pressing sends, together with the values of the page's fields. */
  event: string
  primary?: boolean
  disabled?: boolean
}

export interface LinkControl extends ControlBase {
  kind: 'link'
  event: string
}

/** What a page is working on. */
export interface Progress {
  /** From 0 to 1; left out when it cannot be known. */
  fraction?: number
  label?: string
  categories?: CategoryProgress[]
}

export interface CategoryProgress {
  id: string
  label: string
  state: CategoryState
  status: string
  steps: StepProgress[]
}

export interface StepProgress {
  id: string
  label: string
  state: CategoryState
  status: string
}

/** States of a category and of its steps, as `AutopilotSettings` spells them (reference: oobe-autopilot-esp.md, 4.4). */
export type CategoryState = 'notStarted' | 'inProgress' | 'succeeded' | 'failed' | 'notRequired'

export interface Brand {
  /** Tenant name. */
  name: string
  /** `#rrggbb`, the background of the school's pages. */
  color?: string
  /** Rows of a logo of block characters. */
  logo?: string[]
  signInPageText?: string
  usernameHint?: string
}

export interface ScreenFailure {
  /** A Windows code, as Windows prints it. */
  code: string
  text: string
  /** As of the title. */
  english?: string
}

export interface Why {
  /** For example `CloudAssignedOobeConfig bit 16 (SkipEula)`. */
  fact: string
  effect: string
}

/** A person presses a button or follows a link, with the fields of the page filled in. */
export interface Action {
  page: PageId
  control: string
  values: Record<string, string>
}
