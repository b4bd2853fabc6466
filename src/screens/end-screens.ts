import type { ContextFrom } from 'xstate'
import type { firstLogonMachine } from '../../machines/first-logon.ts'
import type { oobeMachine } from '../../machines/oobe.ts'
import { hasBit } from '../domain/autopilot.ts'
import { type Draft, detail, line, working } from './parts.ts'

export const firstLogonScreen = ({ displayName }: ContextFrom<typeof firstLogonMachine>, state: string): Draft =>
  state === 'greeting'
    ? working(displayName ? `Hi ${displayName}` : 'Hi')
    : { ...working('Getting things ready for you', detail('This might take a few minutes')), step: 'gettingReady' }

type OobeContext = ContextFrom<typeof oobeMachine>

export function desktopScreen({ disk, profile }: OobeContext): Draft {
  const isStandard = hasBit(profile, 'userNotLocalAdmin')
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
        fact: isStandard ? 'CloudAssignedOobeConfig bit 2 (OobeUserNotLocalAdmin)' : 'no profile that says Standard',
        effect: isStandard ? 'standard user' : 'local administrator',
      },
    ],
  }
}

export const signInScreenScreen = ({ disk, profile }: OobeContext): Draft => ({
  title: 'Sign in',
  body: [
    line(`${disk.deviceName} is ready.`, 'success'),
    detail(`Anybody of ${profile?.tenantDomain ?? 'the organization'} can sign in.`),
  ],
  controls: [],
  why: [
    { fact: 'CloudAssignedOobeConfig bits 32 and 64 (self-deploying)', effect: 'the run ends at the sign-in screen' },
  ],
})
