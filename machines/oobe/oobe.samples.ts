import { NOT_ASKED, type ProfileAnswer } from '../../src/domain/autopilot.ts'
import { type BootState, FRESH_BOOT } from '../../src/domain/boot.ts'
import { CODE } from '../../src/domain/windows-codes.ts'
import { ACCOUNT, OTHER_ACCOUNT, PROFILE, SELF_DEPLOYING_PROFILE, SKIPPED } from '../sample-facts.ts'
import type { OutputsOf, Samples } from '../samples.ts'
import type { ChartName, OutcomeOf } from './charts.ts'
import type { oobeMachine } from './oobe.ts'
import type { OobeInput } from './oobe-context.ts'
import { modeOf } from './plans.ts'

/** What management tells it: the setup names no events. */
type Told = { type: 'device.unenrolled' | 'device.restarting' | 'device.wiped' }

/** The setup knows the pages as any statecharts; the table of them knows each. */
type Outputs = Omit<OutputsOf<typeof oobeMachine>, ChartName> & { [Name in ChartName]: OutcomeOf<Name> }

const disk: BootState = { ...FRESH_BOOT, deviceName: 'DESKTOP-SIM0001' }
const fresh: OobeInput = {
  facts: { languages: ['en-US', 'es-MX'], edition: 'SE', hasEthernet: true },
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
  inputs: { fresh, shared: { ...fresh, moreUsers: 2 } },
  events: [{ type: 'device.unenrolled' }, { type: 'device.restarting' }, { type: 'device.wiped' }],
  done: {
    lookAround: [
      { status: { via: 'none' }, networks: [] },
      { status: { via: 'ethernet' }, networks: [] },
    ],
    powerOn: [{ kind: 'started' }],
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
    tpmAttestation: [{ kind: 'attested' }, { kind: 'reset' }, SKIPPED],
    deviceJoin: [{ kind: 'joined' }, { kind: 'startOver' }, SKIPPED],
    enrollment: [{ kind: 'enrolled' }, { kind: 'startOver' }, SKIPPED],
    enrollmentStatus: [
      { kind: 'finished' },
      { kind: 'continuedAnyway', left: { category: 'deviceSetup', hasFailed: true } },
      { kind: 'restart' },
      { kind: 'earlyRestart' },
      { kind: 'reset' },
      SKIPPED,
    ],
    qualityUpdates: [
      { kind: 'upToDate' },
      { kind: 'installed' },
      { kind: 'restart' },
      { kind: 'failed', code: CODE.connectionAborted },
      SKIPPED,
    ],
    welcome: [{ kind: 'signedIn' }, SKIPPED],
    privacy: [{ kind: 'accepted' }, SKIPPED],
    firstLogon: [{ kind: 'ready' }],
    nextSignIn: [{ kind: 'signedIn', account: OTHER_ACCOUNT }],
  },
  // What the pages have written is for the pages.
  decisive: ({ profile, answer, disk: { laterUsers, accountStatusDone } }) => ({
    mode: modeOf(profile),
    answer: answer?.kind,
    laterUsers,
    accountStatusDone,
  }),
}
