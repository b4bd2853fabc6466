import { type AutopilotProfile, isSelfDeploying, whyNoProfile } from '../../src/domain/autopilot.ts'
import type { JoinsAs } from '../pages/device-join.ts'
import { isStandardUser, usageOf } from './oobe-context.ts'
import { type End, planOf, stepsBefore } from './plan.ts'

/** Attestation, when a person's credentials join the device. */
const NO_ATTESTATION = {
  leavesOut: 'tpmAttestation',
  source: '2.1 [D]',
  why: { fact: 'user-driven mode: no attestation', effect: 'Securing your hardware not required' },
  to: 'deviceJoin',
} as const

/** The person who owns the device signs in. */
const signIn = stepsBefore<'tpmAttestation'>()({
  signIn: {
    page: 'signIn',
    source: '10 S12, S13',
    input: (context) => {
      const { profile, disk } = context
      const usage = usageOf(context)
      return {
        usage,
        tenant: profile
          ? {
              id: profile.tenantId,
              domain: profile.tenantDomain,
              assignedUpn: profile.tenantUpn,
              profile: profile.deploymentProfileName,
              isExplicit: profile.isExplicit,
            }
          : undefined,
        notNeeded:
          disk.isEnrolled || (usage === 'personal' && disk.account)
            ? 'the user signed in before the restart'
            : undefined,
      }
    },
    leads: {
      signedIn: { to: 'tpmAttestation', writes: ({ account }) => ({ account }) },
      doesNotApply: 'tpmAttestation',
    },
  },
})

/** From the join to the end of device setup, and the updates after it. */
const managed = (as: JoinsAs) =>
  stepsBefore<'signIn' | 'welcome' | End>()({
    deviceJoin: {
      page: 'deviceJoin',
      source: '10 S14',
      input: (context) => ({
        isJoined: context.disk.isJoined,
        isEnrolled: context.disk.isEnrolled,
        joinsAs: as,
        isPersonal: usageOf(context) === 'personal',
      }),
      leads: {
        startOver: 'signIn',
        joined: { to: 'enrollment', writes: { isJoined: true } },
        doesNotApply: 'enrollment',
      },
    },
    enrollment: {
      page: 'enrollment',
      source: '10 S15',
      input: (context) => ({
        isEnrolled: context.disk.isEnrolled,
        enrollsAs: as,
        isPersonal: usageOf(context) === 'personal',
      }),
      leads: {
        startOver: 'signIn',
        enrolled: { to: 'deviceStatus', writes: { isEnrolled: true }, tells: 'device.enrolled' },
        doesNotApply: 'deviceStatus',
      },
    },
    deviceStatus: {
      page: 'enrollmentStatus',
      source: '10 S17-S20',
      input: ({ disk }) => ({ phase: 'device', isDone: disk.deviceStatusDone, isEnrolled: disk.isEnrolled }),
      leads: {
        reset: 'reset',
        restart: {
          to: 'restart',
          writes: { deviceStatusDone: true },
          sets: { restartReason: 'device setup needs a restart' },
        },
        // Before the end of device setup the page opens again, and continues.
        earlyRestart: {
          to: 'restart',
          writes: { deviceStatusDone: false },
          sets: { restartReason: 'device setup needs a restart' },
        },
        continuedAnyway: { to: 'qualityUpdates', writes: { deviceStatusDone: true, isContinuedAnyway: true } },
        finished: { to: 'qualityUpdates', writes: { deviceStatusDone: true } },
        doesNotApply: { to: 'qualityUpdates', writes: { deviceStatusDone: true } },
      },
    },
    qualityUpdates: {
      page: 'qualityUpdates',
      source: '10 S21',
      input: ({ disk }) => ({ isDone: disk.qualityUpdatesDone, isEnrolled: disk.isEnrolled }),
      leads: {
        restart: {
          to: 'restart',
          writes: { qualityUpdatesDone: true },
          sets: { restartReason: 'quality updates' },
        },
        upToDate: { to: 'welcome', writes: { qualityUpdatesDone: true } },
        installed: { to: 'welcome', writes: { qualityUpdatesDone: true } },
        failed: { to: 'welcome', writes: { qualityUpdatesDone: true } },
        doesNotApply: { to: 'welcome', writes: { qualityUpdatesDone: true } },
      },
    },
  })

/** The school-branded welcome, and the page that follows it. */
const welcome = stepsBefore<'accountStatus'>()({
  welcome: {
    page: 'welcome',
    source: '10 S22',
    input: (context) => ({
      account: context.disk.account ?? null,
      tenantDomain: context.profile?.tenantDomain ?? '',
      isStandardUser: isStandardUser(context),
    }),
    leads: { signedIn: { to: 'privacy', tells: 'user.signedIn' }, doesNotApply: 'privacy' },
  },
  privacy: {
    page: 'privacy',
    source: '10 S23',
    input: ({ disk, profile }) => ({ isAccepted: disk.privacyAccepted, profile }),
    leads: {
      accepted: { to: 'accountStatus', writes: { privacyAccepted: true } },
      doesNotApply: { to: 'accountStatus', writes: { privacyAccepted: true } },
    },
  },
})

/** What each person's first sign-in brings, and the next person. */
const atTheDevice = stepsBefore<End>()({
  accountStatus: {
    page: 'enrollmentStatus',
    source: '10 S24',
    input: ({ disk }) => ({ phase: 'user', isDone: disk.accountStatusDone, isEnrolled: disk.isEnrolled }),
    leads: {
      reset: 'reset',
      continuedAnyway: { to: 'firstLogon', writes: { accountStatusDone: true, isContinuedAnyway: true } },
      finished: { to: 'firstLogon', writes: { accountStatusDone: true } },
      doesNotApply: { to: 'firstLogon', writes: { accountStatusDone: true } },
      restart: { to: 'restart', sets: { restartReason: 'account setup needs a restart' } },
      earlyRestart: { to: 'restart', sets: { restartReason: 'account setup needs a restart' } },
    },
  },
  firstLogon: {
    page: 'firstLogon',
    source: '10 S26',
    input: ({ disk }) => ({ displayName: disk.account?.displayName ?? '' }),
    leads: { ready: { to: 'desktop', when: { question: 'expectsUser', to: 'usingDesktop' } } },
  },
  // The first person works for a while, and leaves the device to the next.
  usingDesktop: { shows: 'desktop', source: '10 S27', after: 'untilNextUser', to: 'nextSignIn' },
  nextSignIn: {
    page: 'nextSignIn',
    source: '10 S27',
    input: ({ profile, disk }) => ({ tenantId: profile?.tenantId ?? disk.account?.tenantId }),
    tells: 'device.signedOut',
    leads: {
      // Account setup is each person's own (mdm-protocols 3.3 [O]).
      signedIn: {
        to: 'accountStatus',
        writes: ({ account }, { disk }) => ({ account, accountStatusDone: false, laterUsers: disk.laterUsers + 1 }),
        tells: 'user.signedIn',
      },
    },
  },
})

const licenseTerms = <To extends string>(to: To) =>
  stepsBefore<To>()({
    licenseTerms: {
      page: 'licenseTerms',
      source: '1.7',
      input: ({ disk, profile }) => ({ isAccepted: disk.licenseAccepted, profile }),
      leads: {
        accepted: { to, writes: { licenseAccepted: true } },
        doesNotApply: { to, writes: { licenseAccepted: true } },
      },
    },
  })

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
    input: ({ disk, answer }) => ({ remembered: disk.usage, reason: whyNoProfile(answer) }),
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
