import type { AnyStateMachine, StateValueFrom } from 'xstate'
import type { Branding } from '../domain/autopilot.ts'
import type { Brand, ButtonControl, Line, Screen, ScreenFailure, Why } from '../domain/screen.ts'
import type { Trouble } from '../domain/trouble.ts'
import type { Texts } from '../texts/en.ts'

/** Names of a statechart's states: a screen that compares with another name does not compile. */
export type StateOf<Machine extends AnyStateMachine> = StateValueFrom<Machine> & string

/** A state that shows a page, and whose screen is not made: our bug. */
export function undrawn(state: string): never {
  throw new Error(`the state ${state} shows a page that has no screen`)
}

/** A screen without its page: the catalogue knows which. */
export type Draft = Omit<Screen, 'page' | 'why'> & Partial<Pick<Screen, 'why'>>

export const line = (text: string, tone: Line['tone'] = 'normal'): Line => ({ text, tone })
export const detail = (text: string): Line => line(text, 'detail')
export const complaint = (text: string): Line => line(text, 'error')

export const primary = (id: string, label: string, event: string): ButtonControl => ({
  id,
  kind: 'button',
  label,
  event,
  primary: true,
})

export const button = (id: string, label: string, event: string): ButtonControl => ({
  id,
  kind: 'button',
  label,
  event,
})

export const back = ({ common }: Texts): ButtonControl => button('back', common.back, 'user.back')
export const tryAgain = ({ common }: Texts): ButtonControl => primary('tryAgain', common.tryAgain, 'user.tryAgain')

export function brandOf(branding: Branding | null | undefined): { brand?: Brand } {
  return branding ? { brand: { ...branding } } : {}
}

export const failureOf = (trouble: Trouble | null): ScreenFailure => ({
  code: trouble?.code ?? '',
  text: trouble?.text ?? '',
})

/** A page that only says that something is being done. */
export const working = (title: string, ...body: Line[]): Draft => ({ title, body, controls: [], progress: {} })

/** Why a password that has to be changed does not sign in at a lock screen. */
export const NOT_CHANGED_HERE: Why = {
  fact: 'AADSTS50055: the password has to be changed, and the lock screen sets no new one',
  effect: 'the sign-in is not allowed',
}
