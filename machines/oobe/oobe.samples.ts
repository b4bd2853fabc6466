import { NOT_ASKED, type ProfileAnswer } from '../../src/domain/autopilot.ts'
import { type BootState, FRESH_BOOT } from '../../src/domain/boot.ts'
import { ALL_ON } from '../../src/domain/privacy.ts'
import type { ResetKind } from '../../src/domain/reset.ts'
import { CODE } from '../../src/domain/windows-codes.ts'
import type { UserEvent } from '../page.ts'
import {
  ACCOUNT,
  ASSOCIATION,
  GAVE_UP,
  HYBRID_PROFILE,
  KIOSK,
  OTHER_ACCOUNT,
  PROFILE,
  SELF_DEPLOYING_PROFILE,
  SKIPPED,
} from '../sample-facts.ts'
import { type OutputsOf, press, type Samples } from '../samples.ts'
import type { ChartName, OutcomeOf } from './charts.ts'
import type { oobeMachine } from './oobe.ts'
import type { OobeInput } from './oobe-context.ts'
import { modeOf } from './plans.ts'

/** What management and a person at the desktop tell it: the setup names no events. */
type Told =
  | { type: 'device.unenrolled' | 'device.restarting' | 'technician.chosen' | 'apps.over' | 'apps.toCome' }
  | { type: 'device.wiped'; what: ResetKind }
  | UserEvent<'user.signOut' | 'user.finish'>

/** The setup knows the pages as any statecharts; the table of them knows each. */
type Outputs = Omit<OutputsOf<typeof oobeMachine>, ChartName> & { [Name in ChartName]: OutcomeOf<Name> }

const disk: BootState = { ...FRESH_BOOT, deviceName: 'DESKTOP-SIM0001' }
const fresh: OobeInput = {
  facts: {
    languages: ['en-US', 'es-MX'],
    edition: 'SE',
    windows: { productType: '203', version: '10.0.26100.4652' },
    hasEthernet: true,
  },
  disk,
  retry: { attemptsMax: 3, waitMs: 2_000 },
}

const NOT_REGISTERED: ProfileAnswer = { kind: 'none', code: '807', text: 'not registered' }
const NOT_ASSIGNED: ProfileAnswer = { kind: 'none', code: '815', text: 'no profile is assigned' }
const MISMATCH: ProfileAnswer = { kind: 'none', code: '908', text: 'the hardware does not match' }
const UNREACHABLE: ProfileAnswer = { kind: 'unreachable', code: NOT_ASKED, text: 'timed out' }

const assigned = (profile: typeof PROFILE) =>
  ({ kind: 'assigned', profile, answer: { kind: 'assigned', profile } }) as const

export const oobeSamples: Samples<typeof oobeMachine, Told, Outputs> = {
  inputs: {
    fresh,
    shared: { ...fresh, moreUsers: 2 },
    // An edition with a restore page, and a person who may stay at the desktop.
    updatesFirst: { ...fresh, mayStay: true, facts: { ...fresh.facts, edition: 'Pro', updatesComeFirst: true } },
    begun: { ...fresh, disk: { ...disk, preProvisioning: { startedAt: 0 } } },
    afterReset: {
      ...fresh,
      moreUsers: 2,
      disk: {
        ...disk,
        isJoined: true,
        isEnrolled: true,
        isResetting: true,
        reset: { kind: 'autopilotReset', isRestored: false },
      },
    },
    resealed: {
      ...fresh,
      moreUsers: 1,
      disk: { ...disk, isJoined: true, isEnrolled: true, preProvisioning: { startedAt: 0, resealedAt: 1_800_000 } },
    },
  },
  events: [
    { type: 'device.unenrolled' },
    { type: 'device.restarting' },
    { type: 'device.wiped', what: 'autopilotReset' },
    { type: 'technician.chosen' },
    press('user.signOut'),
    press('user.finish'),
    { type: 'apps.over' },
    { type: 'apps.toCome' },
  ],
  done: {
    lookAround: [
      { status: { via: 'none' }, networks: [] },
      { status: { via: 'ethernet' }, networks: [] },
    ],
    powerOn: [{ kind: 'started' }, { kind: 'updated' }],
    recovery: [{ kind: 'chosen', language: 'en-US', region: 'US', keyboard: '00000409' }, { kind: 'settled' }, SKIPPED],
    language: [{ kind: 'chosen', language: 'es-MX' }, SKIPPED],
    region: [{ kind: 'chosen', region: 'MX' }, SKIPPED],
    keyboard: [{ kind: 'chosen', keyboard: '0000080a' }, { kind: 'back' }, SKIPPED],
    secondKeyboard: [{ kind: 'added', keyboard: '00000409' }, { kind: 'skipped' }, { kind: 'back' }, SKIPPED],
    network: [{ kind: 'joined', ssid: 'Hillview' }, { kind: 'wired' }, { kind: 'back' }, SKIPPED],
    connectivity: [{ kind: 'internet' }, { kind: 'lost' }],
    criticalUpdates: [
      { kind: 'upToDate' },
      { kind: 'installed' },
      { kind: 'restart' },
      { kind: 'unavailable', code: CODE.nameNotResolved },
      SKIPPED,
    ],
    autopilotProfile: [
      assigned(PROFILE),
      assigned(SELF_DEPLOYING_PROFILE),
      assigned(HYBRID_PROFILE),
      assigned(ASSOCIATION),
      { kind: 'notRegistered', answer: NOT_REGISTERED },
      { kind: 'notAssigned', answer: NOT_ASSIGNED },
      { kind: 'mismatch', answer: MISMATCH },
      { kind: 'offline' },
      { kind: 'unreachable', answer: UNREACHABLE },
      SKIPPED,
    ],
    naming: [{ kind: 'restart', name: 'HV-SIM-0001' }, SKIPPED],
    licenseTerms: [{ kind: 'accepted' }, SKIPPED],
    deviceName: [{ kind: 'restart', name: 'ALEX-LAPTOP' }, { kind: 'skipped' }, SKIPPED],
    deviceUsage: [{ kind: 'personal' }, { kind: 'workOrSchool' }, SKIPPED],
    signIn: [{ kind: 'signedIn', account: ACCOUNT }, SKIPPED],
    tpmAttestation: [{ kind: 'attested' }, { kind: 'reset' }, GAVE_UP, SKIPPED],
    deviceJoin: [{ kind: 'joined' }, { kind: 'startOver' }, GAVE_UP, SKIPPED],
    enrollment: [{ kind: 'enrolled' }, { kind: 'startOver' }, GAVE_UP, SKIPPED],
    preparationPolicy: [{ kind: 'delivered' }, SKIPPED],
    requiredSetup: [
      { kind: 'finished', isStandard: true },
      { kind: 'continuedAnyway', isStandard: false },
      { kind: 'restart', isStandard: true },
      SKIPPED,
    ],
    enrollmentStatus: [
      { kind: 'finished' },
      { kind: 'continuedAnyway', left: { category: 'deviceSetup', hasFailed: true } },
      { kind: 'restart' },
      { kind: 'earlyRestart' },
      { kind: 'reset' },
      GAVE_UP,
      SKIPPED,
    ],
    consumerOffers: [{ kind: 'answered', backsUp: true }, SKIPPED],
    windowsRestore: [{ kind: 'restored', device: 'OLD-LAPTOP' }, { kind: 'setUpAsNew' }, SKIPPED],
    hello: [{ kind: 'setUp' }, { kind: 'skipped' }, SKIPPED],
    qualityUpdates: [
      { kind: 'upToDate' },
      { kind: 'installed' },
      { kind: 'restart' },
      { kind: 'failed', code: CODE.connectionAborted },
      SKIPPED,
    ],
    welcome: [{ kind: 'signedIn' }],
    privacy: [{ kind: 'accepted', settings: ALL_ON }, SKIPPED],
    firstLogon: [{ kind: 'ready' }],
    kioskSignIn: [{ kind: 'signedIn', kiosk: KIOSK }, { kind: 'lost', kiosk: KIOSK }, SKIPPED],
    provisioningReview: [{ kind: 'provision', startedAt: 0 }, { kind: 'refresh' }, { kind: 'cancelled' }, SKIPPED],
    technicianStatus: [{ kind: 'resealed', resealedAt: 1_800_000 }, { kind: 'retry' }, { kind: 'reset' }],
    nextSignIn: [
      { kind: 'signedIn', account: OTHER_ACCOUNT },
      { kind: 'returned', account: ACCOUNT },
      { kind: 'guest' },
      { kind: 'kiosk' },
      { kind: 'localReset' },
    ],
    localReset: [{ kind: 'reset' }, { kind: 'cancelled' }],
    domainJoin: [{ kind: 'restart', member: { domain: 'ad.hillview.test', computerName: 'HV-0001' } }, SKIPPED],
    hybridJoin: [{ kind: 'joined' }, SKIPPED],
    resetting: [{ kind: 'done' }],
    restoring: [{ kind: 'restored' }, SKIPPED],
  },
  // What the pages have written is for the pages.
  decisive: (context) => ({
    mode: modeOf(context),
    isResetting: context.disk.isResetting === true,
    isAnswered: context.answer?.kind === 'assigned',
    updatesComeFirst: context.facts.updatesComeFirst === true,
    hasRestorePage: context.facts.edition !== 'SE',
    mayStay: context.mayStay === true,
    expectsUser: context.disk.laterUsers < (context.moreUsers ?? 0),
    keepsUser: context.disk.laterUsers > 0 && !context.disk.accountStatusDone,
  }),
}
