import type { ContextFrom } from 'xstate'
import type { OobeContext } from '../../machines/oobe/oobe-context.ts'
import type { localResetMachine } from '../../machines/pages/local-reset.ts'
import { RESET_NAMES } from '../domain/reset.ts'
import { safeText } from '../domain/safe-text.ts'
import { contextOf, type View } from '../domain/view.ts'
import type { Texts } from '../texts/en.ts'
import { button, complaint, type Draft, detail, line, primary, type StateOf, undrawn, working } from './parts.ts'

const WHY = [
  {
    fact: 'CredentialProviders/DisableAutomaticReDeploymentCredentials 0',
    effect: 'Ctrl+Windows key+R opens a sign-in for an Autopilot Reset',
  },
]

export function localResetScreen(
  { refusal, trouble }: ContextFrom<typeof localResetMachine>,
  state: StateOf<typeof localResetMachine>,
  { reset: said, nextSignIn, overlay, common }: Texts,
): Draft {
  switch (state) {
    case 'asking':
      return {
        title: said.title,
        body: [
          detail(said.about),
          ...(refusal === 'wrongPassword' ? [complaint(nextSignIn.wrong)] : []),
          ...(refusal === 'notAdministrator' ? [complaint(said.notAdministrator)] : []),
          ...(trouble ? [complaint(safeText(trouble.text)), line(trouble.code, 'code')] : []),
        ],
        controls: [
          { id: 'email', kind: 'text', label: nextSignIn.email },
          { id: 'password', kind: 'secret', label: common.password },
          button('cancel', common.cancel, 'user.cancel'),
          primary('reset', said.begin, 'user.reset'),
        ],
        why: WHY,
      }
    case 'authorizing':
    case 'checking':
      return { ...working(said.title), step: 'checking', why: WHY }
    case 'failed':
      return {
        step: 'failed',
        title: said.title,
        body: [line(said.noRecovery), ...(trouble ? [line(trouble.code, 'code')] : [])],
        controls: [primary('close', overlay.close, 'user.close')],
        failure: { code: trouble?.code ?? '', text: said.noRecovery },
        why: WHY,
      }
    default:
      return undrawn(state)
  }
}

export const resettingScreen = (_context: unknown, _state: unknown, { reset: said }: Texts, view: View): Draft => {
  const kept = contextOf<OobeContext>(view, 'oobe')?.disk.reset
  return {
    ...working(said.resetting, detail(said.restarts)),
    why: [{ fact: 'a reset was asked for', effect: RESET_NAMES[kept?.kind ?? 'everything'] }],
  }
}

export const restoringScreen = (_context: unknown, _state: unknown, { reset: said, common }: Texts): Draft => ({
  ...working(common.justAMoment, line(said.restoring)),
  why: [{ fact: 'the reset has kept the enrolment', effect: 'no sign-in before a management session was held' }],
})
