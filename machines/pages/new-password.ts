import { fromPromise } from 'xstate'
import type { Secret } from '../../src/domain/secret.ts'
import type { Carried } from '../carried.ts'
import { mustBeProvided } from '../must-be-provided.ts'
import { answered, known } from '../outcomes.ts'
import type { UserEvent } from '../page.ts'
import type { Authentication } from './authentication.ts'

/** A password that takes the place of the one that was good until now. */
export interface NewPassword {
  change: Carried
  password: Secret
  tenantId?: string | undefined
}

export type NewPasswordAnswer = Authentication | { kind: 'weakPassword' }

/** What was typed into the page for a new password. */
export interface TypedPasswords {
  first: Secret | undefined
  second: Secret | undefined
}

/** What a page knows of the new password that its sign-in waits for. */
export interface NewPasswordContext {
  /** The page of Microsoft Entra that asks for it. */
  change: Carried | null
  password: Secret | null
}

export const setNewPassword = fromPromise<NewPasswordAnswer, NewPassword>(mustBeProvided('setNewPassword'))

export const newPasswordGuards = {
  isTwiceTheSame: (_: unknown, { first, second }: TypedPasswords) =>
    first !== undefined && first.reveal() !== '' && first.reveal() === second?.reveal(),
  isWeak: (_: unknown, answer: NewPasswordAnswer) => answer.kind === 'weakPassword',
}

/** The page of Microsoft Entra that is known after this answer. */
export const changeAfter = ({ change }: NewPasswordContext, answer: NewPasswordAnswer): Carried | null =>
  'change' in answer ? answer.change : change

const typed = ({ event }: { event: UserEvent<'user.signIn'> }): TypedPasswords => ({
  first: event.secrets.newPassword,
  second: event.secrets.confirmPassword,
})

/** The new password is typed twice. */
export const ON_NEW_PASSWORD = [
  {
    guard: { type: 'isTwiceTheSame', params: typed },
    actions: {
      type: 'takePassword',
      params: ({ event }: { event: UserEvent<'user.signIn'> }) => event.secrets.newPassword,
    },
    target: 'settingNewPassword',
  },
  { actions: { type: 'complain', params: 'differentPasswords' } },
] as const

/** The service is given the new password. `tenantOf`: the tenant that the account has to be of. */
export const giveNewPassword = <Context extends NewPasswordContext>(
  tenantOf: (context: Context) => string | undefined,
) =>
  ({
    id: 'setNewPassword',
    src: 'setNewPassword',
    input: ({ context }: { context: Context }) => ({
      change: known(context.change, 'a page for a new password'),
      password: known(context.password, 'a new password'),
      tenantId: tenantOf(context),
    }),
  }) as const

export const FROM_WEAK_PASSWORD = {
  guard: { type: 'isWeak', params: answered },
  actions: { type: 'complain', params: 'weakPassword' },
  target: 'enteringNewPassword',
} as const
