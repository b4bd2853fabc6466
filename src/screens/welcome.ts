import type { ContextFrom } from 'xstate'
import type { welcomeMachine } from '../../machines/pages/welcome.ts'
import type { Why } from '../domain/screen.ts'
import type { Texts } from '../texts/en.ts'
import {
  brandOf,
  complaint,
  type Draft,
  detail,
  failureOf,
  line,
  primary,
  type StateOf,
  tryAgain,
  undrawn,
  working,
} from './parts.ts'

export function welcomeScreen(
  context: ContextFrom<typeof welcomeMachine>,
  state: StateOf<typeof welcomeMachine>,
  texts: Texts,
): Draft {
  const { welcome: said, common } = texts
  const { account, branding, isStandardUser, isWrong, trouble } = context
  const brand = brandOf(branding)
  const why: Why[] = [
    {
      fact: isStandardUser
        ? context.tenantDomain === ''
          ? 'account type Standard of the device preparation policy'
          : 'CloudAssignedOobeConfig bit 2 (OobeUserNotLocalAdmin)'
        : 'CloudAssignedOobeConfig without bit 2, or no profile',
      effect: isStandardUser ? 'signs in without local administrator rights' : 'signs in as a local administrator',
    },
  ]
  const title = branding ? said.titleOf({ school: branding.name }) : said.title
  const name = account?.displayName ?? ''
  switch (state) {
    case 'askingForPassword':
      return {
        step: 'password',
        title,
        body: [line(name), detail(account?.upn ?? ''), ...(isWrong ? [complaint(said.wrongPassword)] : [])],
        controls: [
          { id: 'password', kind: 'secret', label: common.password },
          primary('signIn', common.signIn, 'user.signIn'),
        ],
        ...brand,
        why: [...why, { fact: 'a restart lost the credentials', effect: 'the password is asked for again' }],
      }
    case 'failed':
      return {
        step: 'failed',
        title: common.somethingWentWrong,
        body: [line(common.notSignedIn), line(failureOf(trouble).code, 'code')],
        controls: [tryAgain(texts)],
        ...brand,
        failure: failureOf(trouble),
        why,
      }
    case 'greeting':
    case 'creatingSession':
      return {
        ...working(title, line(name), detail(isStandardUser ? said.standardUser : said.signingIn)),
        ...brand,
        step: 'greeting',
        why,
      }
    case 'loadingBranding':
    case 'recalling':
    case 'authenticating':
      return { ...working(title), ...brand, why }
    default:
      return undrawn(state)
  }
}
