import { assign, fromPromise, sendTo, setup } from 'xstate'
import { isSelfDeploying, type ProfileAnswer } from '../../src/domain/autopilot.ts'
import type { Remembered } from '../../src/domain/boot.ts'
import { enrollmentStatusMachine } from '../enrollment-status/enrollment-status.ts'
import { managementMachine } from '../management/management.ts'
import { mustBeProvided } from '../must-be-provided.ts'
import type { StateMeta } from '../page.ts'
import { autopilotProfileMachine } from '../pages/autopilot-profile.ts'
import { connectivityMachine } from '../pages/connectivity.ts'
import { criticalUpdatesMachine } from '../pages/critical-updates.ts'
import { deviceJoinMachine } from '../pages/device-join.ts'
import { deviceNameMachine } from '../pages/device-name.ts'
import { deviceUsageMachine } from '../pages/device-usage.ts'
import { enrollmentMachine } from '../pages/enrollment.ts'
import { firstLogonMachine } from '../pages/first-logon.ts'
import { keyboardMachine } from '../pages/keyboard.ts'
import { languageMachine } from '../pages/language.ts'
import { licenseTermsMachine } from '../pages/license-terms.ts'
import { namingMachine } from '../pages/naming.ts'
import { networkMachine, type Surroundings } from '../pages/network.ts'
import { nextSignInMachine } from '../pages/next-sign-in.ts'
import { powerOnMachine } from '../pages/power-on.ts'
import { privacyMachine } from '../pages/privacy.ts'
import { qualityUpdatesMachine } from '../pages/quality-updates.ts'
import { regionMachine } from '../pages/region.ts'
import { secondKeyboardMachine } from '../pages/second-keyboard.ts'
import { signInMachine } from '../pages/sign-in.ts'
import { tpmAttestationMachine } from '../pages/tpm-attestation.ts'
import { welcomeMachine } from '../pages/welcome.ts'
import type { OobeContext, OobeInput, OobeOutcome } from './oobe-context.ts'

/** The page before ended in this outcome. */
export const endedAs = (kind: string) => ({
  type: 'isOutcome' as const,
  params: ({ event }: { event: { output: { kind: string } } }) => ({ is: event.output.kind, kind }),
})

/** Writes a settled fact to the disk. */
export const remember = (facts: Remembered) => [{ type: 'note' as const, params: facts }, 'save' as const] as const

/** What the states of the first boot are made of: each page or phase is a statechart of its own. */
export const oobe = setup({
  types: {} as { input: OobeInput; context: OobeContext; output: OobeOutcome; meta: StateMeta },
  actors: {
    lookAround: fromPromise<Surroundings>(mustBeProvided('lookAround')),
    powerOn: powerOnMachine,
    language: languageMachine,
    region: regionMachine,
    keyboard: keyboardMachine,
    secondKeyboard: secondKeyboardMachine,
    network: networkMachine,
    connectivity: connectivityMachine,
    criticalUpdates: criticalUpdatesMachine,
    autopilotProfile: autopilotProfileMachine,
    naming: namingMachine,
    licenseTerms: licenseTermsMachine,
    deviceName: deviceNameMachine,
    deviceUsage: deviceUsageMachine,
    signIn: signInMachine,
    tpmAttestation: tpmAttestationMachine,
    deviceJoin: deviceJoinMachine,
    enrollment: enrollmentMachine,
    enrollmentStatus: enrollmentStatusMachine,
    qualityUpdates: qualityUpdatesMachine,
    welcome: welcomeMachine,
    privacy: privacyMachine,
    firstLogon: firstLogonMachine,
    nextSignIn: nextSignInMachine,
    management: managementMachine,
  },
  // A wire without internet must not hold back the first page; how long Windows looks is nowhere stated: an assumption.
  // How long the first person stays at the desktop before the next comes is an assumption as well.
  delays: { wiredProbe: 30_000, untilNextUser: 15 * 60_000 },
  guards: {
    isWired: (_, seen: Surroundings) => seen.status.via === 'ethernet',
    isOutcome: (_, { is, kind }: { is: string; kind: string }) => is === kind,
    hasProfile: ({ context }) => context.profile !== null,
    isOffline: (_, answer: ProfileAnswer) => answer.kind === 'unreachable' && answer.isOffline === true,
    isAnswered: ({ context }) => context.answer?.kind === 'assigned',
    isSelfDeploying: ({ context }) => isSelfDeploying(context.profile),
    expectsSomebody: ({ context: { disk, moreUsers = 0 } }) => disk.laterUsers < moreUsers,
    // Whoever was interrupted by a start signs in again: a shared device does not know whose it is.
    isSharedAndExpected: ({ context: { profile, disk, moreUsers = 0 } }) =>
      isSelfDeploying(profile) && (disk.laterUsers < moreUsers || (disk.laterUsers > 0 && !disk.accountStatusDone)),
  },
  actions: {
    note: assign({ disk: ({ context }, facts: Remembered) => ({ ...context.disk, ...facts }) }),
    save: mustBeProvided('save'),
    noteAnswer: assign({
      answer: (_, answer: ProfileAnswer) => answer,
      profile: (_, answer: ProfileAnswer) => (answer.kind === 'assigned' ? answer.profile : null),
    }),
    goBack: assign({ isRevisit: true }),
    goOn: assign({ isRevisit: false }),
    conclude: assign({ outcome: (_, outcome: OobeOutcome) => outcome }),
    announceEnrollment: sendTo('management', { type: 'device.enrolled' }),
    announceSignOut: sendTo('management', { type: 'device.signedOut' }),
    announceSignIn: sendTo('management', { type: 'user.signedIn' }),
  },
})
