import { assign, fromPromise, sendTo, setup } from 'xstate'
import {
  type Account,
  type AutopilotProfile,
  hasBit,
  isSelfDeploying,
  type ProfileAnswer,
} from '../src/domain/autopilot.ts'
import type { BootState, DeviceFacts, Remembered } from '../src/domain/boot.ts'
import type { Outcome } from '../src/domain/journal.ts'
import { autopilotProfileMachine, type RetryPolicy } from './autopilot-profile.ts'
import { connectivityMachine } from './connectivity.ts'
import { criticalUpdatesMachine } from './critical-updates.ts'
import { deviceJoinMachine } from './device-join.ts'
import { deviceNameMachine } from './device-name.ts'
import { deviceUsageMachine } from './device-usage.ts'
import { enrollmentMachine } from './enrollment.ts'
import { enrollmentStatusMachine } from './enrollment-status.ts'
import { firstLogonMachine } from './first-logon.ts'
import { keyboardMachine } from './keyboard.ts'
import { languageMachine } from './language.ts'
import { licenseTermsMachine } from './license-terms.ts'
import { managementMachine } from './management.ts'
import { mustBeProvided } from './must-be-provided.ts'
import { namingMachine } from './naming.ts'
import { networkMachine, type Surroundings } from './network.ts'
import { hidden, type StateMeta, shows } from './page.ts'
import { powerOnMachine } from './power-on.ts'
import { privacyMachine } from './privacy.ts'
import { qualityUpdatesMachine } from './quality-updates.ts'
import { regionMachine } from './region.ts'
import { secondKeyboardMachine } from './second-keyboard.ts'
import { signInMachine } from './sign-in.ts'
import { tpmAttestationMachine } from './tpm-attestation.ts'
import { welcomeMachine } from './welcome.ts'

export interface OobeInput {
  facts: DeviceFacts
  disk: BootState
  retry: RetryPolicy
}

/** How a power-on ended: at a desktop or a sign-in screen, or with the power. */
export type OobeOutcome = { kind: 'ended'; outcome: Outcome } | { kind: 'restart'; reason: string } | { kind: 'reset' }

export interface OobeContext extends OobeInput {
  /** What the deployment service said since power-on. */
  answer: ProfileAnswer | null
  profile: AutopilotProfile | null
  /** True after a person went back, until there is internet: the pages on the way are shown again. */
  isRevisit: boolean
  outcome: OobeOutcome
}

const usageOf = (context: OobeContext): Account['kind'] =>
  context.profile || context.disk.usage !== 'personal' ? 'workOrSchool' : 'personal'

/** A profile presets language, region and keyboard only when it was here before those pages: on a wired network. */
const presetsOf = ({ profile, answer }: OobeContext) => (answer && profile ? profile : undefined)

/** The language that region and keyboard follow: chosen, preset on a wire, or the first that is installed. */
function languageOf(context: OobeContext): string {
  const { disk, facts } = context
  const preset = presetsOf(context)?.language
  return disk.language ?? facts.languages.find((tag) => tag === preset) ?? facts.languages[0] ?? 'en-US'
}

function endOf(context: OobeContext): Outcome {
  const { answer, disk, profile } = context
  const common = { managed: disk.isEnrolled, autopilot: profile !== null, ...noteOf(answer, disk.isContinuedAnyway) }
  if (isSelfDeploying(profile)) return { kind: 'signInScreen', ...common }
  const isStandard = hasBit(profile, 'userNotLocalAdmin')
  return { kind: 'desktop', account: isStandard ? 'standard' : 'administrator', ...common }
}

function noteOf(answer: ProfileAnswer | null, isContinuedAnyway: boolean): { note?: string } {
  if (answer?.kind === 'none') return { note: `no Autopilot profile: ${answer.code} ${answer.text}` }
  if (answer?.kind === 'unreachable') return { note: `no Autopilot profile: ${answer.code} ${answer.text}` }
  return isContinuedAnyway ? { note: 'continued past a failed Enrollment Status Page' } : {}
}

/** The page before ended in this outcome. */
const endedAs = (kind: string) => ({
  type: 'isOutcome' as const,
  params: ({ event }: { event: { output: { kind: string } } }) => ({ is: event.output.kind, kind }),
})

/** Writes a settled fact to the disk. */
const remember = (facts: Remembered) => [{ type: 'note' as const, params: facts }, 'save' as const] as const

/** The order of the first boot, and nothing else: each page or phase is a statechart of its own. */
export const oobeMachine = setup({
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
    management: managementMachine,
  },
  // A wire without internet must not hold back the first page; how long Windows looks is nowhere stated: an assumption.
  delays: { wiredProbe: 30_000 },
  guards: {
    isWired: (_, seen: Surroundings) => seen.status.via === 'ethernet',
    isOutcome: (_, { is, kind }: { is: string; kind: string }) => is === kind,
    hasProfile: ({ context }) => context.profile !== null,
    isAnswered: ({ context }) => context.answer?.kind === 'assigned',
    isSelfDeploying: ({ context }) => isSelfDeploying(context.profile),
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
    announceSignIn: sendTo('management', { type: 'user.signedIn' }),
  },
}).createMachine({
  id: 'oobe',
  context: ({ input }) => ({
    ...input,
    answer: null,
    profile: null,
    isRevisit: false,
    outcome: { kind: 'restart', reason: '' },
  }),
  output: ({ context }) => context.outcome,
  invoke: {
    id: 'management',
    systemId: 'management',
    src: 'management',
    input: ({ context }) => ({ isEnrolled: context.disk.isEnrolled }),
  },
  initial: 'starting',
  states: {
    starting: { meta: hidden('10 S1'), invoke: { id: 'powerOn', src: 'powerOn', input: {}, onDone: 'checkingWire' } },
    // Live Ethernet brings the profile before the first page, and only then can it hide pages (0.1 item 4 [D]).
    checkingWire: {
      meta: hidden('0.1 item 4 [D]'),
      invoke: {
        id: 'lookAround',
        src: 'lookAround',
        onDone: [
          { guard: { type: 'isWired', params: ({ event }) => event.output }, target: 'probingWire' },
          { target: 'language' },
        ],
      },
    },
    probingWire: {
      meta: hidden('1.4 [D]'),
      invoke: {
        id: 'connectivity',
        src: 'connectivity',
        input: {},
        onDone: [{ guard: endedAs('internet'), target: 'askingOnWire' }, { target: 'language' }],
      },
      after: { wiredProbe: 'language' },
    },
    askingOnWire: {
      meta: hidden('3.4 [D]'),
      invoke: {
        id: 'autopilotProfile',
        src: 'autopilotProfile',
        input: ({ context }) => ({ retry: context.retry }),
        onDone: {
          actions: [
            { type: 'noteAnswer', params: ({ event }) => event.output },
            {
              type: 'note',
              params: ({ event }) => (event.output.kind === 'assigned' ? { profile: event.output.profile } : {}),
            },
            'save',
          ],
          target: 'language',
        },
      },
    },
    language: {
      meta: hidden('10 S2'),
      invoke: {
        id: 'language',
        src: 'language',
        input: ({ context }) => ({
          languages: context.facts.languages,
          remembered: context.disk.language,
          preset: presetsOf(context)?.language || undefined,
          isRevisit: context.isRevisit,
        }),
        onDone: [
          {
            guard: endedAs('chosen'),
            actions: [
              {
                type: 'note',
                params: ({ event }) => (event.output.kind === 'chosen' ? { language: event.output.language } : {}),
              },
              'save',
            ],
            target: 'region',
          },
          { target: 'region' },
        ],
      },
    },
    region: {
      meta: hidden('10 S3'),
      invoke: {
        id: 'region',
        src: 'region',
        input: ({ context }) => ({
          language: languageOf(context),
          remembered: context.disk.region,
          preset: presetsOf(context)?.region || undefined,
          isRevisit: context.isRevisit,
        }),
        onDone: [
          {
            guard: endedAs('chosen'),
            actions: [
              {
                type: 'note',
                params: ({ event }) => (event.output.kind === 'chosen' ? { region: event.output.region } : {}),
              },
              'save',
            ],
            target: 'keyboard',
          },
          { target: 'keyboard' },
        ],
      },
    },
    keyboard: {
      meta: hidden('10 S4'),
      invoke: {
        id: 'keyboard',
        src: 'keyboard',
        input: ({ context }) => ({
          language: languageOf(context),
          remembered: context.disk.keyboard,
          profile: presetsOf(context),
          isRevisit: context.isRevisit,
        }),
        onDone: [
          { guard: endedAs('back'), actions: 'goBack', target: 'region' },
          {
            guard: endedAs('chosen'),
            actions: [
              {
                type: 'note',
                params: ({ event }) => (event.output.kind === 'chosen' ? { keyboard: event.output.keyboard } : {}),
              },
              'save',
            ],
            target: 'secondKeyboard',
          },
          { target: 'secondKeyboard' },
        ],
      },
    },
    secondKeyboard: {
      meta: hidden('10 S5'),
      invoke: {
        id: 'secondKeyboard',
        src: 'secondKeyboard',
        input: ({ context }) => ({
          keyboard: context.disk.keyboard ?? '',
          remembered: context.disk.secondKeyboard,
          profile: presetsOf(context),
          isRevisit: context.isRevisit,
        }),
        onDone: [
          { guard: endedAs('back'), actions: 'goBack', target: 'keyboard' },
          { guard: endedAs('doesNotApply'), target: 'network' },
          {
            actions: [
              {
                type: 'note',
                params: ({ event }) => ({
                  secondKeyboard: event.output.kind === 'added' ? event.output.keyboard : 'none',
                }),
              },
              'save',
            ],
            target: 'network',
          },
        ],
      },
    },
    network: {
      meta: hidden('10 S6'),
      invoke: {
        id: 'network',
        src: 'network',
        input: ({ context }) => ({ remembered: context.disk.wifi, isRevisit: context.isRevisit }),
        onDone: [
          { guard: endedAs('back'), actions: 'goBack', target: 'secondKeyboard' },
          {
            actions: [
              {
                type: 'note',
                params: ({ event }) =>
                  event.output.kind === 'connected' && event.output.ssid !== undefined
                    ? { wifi: event.output.ssid }
                    : {},
              },
              'save',
            ],
            target: 'connectivity',
          },
        ],
      },
    },
    connectivity: {
      meta: hidden('10 S7'),
      invoke: {
        id: 'connectivity',
        src: 'connectivity',
        input: {},
        onDone: [
          { guard: endedAs('internet'), actions: 'goOn', target: 'criticalUpdates' },
          { actions: 'goBack', target: 'network' },
        ],
      },
    },
    criticalUpdates: {
      meta: hidden('10 S8'),
      invoke: {
        id: 'criticalUpdates',
        src: 'criticalUpdates',
        input: ({ context }) => ({ isDone: context.disk.criticalUpdatesDone }),
        onDone: [
          {
            guard: endedAs('restart'),
            actions: [
              { type: 'note', params: { criticalUpdatesDone: true } },
              'save',
              { type: 'conclude', params: { kind: 'restart', reason: 'critical updates' } },
            ],
            target: 'ended',
          },
          { actions: remember({ criticalUpdatesDone: true }), target: 'decidingOnLookup' },
        ],
      },
    },
    decidingOnLookup: {
      meta: hidden('3.4 [D]'),
      always: [{ guard: 'isAnswered', target: 'naming' }, { target: 'autopilotProfile' }],
    },
    autopilotProfile: {
      meta: hidden('10 S9, S10'),
      invoke: {
        id: 'autopilotProfile',
        src: 'autopilotProfile',
        input: ({ context }) => ({ retry: context.retry }),
        onDone: [
          {
            guard: endedAs('assigned'),
            actions: [
              { type: 'noteAnswer', params: ({ event }) => event.output },
              {
                type: 'note',
                params: ({ event }) => (event.output.kind === 'assigned' ? { profile: event.output.profile } : {}),
              },
              'save',
            ],
            target: 'naming',
          },
          { actions: { type: 'noteAnswer', params: ({ event }) => event.output }, target: 'licenseTerms' },
        ],
      },
    },
    naming: {
      meta: hidden('10 S11'),
      invoke: {
        id: 'naming',
        src: 'naming',
        input: ({ context }) => ({ template: context.profile?.deviceName ?? '', isNamed: context.disk.isNamed }),
        onDone: [
          {
            guard: endedAs('restart'),
            actions: [
              {
                type: 'note',
                params: ({ event }) =>
                  event.output.kind === 'restart' ? { deviceName: event.output.name, isNamed: true } : {},
              },
              'save',
              { type: 'conclude', params: { kind: 'restart', reason: 'the device was renamed' } },
            ],
            target: 'ended',
          },
          { target: 'licenseTerms' },
        ],
      },
    },
    licenseTerms: {
      meta: hidden('1.7'),
      invoke: {
        id: 'licenseTerms',
        src: 'licenseTerms',
        input: ({ context }) => ({ isAccepted: context.disk.licenseAccepted, profile: context.profile }),
        onDone: [
          { guard: 'hasProfile', actions: remember({ licenseAccepted: true }), target: 'signIn' },
          { actions: remember({ licenseAccepted: true }), target: 'deviceName' },
        ],
      },
    },
    // Without a profile: the ordinary consumer way.
    deviceName: {
      meta: hidden('10 S11b'),
      invoke: {
        id: 'deviceName',
        src: 'deviceName',
        input: ({ context }) => ({ isNamed: context.disk.isNamed || context.disk.isNameSettled }),
        onDone: [
          {
            guard: endedAs('restart'),
            actions: [
              {
                type: 'note',
                params: ({ event }) =>
                  event.output.kind === 'restart' ? { deviceName: event.output.name, isNamed: true } : {},
              },
              'save',
              { type: 'conclude', params: { kind: 'restart', reason: 'the device was renamed' } },
            ],
            target: 'ended',
          },
          { actions: remember({ isNameSettled: true }), target: 'deviceUsage' },
        ],
      },
    },
    deviceUsage: {
      meta: hidden('10 S11b'),
      invoke: {
        id: 'deviceUsage',
        src: 'deviceUsage',
        input: ({ context }) => ({ remembered: context.disk.usage }),
        onDone: {
          actions: [
            {
              type: 'note',
              params: ({ event }) => (event.output.kind === 'doesNotApply' ? {} : { usage: event.output.kind }),
            },
            'save',
          ],
          target: 'signIn',
        },
      },
    },
    signIn: {
      meta: hidden('10 S12, S13'),
      invoke: {
        id: 'signIn',
        src: 'signIn',
        input: ({ context }) => {
          const { profile, disk } = context
          const usage = usageOf(context)
          return {
            usage,
            tenant: profile
              ? { id: profile.tenantId, domain: profile.tenantDomain, assignedUpn: profile.tenantUpn }
              : undefined,
            notNeeded: isSelfDeploying(profile)
              ? 'self-deploying mode: no user signs in'
              : disk.isEnrolled || (usage === 'personal' && disk.account)
                ? 'somebody signed in before the restart'
                : undefined,
          }
        },
        onDone: {
          actions: [
            {
              type: 'note',
              params: ({ event }) => (event.output.kind === 'signedIn' ? { account: event.output.account } : {}),
            },
            'save',
          ],
          target: 'tpmAttestation',
        },
      },
    },
    tpmAttestation: {
      meta: hidden('10 S16'),
      invoke: {
        id: 'tpmAttestation',
        src: 'tpmAttestation',
        input: ({ context }) => ({
          isSelfDeploying: isSelfDeploying(context.profile),
          isJoined: context.disk.isJoined,
        }),
        onDone: [
          { guard: endedAs('reset'), actions: { type: 'conclude', params: { kind: 'reset' } }, target: 'ended' },
          { target: 'deviceJoin' },
        ],
      },
    },
    deviceJoin: {
      meta: hidden('10 S14'),
      invoke: {
        id: 'deviceJoin',
        src: 'deviceJoin',
        input: ({ context }) => ({
          isJoined: context.disk.isJoined,
          isSelfDeploying: isSelfDeploying(context.profile),
          isPersonal: usageOf(context) === 'personal',
        }),
        onDone: [
          { guard: endedAs('startOver'), target: 'signIn' },
          { guard: endedAs('joined'), actions: remember({ isJoined: true }), target: 'enrollment' },
          { target: 'enrollment' },
        ],
      },
    },
    enrollment: {
      meta: hidden('10 S15'),
      invoke: {
        id: 'enrollment',
        src: 'enrollment',
        input: ({ context }) => ({
          isEnrolled: context.disk.isEnrolled,
          isSelfDeploying: isSelfDeploying(context.profile),
          isPersonal: usageOf(context) === 'personal',
        }),
        onDone: [
          { guard: endedAs('startOver'), target: 'signIn' },
          {
            guard: endedAs('enrolled'),
            actions: [{ type: 'note', params: { isEnrolled: true } }, 'save', 'announceEnrollment'],
            target: 'deviceStatus',
          },
          { target: 'deviceStatus' },
        ],
      },
    },
    deviceStatus: {
      meta: hidden('10 S17-S20'),
      invoke: {
        id: 'enrollmentStatus',
        src: 'enrollmentStatus',
        input: ({ context }) => ({
          phase: 'device' as const,
          isDone: context.disk.deviceStatusDone,
          isEnrolled: context.disk.isEnrolled,
          isSelfDeploying: isSelfDeploying(context.profile),
        }),
        onDone: [
          { guard: endedAs('reset'), actions: { type: 'conclude', params: { kind: 'reset' } }, target: 'ended' },
          {
            guard: endedAs('restart'),
            actions: [
              { type: 'note', params: { deviceStatusDone: true } },
              'save',
              { type: 'conclude', params: { kind: 'restart', reason: 'policies of device setup want a restart' } },
            ],
            target: 'ended',
          },
          {
            guard: endedAs('continuedAnyway'),
            actions: remember({ deviceStatusDone: true, isContinuedAnyway: true }),
            target: 'qualityUpdates',
          },
          { actions: remember({ deviceStatusDone: true }), target: 'qualityUpdates' },
        ],
      },
    },
    qualityUpdates: {
      meta: hidden('10 S21'),
      invoke: {
        id: 'qualityUpdates',
        src: 'qualityUpdates',
        input: ({ context }) => ({ isDone: context.disk.qualityUpdatesDone, isEnrolled: context.disk.isEnrolled }),
        onDone: [
          {
            guard: endedAs('restart'),
            actions: [
              { type: 'note', params: { qualityUpdatesDone: true } },
              'save',
              { type: 'conclude', params: { kind: 'restart', reason: 'quality updates' } },
            ],
            target: 'ended',
          },
          { actions: remember({ qualityUpdatesDone: true }), target: 'welcome' },
        ],
      },
    },
    welcome: {
      meta: hidden('10 S22'),
      invoke: {
        id: 'welcome',
        src: 'welcome',
        input: ({ context }) => ({
          account: context.disk.account ?? null,
          tenantDomain: context.profile?.tenantDomain ?? '',
          isSelfDeploying: isSelfDeploying(context.profile),
          isStandardUser: hasBit(context.profile, 'userNotLocalAdmin'),
        }),
        onDone: [{ guard: endedAs('signedIn'), actions: 'announceSignIn', target: 'privacy' }, { target: 'privacy' }],
      },
    },
    privacy: {
      meta: hidden('10 S23'),
      invoke: {
        id: 'privacy',
        src: 'privacy',
        input: ({ context }) => ({
          isAccepted: context.disk.privacyAccepted,
          isSelfDeploying: isSelfDeploying(context.profile),
          profile: context.profile,
        }),
        onDone: [
          { guard: 'isSelfDeploying', target: 'signInScreen' },
          { actions: remember({ privacyAccepted: true }), target: 'accountStatus' },
        ],
      },
    },
    accountStatus: {
      meta: hidden('10 S24'),
      invoke: {
        id: 'enrollmentStatus',
        src: 'enrollmentStatus',
        input: ({ context }) => ({
          phase: 'user' as const,
          isDone: context.disk.accountStatusDone,
          isEnrolled: context.disk.isEnrolled,
          isSelfDeploying: false,
        }),
        onDone: [
          { guard: endedAs('reset'), actions: { type: 'conclude', params: { kind: 'reset' } }, target: 'ended' },
          {
            guard: endedAs('continuedAnyway'),
            actions: remember({ accountStatusDone: true, isContinuedAnyway: true }),
            target: 'firstLogon',
          },
          { actions: remember({ accountStatusDone: true }), target: 'firstLogon' },
        ],
      },
    },
    firstLogon: {
      meta: hidden('10 S26'),
      invoke: {
        id: 'firstLogon',
        src: 'firstLogon',
        input: ({ context }) => ({ displayName: context.disk.account?.displayName ?? '' }),
        onDone: 'desktop',
      },
    },
    desktop: {
      meta: shows('desktop', '10 S27'),
      entry: { type: 'conclude', params: ({ context }) => ({ kind: 'ended', outcome: endOf(context) }) },
      type: 'final',
    },
    signInScreen: {
      meta: shows('signInScreen', '1.8 [D]'),
      entry: { type: 'conclude', params: ({ context }) => ({ kind: 'ended', outcome: endOf(context) }) },
      type: 'final',
    },
    ended: { type: 'final' },
  },
})
