import { isSelfDeploying, whyNoProfile } from '../../src/domain/autopilot.ts'
import { RECOVERY_WHY } from '../../src/domain/boot.ts'
import { autopilotReset } from './autopilot-reset.ts'
import { hybrid } from './hybrid.ts'
import { isResealed, type OobeContext } from './oobe-context.ts'
import { planOf } from './plan.ts'
import { preProvisioned, preProvisioning } from './pre-provisioning.ts'
import {
  atTheDevice,
  atTheSharedDevice,
  deviceSetup,
  joined,
  kioskOrUser,
  licenseTerms,
  managed,
  NO_ATTESTATION,
  preparationPolicy,
  qualityUpdates,
  signIn,
} from './shared-steps.ts'
import { privacy, welcomeAndMaybeRestore, welcomeAndRestore } from './welcome-steps.ts'

const NO_STATUS_PAGE = {
  fact: 'device preparation has no Enrollment Status Page',
  effect: 'Enrollment Status Page skipped',
}

/** A person's credentials join the device to the tenant of the profile. */
const userDriven = planOf({
  ...licenseTerms('signIn'),
  ...signIn,
  tpmAttestation: NO_ATTESTATION,
  ...managed('user'),
  ...welcomeAndMaybeRestore,
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
  privacy: {
    leavesOut: 'privacy',
    source: '2.3 [D]',
    why: { fact: 'self-deploying mode: no user signs in', effect: 'privacy skipped' },
    to: 'welcome',
  },
  welcome: {
    leavesOut: 'welcome',
    source: '2.3 [D]',
    why: { fact: 'self-deploying mode: no user signs in', effect: 'welcome skipped' },
    to: 'kioskSignIn',
  },
  ...kioskOrUser,
  ...atTheSharedDevice,
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
      doesNotApply: 'deviceUsage',
    },
  },
  deviceUsage: {
    page: 'deviceUsage',
    source: '10 S11b',
    input: ({ disk, answer, facts }) => ({
      remembered: disk.usage,
      reason: disk.isRecovering ? RECOVERY_WHY : whyNoProfile(answer),
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
  ...joined({ joinsAs: 'user', startOver: 'signIn', to: 'preparationPolicy' }),
  // The person has signed in: a policy of theirs makes it a device of another mode.
  ...preparationPolicy('deviceStatus'),
  ...deviceSetup(),
  ...qualityUpdates,
  ...welcomeAndMaybeRestore,
  ...privacy('consumerOffers'),
  consumerOffers: {
    page: 'consumerOffers',
    source: '1.1 [D]',
    input: ({ disk, facts }) => ({
      isDone: disk.offersDone === true,
      edition: facts.edition,
      account: disk.account ?? null,
    }),
    leads: {
      answered: { to: 'welcome', writes: ({ backsUp }) => ({ offersDone: true, backsUpToOneDrive: backsUp }) },
      doesNotApply: 'welcome',
    },
  },
  ...atTheDevice,
})

/** The device is bound to the tenant before it enrols: its pages are those of the tenant, and a policy of the device prepares it. */
const associated = planOf({
  ...licenseTerms('signIn'),
  ...signIn,
  tpmAttestation: NO_ATTESTATION,
  ...joined({ joinsAs: 'user', startOver: 'signIn', to: 'preparationPolicy' }),
  ...preparationPolicy('deviceStatus'),
  ...deviceSetup(),
  ...qualityUpdates,
  ...welcomeAndRestore,
  ...atTheDevice,
})

/** No tenant has registered the device, and a policy of the person who signed in prepares it. */
const devicePreparation = planOf({
  enrollmentStatus: {
    leavesOut: 'enrollmentStatus',
    source: '2.8 [D]',
    why: NO_STATUS_PAGE,
    to: 'requiredSetup',
  },
  requiredSetup: {
    page: 'requiredSetup',
    source: '2.8 [D]',
    input: ({ disk }) => ({
      isDone: disk.preparation === 'done',
      isStandard: disk.isStandardByPreparation === true,
    }),
    leads: {
      finished: {
        to: 'qualityUpdates',
        writes: ({ isStandard }) => ({ preparation: 'done', isStandardByPreparation: isStandard }),
      },
      continuedAnyway: {
        to: 'qualityUpdates',
        writes: ({ isStandard }) => ({
          preparation: 'done',
          isStandardByPreparation: isStandard,
          isContinuedAnyway: true,
        }),
      },
      restart: {
        to: 'restart',
        writes: ({ isStandard }) => ({ preparation: 'done', isStandardByPreparation: isStandard }),
        sets: { restartReason: 'device preparation needs a restart' },
      },
      doesNotApply: 'qualityUpdates',
    },
  },
  qualityUpdates: {
    leavesOut: 'qualityUpdates',
    source: '4.8 [D]',
    why: { fact: 'device preparation installs no quality updates', effect: 'no quality updates page' },
    to: 'privacy',
  },
  ...welcomeAndRestore,
  ...atTheDevice,
  accountStatus: {
    leavesOut: 'enrollmentStatus',
    source: '2.8 [D]',
    why: NO_STATUS_PAGE,
    to: 'hello',
  },
})

/** The deployment modes of Windows Autopilot, and the way without it. */
export const PLANS = {
  userDriven,
  selfDeploying,
  preProvisioning,
  preProvisioned,
  autopilotReset,
  hybrid,
  consumer,
  associated,
  devicePreparation,
}

export type Mode = keyof typeof PLANS

/**
 * Known once the deployment service has answered; device preparation comes out of the consumer way. A device that has lost its enrolment
 * since is no longer pre-provisioned, and no longer one that an Autopilot Reset has left in its place.
 */
export function modeOf({ profile, isTechnician, disk }: Pick<OobeContext, 'profile' | 'isTechnician' | 'disk'>): Mode {
  if (isTechnician) return 'preProvisioning'
  if (disk.reset && disk.isEnrolled) return 'autopilotReset'
  if (disk.isRecovering) return 'consumer'
  if (isResealed(disk) && disk.isEnrolled) return 'preProvisioned'
  if (!profile) return 'consumer'
  if (profile.isHybrid) return 'hybrid'
  if (profile.isAssociation) return 'associated'
  return isSelfDeploying(profile) ? 'selfDeploying' : 'userDriven'
}
