import type {
  ButtonControl,
  ChoiceControl,
  Control,
  Screen,
  SecretControl,
  SwitchControl,
  TextControl,
} from '../domain/screen.ts'

export type Field = TextControl | SecretControl

export const isField = (control: Control | undefined): control is Field =>
  control?.kind === 'text' || control?.kind === 'secret'

export const isButton = (control: Control): control is ButtonControl => control.kind === 'button'

export const isChoice = (control: Control | undefined): control is ChoiceControl => control?.kind === 'choice'

export const isSwitch = (control: Control | undefined): control is SwitchControl => control?.kind === 'switch'

const goesBack = (button: ButtonControl) => button.event === 'user.back' || button.event === 'user.cancel'

/** From left to right: the way back first, what the page is for last. */
export function buttonsOf(screen: Screen): ButtonControl[] {
  const rank = (button: ButtonControl) => (goesBack(button) ? 0 : button.primary === true ? 2 : 1)
  return screen.controls.filter(isButton).sort((a, b) => rank(a) - rank(b))
}

/** The order of Tab: as the page is drawn, buttons last. */
export const focusable = (screen: Screen): Control[] => [
  ...screen.controls.filter((control) => control.kind !== 'button'),
  ...buttonsOf(screen).filter((button) => button.disabled !== true),
]

/** The button that Enter presses from anywhere: the primary one, or the only one that leads on. */
export function primaryButton(screen: Screen): ButtonControl | undefined {
  const buttons = buttonsOf(screen)
  const onward = buttons.filter((button) => !goesBack(button))
  const primary = buttons.find((button) => button.primary === true) ?? (onward.length === 1 ? onward[0] : undefined)
  return primary?.disabled === true ? undefined : primary
}

export const backButton = (screen: Screen): ButtonControl | undefined =>
  buttonsOf(screen).find((button) => goesBack(button) && button.disabled !== true)

/** Where a page opens: at its first field or list, else at what it is for. */
export function firstFocus(screen: Screen): string | null {
  const controls = focusable(screen)
  const input = controls.find((control) => isField(control) || control.kind === 'choice')
  return (input ?? primaryButton(screen) ?? controls.find(isButton) ?? controls[0])?.id ?? null
}
