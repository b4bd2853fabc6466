import { assign, fromCallback, fromPromise, setup } from 'xstate'
import {
  ESP_TIMEOUT_CODE,
  type EspCategoryId,
  type EspPhase,
  type EspPolicy,
  type EspProgress,
} from '../src/domain/esp.ts'
import { accountSetupMachine } from './account-setup.ts'
import { devicePreparationMachine } from './device-preparation.ts'
import { deviceSetupMachine } from './device-setup.ts'
import { mustBeProvided } from './must-be-provided.ts'
import { asks, type DoesNotApply, doesNotApply, hidden, type StateMeta, shows, type UserEvent } from './page.ts'
import type { CategoryOutcome } from './setup-category.ts'

export interface EnrollmentStatusInput {
  phase: EspPhase
  isDone: boolean
  /** Without enrolment there is no page. */
  isEnrolled: boolean
  isSelfDeploying: boolean
}

/** An agent owes its list of apps, or has made it: while it does, the time limit ends nothing. */
export interface ParkingEvent {
  type: 'parking.changed'
  isParked: boolean
}

export type EnrollmentStatusOutcome =
  | { kind: 'finished' }
  | { kind: 'continuedAnyway' }
  /** `isEarly`: an app did not want to wait for the end of device setup. */
  | { kind: 'restart'; isEarly?: true }
  | { kind: 'reset' }
  | DoesNotApply

export interface EnrollmentStatusContext extends EnrollmentStatusInput {
  policy: EspPolicy
  /** Categories that are over, for the page to show. */
  finished: Partial<Record<EspCategoryId, EspProgress>>
  failedIn: EspCategoryId
  code: string
  isTimeout: boolean
  isParked: boolean
  /** The time limit came while the page was parked. */
  isOverdue: boolean
  logsCollected: boolean
  outcome: EnrollmentStatusOutcome
}

const NO_POLICY: EspPolicy = {
  skipped: true,
  timeoutMs: 60 * 60_000,
  mayLeave: false,
  canReset: false,
  canRetry: false,
  canContinue: false,
  canCollectLogs: false,
  customErrorText: '',
}

/** BlockInStatusPage 0: nobody has to wait for the end (4.3 [D]). */
const LEAVE = {
  'user.continueAnyway': {
    guard: 'mayLeave',
    actions: { type: 'conclude', params: { kind: 'continuedAnyway' } },
    target: '#enrollmentStatus.reporting',
  },
} as const

/** The Enrollment Status Page: the device's categories, or the account's. Each category is a statechart of its own. */
export const enrollmentStatusMachine = setup({
  types: {} as {
    input: EnrollmentStatusInput
    context: EnrollmentStatusContext
    events:
      | UserEvent<'user.tryAgain'>
      | UserEvent<'user.continueAnyway'>
      | UserEvent<'user.reset'>
      | UserEvent<'user.collectLogs'>
      | ParkingEvent
    output: EnrollmentStatusOutcome
    meta: StateMeta
  },
  actors: {
    readPolicy: fromPromise<EspPolicy, EspPhase>(mustBeProvided('readPolicy')),
    retryFailed: fromPromise<void, EspCategoryId>(mustBeProvided('retryFailed')),
    watchParking: fromCallback<ParkingEvent, EspPhase>(mustBeProvided('watchParking')),
    reportOutcome: fromPromise<void, { phase: EspPhase; succeeded: boolean }>(mustBeProvided('reportOutcome')),
    devicePreparation: devicePreparationMachine,
    deviceSetup: deviceSetupMachine,
    accountSetup: accountSetupMachine,
  },
  guards: {
    isDone: ({ context }) => context.isDone,
    isNotEnrolled: ({ context }) => !context.isEnrolled,
    isUserPhase: ({ context }) => context.phase === 'user',
    isSkipped: (_, policy: EspPolicy) => policy.skipped,
    hasSucceeded: (_, outcome: CategoryOutcome) => outcome.kind === 'succeeded',
    wantsRestart: (_, outcome: CategoryOutcome) => outcome.kind === 'restart',
    canRetry: ({ context }) => context.policy.canRetry,
    canContinue: ({ context }) => context.policy.canContinue,
    mayLeave: ({ context }) => context.policy.mayLeave,
    // Device preparation has limits of its own, and nobody's list to wait for.
    isParked: ({ context }) => context.isParked && context.failedIn !== 'devicePreparation',
    isPastTime: ({ context }, isParked: boolean) => context.isOverdue && !isParked,
    wantsEarlyRestart: (_, outcome: CategoryOutcome) => outcome.kind === 'restart' && outcome.isEarly === true,
    canReset: ({ context }) => context.policy.canReset,
    canCollectLogs: ({ context }) => context.policy.canCollectLogs,
    failedInPreparation: ({ context }) => context.failedIn === 'devicePreparation',
    failedInAccount: ({ context }) => context.failedIn === 'accountSetup',
  },
  actions: {
    conclude: assign({ outcome: (_, outcome: EnrollmentStatusOutcome) => outcome }),
    notePolicy: assign({ policy: (_, policy: EspPolicy) => policy }),
    enter: assign({ failedIn: (_, category: EspCategoryId) => category }),
    noteFinished: assign({
      finished: ({ context }, outcome: CategoryOutcome) => ({
        ...context.finished,
        [outcome.progress.id]: outcome.progress,
      }),
    }),
    noteFailure: assign({
      code: (_, outcome: CategoryOutcome) => (outcome.kind === 'failed' ? outcome.code : ''),
      isTimeout: false,
    }),
    noteTimeout: assign({ code: ESP_TIMEOUT_CODE, isTimeout: true }),
    noteParking: assign({ isParked: (_, isParked: boolean) => isParked }),
    noteOverdue: assign({ isOverdue: true }),
    noteLogs: assign({ logsCollected: true }),
    forgetFailure: assign({ code: '', isTimeout: false, logsCollected: false, isParked: false, isOverdue: false }),
  },
  delays: { timeLimit: ({ context }) => context.policy.timeoutMs },
}).createMachine({
  id: 'enrollmentStatus',
  context: ({ input }) => ({
    ...input,
    policy: NO_POLICY,
    finished: {},
    failedIn: 'devicePreparation',
    code: '',
    isTimeout: false,
    isParked: false,
    isOverdue: false,
    logsCollected: false,
    outcome: { kind: 'finished' },
  }),
  output: ({ context }) => context.outcome,
  initial: 'deciding',
  states: {
    deciding: {
      meta: hidden('4.3 [D]'),
      always: [
        {
          guard: 'isNotEnrolled',
          actions: {
            type: 'conclude',
            params: () => doesNotApply('the device is not enrolled', 'no Enrollment Status Page'),
          },
          target: 'settled',
        },
        {
          guard: 'isDone',
          actions: { type: 'conclude', params: () => doesNotApply('this phase was finished before', 'phase skipped') },
          target: 'settled',
        },
        { target: 'readingPolicy' },
      ],
    },
    // Nobody sees the page before the server has said that it is to be seen.
    readingPolicy: {
      meta: hidden('4.3 [D]'),
      invoke: {
        id: 'readPolicy',
        src: 'readPolicy',
        input: ({ context }) => context.phase,
        onDone: [
          {
            guard: { type: 'isSkipped', params: ({ event }) => event.output },
            actions: {
              type: 'conclude',
              params: ({ context }) =>
                doesNotApply(
                  `FirstSyncStatus/${context.phase === 'device' ? 'SkipDeviceStatusPage' : 'SkipUserStatusPage'} true`,
                  'Enrollment Status Page skipped',
                ),
            },
            target: 'settled',
          },
          { actions: { type: 'notePolicy', params: ({ event }) => event.output }, target: 'running' },
        ],
      },
    },
    running: {
      initial: 'choosingPhase',
      invoke: { id: 'watchParking', src: 'watchParking', input: ({ context }) => context.phase },
      after: {
        timeLimit: [
          { guard: 'isParked', actions: 'noteOverdue' },
          { actions: 'noteTimeout', target: 'failed' },
        ],
      },
      on: {
        'parking.changed': [
          {
            guard: { type: 'isPastTime', params: ({ event }) => event.isParked },
            actions: 'noteTimeout',
            target: 'failed',
          },
          { actions: { type: 'noteParking', params: ({ event }) => event.isParked } },
        ],
      },
      states: {
        choosingPhase: {
          meta: shows('enrollmentStatus', '4.1 [D]'),
          always: [{ guard: 'isUserPhase', target: 'settingUpAccount' }, { target: 'preparing' }],
        },
        preparing: {
          meta: shows('enrollmentStatus', '4.1 [D]'),
          on: LEAVE,
          entry: { type: 'enter', params: 'devicePreparation' },
          invoke: {
            id: 'devicePreparation',
            src: 'devicePreparation',
            onDone: [
              {
                guard: { type: 'hasSucceeded', params: ({ event }) => event.output },
                actions: { type: 'noteFinished', params: ({ event }) => event.output },
                target: 'settingUp',
              },
              {
                actions: [
                  { type: 'noteFailure', params: ({ event }) => event.output },
                  { type: 'noteFinished', params: ({ event }) => event.output },
                ],
                target: '#enrollmentStatus.failed',
              },
            ],
          },
        },
        settingUp: {
          meta: shows('enrollmentStatus', '4.1 [D]'),
          on: LEAVE,
          entry: { type: 'enter', params: 'deviceSetup' },
          invoke: {
            id: 'deviceSetup',
            src: 'deviceSetup',
            onDone: [
              {
                guard: { type: 'wantsEarlyRestart', params: ({ event }) => event.output },
                actions: [
                  { type: 'noteFinished', params: ({ event }) => event.output },
                  { type: 'conclude', params: { kind: 'restart', isEarly: true } },
                ],
                target: '#enrollmentStatus.settled',
              },
              {
                guard: { type: 'wantsRestart', params: ({ event }) => event.output },
                actions: [
                  { type: 'noteFinished', params: ({ event }) => event.output },
                  { type: 'conclude', params: { kind: 'restart' } },
                ],
                target: '#enrollmentStatus.reporting',
              },
              {
                guard: { type: 'hasSucceeded', params: ({ event }) => event.output },
                actions: { type: 'noteFinished', params: ({ event }) => event.output },
                target: '#enrollmentStatus.reporting',
              },
              {
                actions: [
                  { type: 'noteFailure', params: ({ event }) => event.output },
                  { type: 'noteFinished', params: ({ event }) => event.output },
                ],
                target: '#enrollmentStatus.failed',
              },
            ],
          },
        },
        settingUpAccount: {
          meta: shows('enrollmentStatus', '4.1 [D]'),
          on: LEAVE,
          entry: { type: 'enter', params: 'accountSetup' },
          invoke: {
            id: 'accountSetup',
            src: 'accountSetup',
            onDone: [
              {
                guard: { type: 'hasSucceeded', params: ({ event }) => event.output },
                actions: { type: 'noteFinished', params: ({ event }) => event.output },
                target: '#enrollmentStatus.reporting',
              },
              {
                actions: [
                  { type: 'noteFailure', params: ({ event }) => event.output },
                  { type: 'noteFinished', params: ({ event }) => event.output },
                ],
                target: '#enrollmentStatus.failed',
              },
            ],
          },
        },
      },
    },
    failed: {
      meta: asks('enrollmentStatusFailure', '4.1 [F]', '4.1 [D]', '10 S28'),
      on: {
        'user.tryAgain': { guard: 'canRetry', target: 'retrying' },
        'user.continueAnyway': {
          guard: 'canContinue',
          actions: { type: 'conclude', params: { kind: 'continuedAnyway' } },
          target: 'reporting',
        },
        'user.reset': {
          guard: 'canReset',
          actions: { type: 'conclude', params: { kind: 'reset' } },
          target: 'settled',
        },
        'user.collectLogs': { guard: 'canCollectLogs', actions: 'noteLogs' },
      },
    },
    // Back to the category that failed; the time limit starts anew.
    retrying: {
      meta: shows('enrollmentStatus', '10 S28'),
      entry: 'forgetFailure',
      invoke: {
        id: 'retryFailed',
        src: 'retryFailed',
        input: ({ context }) => context.failedIn,
        onDone: [
          { guard: 'failedInPreparation', target: 'running.preparing' },
          { guard: 'failedInAccount', target: 'running.settingUpAccount' },
          { target: 'running.settingUp' },
        ],
      },
    },
    reporting: {
      meta: shows('enrollmentStatus', '4.3 [D]'),
      invoke: {
        id: 'reportOutcome',
        src: 'reportOutcome',
        input: ({ context }) => ({ phase: context.phase, succeeded: context.outcome.kind !== 'continuedAnyway' }),
        onDone: 'settled',
      },
    },
    settled: { type: 'final' },
  },
})
