import type { ContextFrom } from 'xstate'
import type { signInMachine } from '../../machines/pages/sign-in.ts'
import { mayChangeAccount } from '../domain/other-account.ts'
import type { Line, LinkControl, Why } from '../domain/screen.ts'
import type { Texts } from '../texts/en.ts'
import {
  back,
  brandOf,
  button,
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
import { phoneProofScreen } from './phone-proof.ts'

type SignInContext = ContextFrom<typeof signInMachine>

export function signInScreen(context: SignInContext, state: StateOf<typeof signInMachine>, texts: Texts): Draft {
  const { signIn: said, common } = texts
  const brand = brandOf(context.branding)
  const why = whyOf(context)
  switch (state) {
    case 'loadingBranding':
    case 'lookingUpAccount':
    case 'authenticating':
    case 'usingKey':
    case 'settingNewPassword':
    case 'sendingProof':
      return { ...working(common.justAMoment), ...brand, step: state, why }
    case 'provingIdentity':
    case 'unproven':
    case 'missingProof':
      return { ...phoneProofScreen(context, state, texts), ...brand }
    case 'readingOptions':
      return {
        step: 'options',
        title: said.options,
        body: [line(said.webSignIn), line(said.accessPassAbout)],
        controls: [
          { id: 'securityKey', kind: 'link', label: said.securityKey, event: 'user.securityKey' },
          primary('back', common.back, 'user.return'),
        ],
        ...brand,
        why,
      }
    case 'insertingKey':
      return insertingKey(context, why, texts)
    case 'readingReset':
      return {
        step: 'reset',
        title: said.resetTitle,
        body: [line(context.email), line(said.resetAbout)],
        controls: [primary('back', common.back, 'user.return')],
        ...brand,
        why,
      }
    case 'enteringPassword':
      return {
        step: 'password',
        title: passwordTitle(context, texts),
        body: [line(context.email), ...complaintsOf(context, texts)],
        controls: [
          { id: 'password', kind: 'secret', label: context.usesAccessPass ? said.accessPass : common.password },
          ...linksOf(context, texts),
          back(texts),
          primary('signIn', common.signIn, 'user.signIn'),
        ],
        ...brand,
        why: context.signInPage
          ? [...why, { fact: 'NameSpaceType Federated', effect: 'the organization’s own sign-in page' }]
          : why,
      }
    case 'enteringNewPassword':
      return {
        step: 'newPassword',
        title: said.updatePassword,
        body: [line(context.email), line(said.updateWhy), ...complaintsOf(context, texts)],
        controls: [
          { id: 'newPassword', kind: 'secret', label: said.newPassword },
          { id: 'confirmPassword', kind: 'secret', label: said.confirmPassword },
          back(texts),
          primary('signIn', common.signIn, 'user.signIn'),
        ],
        ...brand,
        why: [
          ...why,
          {
            fact: 'AADSTS50055: the password has expired, or was given by an administrator',
            effect: 'a new one is set',
          },
        ],
      }
    case 'refusedByTenant':
      return {
        step: 'refused',
        title: common.somethingWentWrong,
        body: [complaint(said.otherOrganization)],
        controls: [primary('tryAgain', common.startOver, 'user.tryAgain')],
        ...brand,
        failure: { code: 'TenantMatched=0', text: 'the account belongs to another organization' },
        why: [
          {
            fact: `CloudAssignedTenantId ${context.tenant?.id ?? ''}`,
            effect: 'accounts of other tenants are refused',
          },
        ],
      }
    case 'failed':
      return {
        step: 'failed',
        title: common.somethingWentWrong,
        body: [line(refusalText(context.trouble?.code, texts)), line(failureOf(context.trouble).code, 'code')],
        controls: [tryAgain(texts)],
        ...brand,
        failure: failureOf(context.trouble),
        why,
      }
    case 'enteringEmail':
      return enteringEmail(context, why, texts)
    default:
      return undrawn(state)
  }
}

function passwordTitle({ usesAccessPass, signInPage }: SignInContext, { signIn: said }: Texts): string {
  if (usesAccessPass) return said.accessPass
  return signInPage ? said.passwordAt({ page: signInPage }) : said.password
}

/** A federated domain has its own page, with its own links. */
function linksOf(context: SignInContext, { signIn: said }: Texts): LinkControl[] {
  const link = (id: string, label: string): LinkControl => ({ id, kind: 'link', label, event: `user.${id}` })
  return [
    ...(context.signInPage || context.usesAccessPass ? [] : [link('forgot', said.forgot)]),
    ...(context.hasAccessPass && !context.usesAccessPass ? [link('useAccessPass', said.useAccessPass)] : []),
    ...(mayChangeAccount(context) && context.tenant ? [link('otherAccount', said.otherAccount)] : []),
  ]
}

const complaintsOf = ({ complaint: about }: SignInContext, { signIn }: Texts): Line[] =>
  about === 'none' ? [] : [complaint(signIn[about])]

/** What the sign-in page says to a refusal, by its AADSTS number. */
const refusalText = (code: string | undefined, { signIn, common }: Texts): string => {
  const number = Number(code)
  return isKnownRefusal(number) ? signIn[number] : common.notSignedIn
}

const REFUSALS = [50053, 50055, 50057, 50072, 50074, 50076, 50105, 50144, 53000, 53003, 90033, 135010, 135016] as const
const isKnownRefusal = (number: number): number is (typeof REFUSALS)[number] =>
  (REFUSALS as readonly number[]).includes(number)

function insertingKey(context: SignInContext, why: Why[], texts: Texts): Draft {
  const { signIn: said, common, hello } = texts
  const { securityKeys = [], branding } = context
  const cancel = button('back', common.cancel, 'user.return')
  const [first] = securityKeys
  return {
    step: 'securityKey',
    title: said.securityKey,
    body: [line(said.insertKey), ...complaintsOf(context, texts)],
    controls:
      first === undefined
        ? [cancel]
        : [
            {
              id: 'securityKey',
              kind: 'choice',
              label: said.keyChoice,
              options: securityKeys.map((name) => ({ id: name, label: name })),
              selected: first,
            },
            { id: 'pin', kind: 'secret', label: said.keyPin },
            ...(context.complaint === 'heldKey' ? [button('insertAgain', said.insertAgain, 'user.insertAgain')] : []),
            cancel,
            primary('useKey', hello.ok, 'user.useKey'),
          ],
    ...brandOf(branding),
    why,
  }
}

const isPersonal = ({ usage, tenant }: SignInContext) => usage === 'personal' && !tenant

function enteringEmail(context: SignInContext, why: Why[], texts: Texts): Draft {
  const { signIn: said, common } = texts
  const { branding } = context
  return {
    step: 'email',
    title: isPersonal(context) ? said.personal : said.work,
    body: [...(branding?.signInPageText ? [detail(branding.signInPageText)] : []), ...complaintsOf(context, texts)],
    controls: [
      {
        id: 'email',
        kind: 'text',
        label: said.email,
        hint: branding?.usernameHint ?? said.hint,
        value: context.email,
        maxLength: 113,
      },
      { id: 'options', kind: 'link', label: said.options, event: 'user.options' },
      primary('next', common.next, 'user.next'),
    ],
    ...brandOf(branding),
    why,
  }
}

const whyOf = ({ tenant }: SignInContext): Why[] =>
  tenant
    ? [
        {
          fact: tenant.isFromFile
            ? `the Autopilot profile of ${tenant.domain} in AutopilotConfigurationFile.json on the disk`
            : `the Autopilot profile "${tenant.profile}" of ${tenant.domain}, ${tenant.isExplicit ? 'assigned to a group of this device' : 'the default for all devices'}`,
          effect: 'the sign-in page is the school’s',
        },
      ]
    : []
