import { type AutopilotProfile, isSelfDeploying, whyNoProfile } from '../../src/domain/autopilot.ts'
import { planOf } from './plan.ts'
import { atTheDevice, licenseTerms, managed, NO_ATTESTATION, signIn, welcome } from './shared-steps.ts'

/** A person's credentials join the device to the tenant of the profile. */
const userDriven = planOf({
  ...licenseTerms('signIn'),
  ...signIn,
  tpmAttestation: NO_ATTESTATION,
  ...managed('user'),
  ...welcome,
  ...atTheDevice,
})

/** The device joins with its TPM, and no person is there. */
const selfDeploying = planOf({
  ...licenseTerms('signIn'),
  signIn: {
    leavesOut: 'signIn',
    source: '2.1 [D]',
    why: { fact: 'self-deploying mode: no user signs in', effect: 'sign-in skipped' },
    to: 'tpmAttestation',
  },
  tpmAttestation: {
    page: 'tpmAttestation',
    source: '10 S16',
    input: ({ disk }) => ({ isEnrolled: disk.isEnrolled }),
    leads: { attested: 'deviceJoin', reset: 'reset', doesNotApply: 'deviceJoin' },
  },
  ...managed('device'),
  welcome: {
    leavesOut: 'welcome',
    source: '2.3 [D]',
    why: { fact: 'self-deploying mode: no user signs in', effect: 'welcome skipped' },
    to: 'privacy',
  },
  privacy: {
    leavesOut: 'privacy',
    source: '2.3 [D]',
    why: { fact: 'self-deploying mode: no user signs in', effect: 'privacy skipped' },
    to: 'lookingForUser',
  },
  lookingForUser: {
    source: '1.8 [D]',
    decides: [{ when: 'expectsOrKeepsUser', to: 'nextSignIn' }],
    otherwise: 'signInScreen',
  },
  ...atTheDevice,
})

/** Without an Autopilot profile: the ordinary consumer way, and the school's account on a page of it. */
const consumer = planOf({
  ...licenseTerms('deviceName'),
  deviceName: {
    page: 'deviceName',
    source: '10 S11b',
    input: ({ disk }) => ({ isNamed: disk.isNamed || disk.isNameSettled }),
    leads: {
      restart: {
        to: 'restart',
        writes: ({ name }) => ({ deviceName: name, isNamed: true }),
        sets: { restartReason: 'the device was renamed' },
      },
      skipped: { to: 'deviceUsage', writes: { isNameSettled: true } },
      doesNotApply: { to: 'deviceUsage', writes: { isNameSettled: true } },
    },
  },
  deviceUsage: {
    page: 'deviceUsage',
    source: '10 S11b',
    input: ({ disk, answer, facts }) => ({
      remembered: disk.usage,
      reason: whyNoProfile(answer),
      edition: facts.edition,
    }),
    leads: {
      personal: { to: 'signIn', writes: { usage: 'personal' } },
      workOrSchool: { to: 'signIn', writes: { usage: 'workOrSchool' } },
      doesNotApply: 'signIn',
    },
  },
  ...signIn,
  tpmAttestation: NO_ATTESTATION,
  ...managed('user'),
  ...welcome,
  ...atTheDevice,
})

/** The deployment modes of Windows Autopilot, and the way without it. */
export const PLANS = { userDriven, selfDeploying, consumer }

export type Mode = keyof typeof PLANS

/** Known once the deployment service has answered. */
export function modeOf(profile: AutopilotProfile | null): Mode {
  if (!profile) return 'consumer'
  return isSelfDeploying(profile) ? 'selfDeploying' : 'userDriven'
}
