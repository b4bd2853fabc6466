import type { ContextFrom } from 'xstate'
import type { nextSignInMachine } from '../../machines/pages/next-sign-in.ts'
import { safeText } from '../domain/safe-text.ts'
import type { Texts } from '../texts/en.ts'
import {
  button,
  complaint,
  type Draft,
  line,
  NOT_CHANGED_HERE,
  primary,
  type StateOf,
  undrawn,
  working,
} from './parts.ts'

export function nextSignInScreen(
  context: ContextFrom<typeof nextSignInMachine>,
  state: StateOf<typeof nextSignInMachine>,
  { nextSignIn: said, welcome, common, reset }: Texts,
): Draft {
  if (state !== 'asking' && state !== 'authenticating' && state !== 'openingSession') return undrawn(state)
  if (state !== 'asking') return { ...working(welcome.title), step: 'signingIn' }
  const { isWrong, isNotAllowed, trouble, refusedReset, hasGuest, hasOrganization } = context
  return {
    title: said.title,
    body: [
      ...(refusedReset ? [complaint(reset.refused), line(refusedReset.code, 'code')] : []),
      ...(isWrong ? [complaint(said.wrong)] : []),
      ...(isNotAllowed ? [complaint(welcome.notAllowed)] : []),
      ...(trouble ? [complaint(safeText(trouble.text)), line(trouble.code, 'code')] : []),
    ],
    controls: [
      ...(hasOrganization
        ? [
            { id: 'email', kind: 'text', label: said.email } as const,
            { id: 'password', kind: 'secret', label: common.password } as const,
            primary('signIn', common.signIn, 'user.signIn'),
          ]
        : []),
      ...(hasGuest ? [button('guest', said.guest, 'user.guest')] : []),
    ],
    why: [
      ...(hasOrganization ? [{ fact: 'the device has joined a tenant', effect: 'any account of it may sign in' }] : []),
      ...(hasGuest ? [{ fact: 'SharedPC/AccountModel', effect: 'a guest may sign in' }] : []),
      ...(isNotAllowed ? [NOT_CHANGED_HERE] : []),
    ],
  }
}
