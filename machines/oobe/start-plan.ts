import type { AutopilotProfile, ProfileAnswer } from '../../src/domain/autopilot.ts'
import { resetting } from './autopilot-reset.ts'
import { languageOf, type OobeContext, presetsOf } from './oobe-context.ts'
import { type End, stepsBefore } from './plan.ts'
import { naming } from './shared-steps.ts'

interface Assigned {
  answer: ProfileAnswer
  profile: AutopilotProfile
}

/** The service is asked for the profile. `offline`: where it leads when there is no internet to ask over. */
function profileLookup<To extends string, Offline extends string>(to: To, offline: Offline) {
  const without = { to, sets: ({ answer }: { answer: ProfileAnswer }) => ({ answer, profile: null }) }
  return {
    page: 'autopilotProfile',
    input: ({ retry, facts, disk }: OobeContext) => ({
      retry,
      edition: facts.edition,
      isRecovering: disk.isRecovering === true,
    }),
    leads: {
      assigned: {
        to,
        sets: ({ answer, profile }: Assigned) => ({ answer, profile }),
        writes: ({ profile }: Assigned) => ({ profile }),
      },
      offline,
      doesNotApply: to,
      notRegistered: without,
      notAssigned: without,
      mismatch: without,
      unreachable: without,
    },
  } as const
}

/**
 * From power-on to the name that the profile gives, the same for every device: the deployment mode is known only when the
 * service has answered. `checkingWire` and `choosingMode` are the runner's.
 */
export const START = stepsBefore<'checkingWire' | 'choosingMode' | End>()({
  starting: {
    page: 'powerOn',
    source: '10 S1',
    input: ({ disk }) => ({ isFinishingUpdates: disk.isFinishingUpdates === true }),
    leads: {
      started: 'decidingOnStart',
      updated: { to: 'decidingOnStart', writes: { isFinishingUpdates: false } },
    },
  },
  // A restart in the technician's part: the pages of the person are for the person (2.4 [D]).
  decidingOnStart: {
    source: '2.4 [D]',
    decides: [
      { when: 'isResetting', to: 'resetting' },
      { when: 'isTechnician', to: 'network' },
    ],
    otherwise: 'recovery',
  },
  recovery: {
    page: 'recovery',
    source: '10 S1',
    input: ({ disk, facts }) => ({
      languages: facts.languages,
      retries: disk.oobeRetries ?? 0,
      isRecovering: disk.isRecovering === true,
      entersRecovery: facts.entersRecovery !== false,
    }),
    leads: {
      chosen: {
        to: 'network',
        writes: ({ language, region, keyboard }) => ({
          language,
          region,
          keyboard,
          secondKeyboard: 'none',
          isRecovering: true,
        }),
      },
      settled: 'network',
      doesNotApply: 'checkingWire',
    },
  },
  ...resetting('decidingOnStart'),
  // Live Ethernet brings the profile before the first page, and only then can it hide pages (0.1 item 4 [D]).
  probingWire: {
    page: 'connectivity',
    source: '1.4 [D]',
    input: () => ({}),
    leads: { internet: 'askingOnWire', lost: 'language' },
    within: { delay: 'wiredProbe', to: 'language' },
  },
  askingOnWire: {
    source: '3.4 [D]',
    ...profileLookup('language', 'language'),
  },
  language: {
    page: 'language',
    source: '10 S2',
    input: (context) => ({
      languages: context.facts.languages,
      remembered: context.disk.language,
      preset: presetsOf(context)?.language || undefined,
      isRevisit: context.isRevisit,
    }),
    leads: { chosen: { to: 'region', writes: ({ language }) => ({ language }) }, doesNotApply: 'region' },
  },
  region: {
    page: 'region',
    source: '10 S3',
    input: (context) => ({
      language: languageOf(context),
      remembered: context.disk.region,
      preset: presetsOf(context)?.region || undefined,
      isRevisit: context.isRevisit,
    }),
    leads: { chosen: { to: 'keyboard', writes: ({ region }) => ({ region }) }, doesNotApply: 'keyboard' },
  },
  keyboard: {
    page: 'keyboard',
    source: '10 S4',
    input: (context) => ({
      language: languageOf(context),
      remembered: context.disk.keyboard,
      profile: presetsOf(context),
      isRevisit: context.isRevisit,
    }),
    leads: {
      back: { to: 'region', sets: { isRevisit: true } },
      chosen: { to: 'secondKeyboard', writes: ({ keyboard }) => ({ keyboard }) },
      doesNotApply: 'secondKeyboard',
    },
  },
  secondKeyboard: {
    page: 'secondKeyboard',
    source: '10 S5',
    input: (context) => ({
      keyboard: context.disk.keyboard ?? '',
      remembered: context.disk.secondKeyboard,
      profile: presetsOf(context),
      isRevisit: context.isRevisit,
    }),
    leads: {
      back: { to: 'keyboard', sets: { isRevisit: true } },
      added: { to: 'network', writes: ({ keyboard }) => ({ secondKeyboard: keyboard }) },
      skipped: { to: 'network', writes: { secondKeyboard: 'none' } },
      doesNotApply: 'network',
    },
  },
  network: {
    page: 'network',
    source: '10 S6',
    input: ({ disk, isRevisit }) => ({ remembered: disk.wifi, isRevisit }),
    leads: {
      back: { to: 'secondKeyboard', sets: { isRevisit: true } },
      joined: { to: 'connectivity', writes: ({ ssid }) => ({ wifi: ssid }) },
      wired: 'connectivity',
      doesNotApply: 'connectivity',
    },
  },
  connectivity: {
    page: 'connectivity',
    source: '10 S7',
    input: () => ({}),
    leads: {
      internet: { to: 'decidingOnOrder', sets: { isRevisit: false } },
      lost: { to: 'network', sets: { isRevisit: true } },
    },
  },
  // The profile comes as soon as there is a network (1.2 [D]); pages for schools have the updates before it.
  decidingOnOrder: {
    source: '1.2 [D]',
    decides: [{ when: 'updatesComeFirst', to: 'criticalUpdates' }],
    otherwise: 'decidingOnLookup',
  },
  decidingOnLookup: {
    source: '3.4 [D]',
    decides: [{ when: 'isAnswered', to: 'afterLookup' }],
    otherwise: 'autopilotProfile',
  },
  autopilotProfile: {
    source: '10 S9, S10',
    // No internet is no answer: the test of the network says so, and ends when there is some.
    ...profileLookup('afterLookup', 'connectivity'),
  },
  afterLookup: {
    source: '1.2 [D]',
    decides: [{ when: 'updatesComeFirst', to: 'settlingMode' }],
    otherwise: 'criticalUpdates',
  },
  criticalUpdates: {
    page: 'criticalUpdates',
    source: '10 S8',
    input: ({ disk }) => ({ isDone: disk.criticalUpdatesDone }),
    leads: {
      restart: {
        to: 'restart',
        writes: { criticalUpdatesDone: true },
        sets: { restartReason: 'critical updates' },
      },
      upToDate: { to: 'afterUpdates', writes: { criticalUpdatesDone: true } },
      installed: { to: 'afterUpdates', writes: { criticalUpdatesDone: true } },
      unavailable: { to: 'afterUpdates', writes: { criticalUpdatesDone: true } },
      doesNotApply: 'afterUpdates',
    },
  },
  afterUpdates: {
    source: '1.2 [D]',
    decides: [{ when: 'updatesComeFirst', to: 'decidingOnLookup' }],
    otherwise: 'settlingMode',
  },
  settlingMode: {
    source: '10 S10',
    decides: [{ when: 'isAnswered', to: 'decidingOnName' }],
    otherwise: 'choosingMode',
  },
  // The technician reviews the profile before the device takes its name.
  decidingOnName: {
    source: '2.4 [D]',
    decides: [{ when: 'isTechnician', to: 'choosingMode' }],
    otherwise: 'naming',
  },
  ...naming('choosingMode'),
})
