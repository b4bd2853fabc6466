import { isFromFile } from '../../src/domain/autopilot.ts'
import type { BootState, Remembered } from '../../src/domain/boot.ts'
import type { JoinsAs } from '../pages/device-join.ts'
import { type OobeContext, personAt, usageOf } from './oobe-context.ts'
import { type Continuation, type End, type Never, stepsBefore } from './plan.ts'

/** Attestation, when a person's credentials join the device. */
export const NO_ATTESTATION = {
  leavesOut: 'tpmAttestation',
  source: '2.1 [D]',
  why: { fact: 'user-driven mode: no attestation', effect: 'Securing your hardware not required' },
  to: 'deviceJoin',
} as const

/** The person who owns the device signs in. */
export const signIn = stepsBefore<'tpmAttestation'>()({
  signIn: {
    page: 'signIn',
    source: '10 S12, S13',
    input: (context) => {
      const { profile, disk, facts } = context
      const usage = usageOf(context)
      return {
        usage,
        ...(facts.securityKeys ? { securityKeys: facts.securityKeys } : {}),
        tenant: profile
          ? {
              id: profile.tenantId,
              domain: profile.tenantDomain,
              assignedUpn: profile.tenantUpn,
              profile: profile.deploymentProfileName,
              isExplicit: profile.isExplicit,
              ...(isFromFile(profile) ? { isFromFile: true } : {}),
              hidesOtherAccount: profile.forcedEnrollment,
            }
          : undefined,
        notNeeded:
          disk.account && (disk.isEnrolled || usage === 'personal')
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

/** Where the join and the enrolment lead besides to each other. */
interface Joining<To> {
  joinsAs: JoinsAs
  /** Where a person begins anew. */
  startOver: To | Never
  /** Where an enrolled device continues. */
  to: To
  /** Left out: a failure is shown on its page. */
  failsTo?: To
}

const failing = <To extends string>(failsTo: To | undefined) => (failsTo === undefined ? {} : { failsTo })

/** The enrolment in device management. */
export const enrolled = <To extends string>({ joinsAs, startOver, to, failsTo }: Joining<To>) =>
  stepsBefore<To>()({
    enrollment: {
      page: 'enrollment',
      source: '10 S15',
      input: (context) => ({
        isEnrolled: context.disk.isEnrolled,
        enrollsAs: joinsAs,
        isPersonal: usageOf(context) === 'personal',
      }),
      leads: {
        startOver,
        enrolled: { to, writes: { isEnrolled: true }, tells: 'device.enrolled' },
        doesNotApply: to,
      },
      ...failing(failsTo),
    },
  })

/** The join, and the enrolment in device management. */
export const joined = <To extends string>({ joinsAs, startOver, to, failsTo }: Joining<To>) =>
  stepsBefore<To>()({
    deviceJoin: {
      page: 'deviceJoin',
      source: '10 S14',
      input: (context) => ({
        isJoined: context.disk.isJoined,
        isEnrolled: context.disk.isEnrolled,
        joinsAs,
        isPersonal: usageOf(context) === 'personal',
      }),
      leads: {
        startOver,
        joined: { to: 'enrollment', writes: { isJoined: true } },
        doesNotApply: 'enrollment',
      },
      ...failing(failsTo),
    },
    ...enrolled({ joinsAs, startOver, to, ...failing(failsTo) }),
  })

/** Whether a policy prepares the device: then it is one of another mode. */
export const preparationPolicy = <To extends string>(to: To) =>
  stepsBefore<To | Continuation>()({
    preparationPolicy: {
      page: 'preparationPolicy',
      source: '2.8 [D]',
      input: ({ disk, facts }) => ({
        isEnrolled: disk.isEnrolled,
        windows: facts.windows,
        isKnown: disk.preparation !== undefined,
      }),
      leads: {
        delivered: {
          to: 'devicePreparation',
          writes: (_, { disk }) => ({ preparation: disk.preparation ?? 'delivered' }),
        },
        doesNotApply: to,
      },
    },
  })

const NOT_ON_ITS_PAGE = 'a failure is shown on another page'

/** The device's part of the status page. */
export const deviceSetup = <To extends string = never>(failsTo?: To) =>
  stepsBefore<To | 'qualityUpdates' | End>()({
    deviceStatus: {
      page: 'enrollmentStatus',
      source: '10 S17-S20',
      input: ({ disk }) => ({ phase: 'device', isDone: disk.deviceStatusDone, isEnrolled: disk.isEnrolled }),
      leads: {
        reset: failsTo === undefined ? 'reset' : { never: NOT_ON_ITS_PAGE },
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
        continuedAnyway: {
          to: 'qualityUpdates',
          writes: ({ left }) => ({ deviceStatusDone: true, isContinuedAnyway: true, deviceStatusLeft: left }),
        },
        finished: { to: 'qualityUpdates', writes: { deviceStatusDone: true } },
        doesNotApply: { to: 'qualityUpdates', writes: { deviceStatusDone: true } },
      },
      ...failing(failsTo),
    },
  })

/** Monthly security updates, after device setup. */
export const qualityUpdates = stepsBefore<'privacy' | End>()({
  qualityUpdates: {
    page: 'qualityUpdates',
    source: '10 S21',
    input: ({ disk }) => ({ isDone: disk.qualityUpdatesDone, isEnrolled: disk.isEnrolled }),
    leads: {
      restart: {
        to: 'restart',
        writes: { qualityUpdatesDone: true, isFinishingUpdates: true },
        sets: { restartReason: 'quality updates' },
      },
      upToDate: { to: 'privacy', writes: { qualityUpdatesDone: true } },
      installed: { to: 'privacy', writes: { qualityUpdatesDone: true } },
      failed: { to: 'privacy', writes: { qualityUpdatesDone: true } },
      doesNotApply: { to: 'privacy', writes: { qualityUpdatesDone: true } },
    },
  },
})

/** From the join to the end of device setup, and the updates after it. */
export const managed = (as: JoinsAs) => ({
  ...joined({ joinsAs: as, startOver: 'signIn', to: 'deviceStatus' }),
  ...deviceSetup(),
  ...qualityUpdates,
})

const NO_RESTART = 'Account setup restarts nothing (4.7 [D])'

/** The person at the desktop is one whom the device knows from then on. A guest's account goes with the session. */
function withPersonOf({ disk, isGuest }: OobeContext): Remembered {
  const { account, people = [], laterUsers, helloDone } = disk
  if (isGuest || account === undefined) return {}
  return { people: [...people.filter(({ upn }) => upn !== account.upn), { upn: account.upn, laterUsers, helloDone }] }
}

/** What the device remembers of a person whom it knows. */
function personOf({ people = [] }: BootState, upn: string): Remembered {
  const found = people.find((one) => one.upn.toLowerCase() === upn.toLowerCase())
  return found ? { laterUsers: found.laterUsers, helloDone: found.helloDone } : {}
}

/**
 * What each person's first sign-in brings, and the next person.
 *
 * @param kiosk what a kiosk that signs in by hand leads to
 * @param reset what an Autopilot Reset at the sign-in screen leads to
 */
const usedBy = <Kiosk extends Never | 'kiosk'>(
  kiosk: Kiosk,
  reset: Never | { to: 'reset'; sets: { resetKind: 'autopilotReset' } } = {
    to: 'reset',
    sets: { resetKind: 'autopilotReset' },
  },
) =>
  stepsBefore<End>()({
    accountStatus: {
      page: 'enrollmentStatus',
      source: '10 S24',
      input: ({ disk }) => ({
        phase: 'user',
        isDone: disk.accountStatusDone,
        isEnrolled: disk.isEnrolled,
        left: disk.deviceStatusLeft,
      }),
      leads: {
        reset: 'reset',
        continuedAnyway: { to: 'hello', writes: { accountStatusDone: true, isContinuedAnyway: true } },
        finished: { to: 'hello', writes: { accountStatusDone: true } },
        doesNotApply: { to: 'hello', writes: { accountStatusDone: true } },
        restart: { never: NO_RESTART },
        earlyRestart: { never: NO_RESTART },
      },
    },
    hello: {
      page: 'hello',
      source: '10 S25',
      input: ({ disk }) => ({ isDone: disk.helloDone, isJoined: disk.isJoined, tenantId: disk.account?.tenantId }),
      leads: {
        setUp: { to: 'firstLogon', writes: { helloDone: true } },
        skipped: { to: 'firstLogon', writes: { helloDone: true } },
        doesNotApply: 'firstLogon',
      },
    },
    firstLogon: {
      page: 'firstLogon',
      source: '10 S26',
      input: (context) => ({ displayName: personAt(context) }),
      leads: {
        ready: {
          to: 'settling',
          when: [
            { question: 'mayStay', to: 'atDesktop' },
            { question: 'expectsUser', to: 'usingDesktop' },
          ],
        },
      },
    },
    // Required apps that the page does not wait for come after it (4.5 [M]).
    settling: { shows: 'desktop', source: '10 S27', until: 'laterAppsOver', to: 'desktop' },
    // The first person works for a while, and leaves the device to the next.
    usingDesktop: { shows: 'desktop', source: '10 S27', after: 'untilNextUser', to: 'nextSignIn' },
    // A person who may stay decides when that is.
    atDesktop: {
      asks: 'desktop',
      source: '10 S27',
      buttons: { 'user.signOut': { to: 'nextSignIn', writes: withPersonOf }, 'user.finish': 'settling' },
    },
    // Ctrl+Windows key+R at the sign-in screen (2.6 [D]).
    localReset: {
      page: 'localReset',
      source: '10 S32',
      input: () => ({}),
      leads: { reset, cancelled: 'nextSignIn' },
    },
    nextSignIn: {
      page: 'nextSignIn',
      source: '10 S27',
      input: ({ profile, disk, kiosk }) => ({
        tenantId: profile?.tenantId ?? disk.account?.tenantId,
        hasKiosk: kiosk !== null,
        ...(disk.people ? { known: disk.people.map(({ upn }) => upn) } : {}),
      }),
      tells: 'device.signedOut',
      leads: {
        // Account setup is each person's own (mdm-protocols 3.3 [O]).
        signedIn: {
          to: 'accountStatus',
          writes: ({ account }, { disk }) => ({
            account,
            accountStatusDone: false,
            helloDone: false,
            laterUsers: disk.laterUsers + 1,
          }),
          sets: { isGuest: false },
          tells: 'user.signedIn',
        },
        // The setup of this person was before.
        returned: {
          to: 'atDesktop',
          writes: ({ account }, { disk }) => ({ account, accountStatusDone: true, ...personOf(disk, account.upn) }),
          sets: { isGuest: false },
          tells: 'user.signedIn',
        },
        // No account of the organization: nothing is set up for a guest.
        guest: {
          to: 'firstLogon',
          writes: (_, { disk }) => ({ laterUsers: disk.laterUsers + 1 }),
          sets: { isGuest: true },
        },
        kiosk,
        localReset: 'localReset',
      },
    },
  })

const NO_KIOSK = { never: 'no kiosk was set up' }

/** In a mode without an account of a kiosk. */
export const atTheDevice = usedBy(NO_KIOSK)

/** After a hybrid join. */
export const atTheDomainsDevice = usedBy(NO_KIOSK, { never: 'a hybrid join refuses an Autopilot Reset (2.6 [D])' })

/** In a mode that may have set up a kiosk. */
export const atTheSharedDevice = usedBy('kiosk')

/** A device that no person has set up: a kiosk signs in, and else a person may. */
export const kioskOrUser = stepsBefore<'nextSignIn' | End>()({
  kioskSignIn: {
    page: 'kioskSignIn',
    source: '2.3 [D]',
    input: () => ({}),
    leads: {
      signedIn: { to: 'settlingKiosk', sets: ({ kiosk }) => ({ kiosk }) },
      // Known issue: the account is there, and its name has to be entered.
      lost: { to: 'lookingForUser', sets: ({ kiosk }) => ({ kiosk }) },
      doesNotApply: 'lookingForUser',
    },
  },
  lookingForUser: {
    source: '1.8 [D]',
    decides: [{ when: 'expectsOrKeepsUser', to: 'nextSignIn' }],
    otherwise: 'settlingSignInScreen',
  },
  settlingKiosk: { shows: 'kiosk', source: '2.3 [D]', until: 'laterAppsOver', to: 'kiosk' },
  settlingSignInScreen: { shows: 'signInScreen', source: '1.8 [D]', until: 'laterAppsOver', to: 'signInScreen' },
})

export const licenseTerms = <To extends string>(to: To) =>
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

/** The name that the profile gives. */
export const naming = <To extends string>(to: To) =>
  stepsBefore<To | End>()({
    naming: {
      page: 'naming',
      source: '10 S11',
      input: ({ profile, disk }) => ({ template: profile?.deviceName ?? '', isNamed: disk.isNamed }),
      leads: {
        restart: {
          to: 'restart',
          writes: ({ name }) => ({ deviceName: name, isNamed: true }),
          sets: { restartReason: 'the device was renamed' },
        },
        doesNotApply: to,
      },
    },
  })
