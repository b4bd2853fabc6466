import type { ContextFrom } from 'xstate'
import type { nextSignInMachine } from '../../machines/pages/next-sign-in.ts'
import { safeText } from '../domain/safe-text.ts'
import type { Texts } from '../texts/en.ts'
import { complaint, type Draft, line, primary, type StateOf, undrawn, working } from './parts.ts'

export function nextSignInScreen(
  context: ContextFrom<typeof nextSignInMachine>,
  state: StateOf<typeof nextSignInMachine>,
  { nextSignIn: said, welcome, common, reset }: Texts,
): Draft {
  if (state !== 'asking' && state !== 'authenticating' && state !== 'openingSession') return undrawn(state)
  if (state !== 'asking') return { ...working(welcome.title), step: 'signingIn' }
  const { isWrong, trouble, refusedReset } = context
  return {
    title: said.title,
    body: [
      ...(refusedReset ? [complaint(reset.refused), line(refusedReset.code, 'code')] : []),
      ...(isWrong ? [complaint(said.wrong)] : []),
      ...(trouble ? [complaint(safeText(trouble.text)), line(trouble.code, 'code')] : []),
    ],
    controls: [
      { id: 'email', kind: 'text', label: said.email },
      { id: 'password', kind: 'secret', label: common.password },
      primary('signIn', common.signIn, 'user.signIn'),
    ],
    why: [{ fact: 'the device has joined a tenant', effect: 'any account of it may sign in' }],
  }
}
