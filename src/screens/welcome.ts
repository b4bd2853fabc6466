import type { ContextFrom } from 'xstate'
import type { welcomeMachine } from '../../machines/pages/welcome.ts'
import type { Why } from '../domain/screen.ts'
import type { Texts } from '../texts/en.ts'
import {
  brandOf,
  button,
  complaint,
  type Draft,
  detail,
  failureOf,
  line,
  NOT_CHANGED_HERE,
  primary,
  type StateOf,
  tryAgain,
  undrawn,
  working,
} from './parts.ts'

function complaintsOf({ complaint: about }: ContextFrom<typeof welcomeMachine>, { welcome: said, signIn }: Texts) {
  const sentences = {
    none: undefined,
    wrongPassword: said.wrongPassword,
    notAllowed: said.notAllowed,
    differentPasswords: signIn.differentPasswords,
    weakPassword: signIn.weakPassword,
  }
  const sentence = sentences[about]
  return sentence === undefined ? [] : [complaint(sentence)]
}

export function welcomeScreen(
  context: ContextFrom<typeof welcomeMachine>,
  state: StateOf<typeof welcomeMachine>,
  texts: Texts,
): Draft {
  const { welcome: said, signIn, common, phoneProof } = texts
  const { account, branding, isStandardUser, trouble, hasWebSignIn, number } = context
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
        body: [line(name), detail(account?.upn ?? ''), ...complaintsOf(context, texts)],
        controls: [
          { id: 'password', kind: 'secret', label: common.password },
          ...(hasWebSignIn ? [button('webSignIn', said.webSignIn, 'user.webSignIn')] : []),
          primary('signIn', common.signIn, 'user.signIn'),
        ],
        ...brand,
        why: [
          ...why,
          { fact: 'a restart lost the credentials', effect: 'the password is asked for again' },
          ...(hasWebSignIn ? [{ fact: 'Authentication/EnableWebSignIn 1', effect: 'web sign-in is offered' }] : []),
          ...(context.complaint === 'notAllowed' ? [NOT_CHANGED_HERE] : []),
        ],
      }
    case 'enteringNewPassword':
      return {
        step: 'newPassword',
        title: signIn.updatePassword,
        body: [line(account.upn), line(signIn.updateWhy), ...complaintsOf(context, texts)],
        controls: [
          { id: 'newPassword', kind: 'secret', label: signIn.newPassword },
          { id: 'confirmPassword', kind: 'secret', label: signIn.confirmPassword },
          button('cancel', common.cancel, 'user.cancel'),
          primary('signIn', common.signIn, 'user.signIn'),
        ],
        ...brand,
        why: [
          ...why,
          { fact: 'web sign-in, and AADSTS50055: the password has to be changed', effect: 'a new one is set' },
        ],
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
    case 'provingIdentity':
      return {
        step: 'proof',
        title: phoneProof.title,
        body: [line(phoneProof.enterNumber), ...(number === '' ? [] : [line(number)])],
        controls: [button('cancel', common.cancel, 'user.cancel')],
        progress: {},
        ...brand,
        why: [...why, { fact: 'web sign-in', effect: 'a second proof at the lock screen' }],
      }
    case 'requestingProof':
    case 'sendingProof':
    case 'loadingBranding':
    case 'recalling':
    case 'authenticating':
    case 'settingNewPassword':
      return { ...working(title), ...brand, why }
    default:
      return undrawn(state)
  }
}
