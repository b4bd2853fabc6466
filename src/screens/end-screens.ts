import type { ContextFrom } from 'xstate'
import type { OobeContext } from '../../machines/oobe/oobe-context.ts'
import type { firstLogonMachine } from '../../machines/pages/first-logon.ts'
import type { nextSignInMachine } from '../../machines/pages/next-sign-in.ts'
import { hasBit } from '../domain/autopilot.ts'
import { safeText } from '../domain/safe-text.ts'
import { complaint, type Draft, detail, line, primary, type StateOf, undrawn, working } from './parts.ts'

export function firstLogonScreen(
  { displayName }: ContextFrom<typeof firstLogonMachine>,
  state: StateOf<typeof firstLogonMachine>,
): Draft {
  switch (state) {
    case 'greeting':
      return working(displayName ? `Hi ${displayName}` : 'Hi')
    case 'gettingReady':
      return {
        ...working('Getting things ready for you', detail('This might take a few minutes')),
        step: 'gettingReady',
      }
    default:
      return undrawn(state)
  }
}

/** What the boxes are called there is no source for [U]. */
export function nextSignInScreen(
  context: ContextFrom<typeof nextSignInMachine>,
  state: StateOf<typeof nextSignInMachine>,
): Draft {
  if (state !== 'asking' && state !== 'authenticating' && state !== 'openingSession') return undrawn(state)
  if (state !== 'asking') return { ...working('Welcome'), step: 'signingIn' }
  const { isWrong, trouble } = context
  return {
    title: 'Other user',
    body: [
      ...(isWrong ? [complaint('The user name or password is incorrect. Try again.')] : []),
      ...(trouble ? [complaint(safeText(trouble.text)), line(trouble.code, 'code')] : []),
    ],
    controls: [
      { id: 'email', kind: 'text', label: 'Email address' },
      { id: 'password', kind: 'secret', label: 'Password' },
      primary('signIn', 'Sign in', 'user.signIn'),
    ],
    why: [{ fact: 'the device has joined a tenant', effect: 'any account of it may sign in' }],
  }
}

export function desktopScreen({ disk, profile }: OobeContext): Draft {
  const isStandard = disk.laterUsers > 0 || hasBit(profile, 'userNotLocalAdmin')
  return {
    title: 'Desktop',
    body: [
      line(`${disk.account?.displayName ?? ''} is signed in on ${disk.deviceName}.`, 'success'),
      line(isStandard ? 'Standard user, no local administrator rights' : 'Local administrator'),
      detail(disk.isEnrolled ? 'Managed by the organization' : 'Not managed'),
    ],
    controls: [],
    why: [
      {
        fact:
          disk.laterUsers > 0
            ? 'not the person who joined the device'
            : isStandard
              ? 'CloudAssignedOobeConfig bit 2 (OobeUserNotLocalAdmin)'
              : 'no profile that says Standard',
        effect: isStandard ? 'standard user' : 'local administrator',
      },
    ],
  }
}

export const signInScreenScreen = ({ disk, profile }: OobeContext): Draft => ({
  title: 'Sign in',
  body: [
    line(`${disk.deviceName} is ready.`, 'success'),
    detail(`Any user of ${profile?.tenantDomain ?? 'the organization'} can sign in.`),
  ],
  controls: [],
  why: [
    { fact: 'CloudAssignedOobeConfig bits 32 and 64 (self-deploying)', effect: 'the run ends at the sign-in screen' },
  ],
})
