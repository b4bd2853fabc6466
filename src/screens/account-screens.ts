import type { ContextFrom } from 'xstate'
import type { privacyMachine } from '../../machines/pages/privacy.ts'
import type { signInMachine } from '../../machines/pages/sign-in.ts'
import type { welcomeMachine } from '../../machines/pages/welcome.ts'
import type { ScreenFailure, Why } from '../domain/screen.ts'
import type { Trouble } from '../domain/trouble.ts'
import { BACK, brandOf, complaint, type Draft, detail, line, primary, type StateOf, undrawn, working } from './parts.ts'

type SignInContext = ContextFrom<typeof signInMachine>
type SignInState = StateOf<typeof signInMachine>

const COMPLAINTS = {
  none: [],
  unknownAccount: [complaint("We couldn't find an account with that username.")],
  wrongPassword: [complaint('Your account or password is incorrect.')],
  timedOut: [complaint('Sorry, your sign-in timed out. Please sign in again.')],
}

const TENANT_LOCK =
  'That username looks like it belongs to another organization. Try signing in again or start over with a different account.'

const failureOf = (trouble: Trouble | null): ScreenFailure => ({
  code: trouble?.code ?? '',
  text: trouble?.text ?? '',
})

const isPersonal = ({ usage, tenant }: SignInContext) => usage === 'personal' && !tenant

export function signInScreen(context: SignInContext, state: SignInState): Draft {
  const brand = brandOf(context.branding)
  const why = whyOf(context)
  switch (state) {
    case 'loadingBranding':
    case 'lookingUpAccount':
    case 'authenticating':
    case 'sendingProof':
      return { ...working('Just a moment…'), ...brand, step: state, why }
    case 'provingIdentity':
    case 'unproven':
    case 'missingProof':
      return { ...proofScreen(context, state), ...brand }
    case 'enteringPassword':
      return {
        step: 'password',
        title: context.signInPage ? `Sign in to ${context.signInPage}` : 'Enter password',
        body: [line(context.email), ...COMPLAINTS[context.complaint]],
        controls: [
          { id: 'password', kind: 'secret', label: 'Password' },
          BACK,
          primary('signIn', 'Sign in', 'user.signIn'),
        ],
        ...brand,
        why: context.signInPage
          ? [...why, { fact: 'NameSpaceType Federated', effect: 'the organization’s own sign-in page' }]
          : why,
      }
    case 'refusedByTenant':
      return {
        step: 'refused',
        title: 'Something went wrong',
        body: [complaint(TENANT_LOCK)],
        controls: [primary('tryAgain', 'Start over', 'user.tryAgain')],
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
        title: 'Something went wrong',
        body: [
          line(SIGN_IN_REFUSALS[context.trouble?.code ?? ''] ?? 'We could not sign you in. You can try again.'),
          line(failureOf(context.trouble).code, 'code'),
        ],
        controls: [primary('tryAgain', 'Try again', 'user.tryAgain')],
        ...brand,
        failure: failureOf(context.trouble),
        why,
      }
    case 'enteringEmail':
      return enteringEmail(context, why)
    default:
      return undrawn(state)
  }
}

/**
 * What the sign-in page says to a refusal, by its AADSTS number. The numbers and their meanings are documented with the
 * identity platform; that OOBE shows these sentences is not [U].
 */
const SIGN_IN_REFUSALS: Record<string, string> = {
  '50053': 'Your account is temporarily locked to prevent unauthorized use. Try again later.',
  '50055': 'Your password has expired.',
  '50057': 'Your account has been disabled.',
  '50074': 'Your organization wants another proof of your identity.',
  '50076': 'Your organization wants another proof of your identity.',
  '50105': 'You are not assigned to this application.',
  '53003': 'Your sign-in does not meet the criteria to access this resource.',
  '90033': 'A service is temporarily unavailable. Try again later.',
}

/** The second proof: titles are sourced (reference: oobe-autopilot-esp.md, 1.6 [C, M]), the other sentences are not [U]. */
function proofScreen(
  { number, trouble }: SignInContext,
  state: Extract<SignInState, 'provingIdentity' | 'unproven' | 'missingProof'>,
): Draft {
  const why = [{ fact: 'multifactor authentication to join devices', effect: 'a second proof is asked for' }]
  if (state === 'missingProof') {
    return {
      step: 'proofMissing',
      title: 'Keep your account secure',
      body: [
        line('More information required'),
        line('Your organization needs an authentication app on a phone. Start by getting the app.'),
        line(failureOf(trouble).code, 'code'),
      ],
      // There is no way past this page.
      controls: [primary('tryAgain', 'Start over', 'user.tryAgain')],
      failure: failureOf(trouble),
      why,
    }
  }
  if (state === 'unproven') {
    return {
      step: 'unproven',
      title: 'Verify your identity',
      body: [complaint('The request was denied, or not answered.'), line(failureOf(trouble).code, 'code')],
      controls: [BACK, primary('tryAgain', 'Send another request', 'user.tryAgain')],
      failure: failureOf(trouble),
      why,
    }
  }
  return {
    step: 'proof',
    title: 'Verify your identity',
    body: [
      line('Open your Authenticator app, and enter the number shown to sign in.'),
      ...(number === '' ? [] : [line(number)]),
    ],
    controls: [BACK],
    progress: {},
    why,
  }
}

function enteringEmail(context: SignInContext, why: Why[]): Draft {
  const { branding } = context
  const title = isPersonal(context) ? "Let's add your Microsoft account" : "Let's set things up for your work or school"
  return {
    step: 'email',
    title,
    body: [...(branding?.signInPageText ? [detail(branding.signInPageText)] : []), ...COMPLAINTS[context.complaint]],
    controls: [
      {
        id: 'email',
        kind: 'text',
        label: 'Sign in',
        hint: branding?.usernameHint ?? 'someone@example.com',
        value: context.email,
        maxLength: 113,
      },
      primary('next', 'Next', 'user.next'),
    ],
    ...brandOf(branding),
    why,
  }
}

const whyOf = ({ tenant }: SignInContext): Why[] =>
  tenant
    ? [
        {
          fact: `the Autopilot profile "${tenant.profile}" of ${tenant.domain}, ${tenant.isExplicit ? 'assigned to a group of this device' : 'the default for all devices'}`,
          effect: 'the sign-in page is the school’s',
        },
      ]
    : []

export function welcomeScreen(
  context: ContextFrom<typeof welcomeMachine>,
  state: StateOf<typeof welcomeMachine>,
): Draft {
  const { account, branding, isStandardUser, isWrong, trouble } = context
  const brand = brandOf(branding)
  const why: Why[] = [
    {
      fact: isStandardUser
        ? 'CloudAssignedOobeConfig bit 2 (OobeUserNotLocalAdmin)'
        : 'CloudAssignedOobeConfig without bit 2, or no profile',
      effect: isStandardUser ? 'signs in without local administrator rights' : 'signs in as a local administrator',
    },
  ]
  const title = branding ? `Welcome to ${branding.name}` : 'Welcome'
  const name = account?.displayName ?? ''
  switch (state) {
    case 'askingForPassword':
      return {
        step: 'password',
        title,
        body: [
          line(name),
          detail(account?.upn ?? ''),
          ...(isWrong ? [complaint('The password is incorrect. Try again.')] : []),
        ],
        controls: [{ id: 'password', kind: 'secret', label: 'Password' }, primary('signIn', 'Sign in', 'user.signIn')],
        ...brand,
        why: [...why, { fact: 'a restart lost the credentials', effect: 'the password is asked for again' }],
      }
    case 'failed':
      return {
        step: 'failed',
        title: 'Something went wrong',
        body: [line('We could not sign you in. You can try again.'), line(failureOf(trouble).code, 'code')],
        controls: [primary('tryAgain', 'Try again', 'user.tryAgain')],
        ...brand,
        failure: failureOf(trouble),
        why,
      }
    case 'greeting':
    case 'creatingSession':
      return {
        ...working(title, line(name), detail(isStandardUser ? 'Signing in as a standard user' : 'Signing in')),
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

export function privacyScreen(_: ContextFrom<typeof privacyMachine>, state: StateOf<typeof privacyMachine>): Draft {
  if (state !== 'reading' && state !== 'accepting') return undrawn(state)
  const settings = [
    'Location',
    'Find my device',
    'Diagnostic data',
    'Inking & typing',
    'Tailored experiences',
    'Advertising ID',
  ]
  const isLast = state === 'accepting'
  return {
    step: isLast ? 'last' : 'first',
    title: 'Choose privacy settings for your device',
    body: (isLast ? settings.slice(3) : settings.slice(0, 3)).map((name) => line(`${name}: on`)),
    controls: [isLast ? primary('accept', 'Accept', 'user.accept') : primary('next', 'Next', 'user.next')],
    why: [{ fact: 'CloudAssignedOobeConfig without bit 4, or no profile', effect: 'privacy settings shown' }],
  }
}
