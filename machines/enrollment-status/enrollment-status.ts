import { asks, doesNotApply, hidden, shows } from '../page.ts'
import { enrollmentStatusSetup, NO_POLICY } from './enrollment-status-setup.ts'

/** BlockInStatusPage 0: nobody has to wait for the end (4.3 [D]). */
const LEAVE = {
  'user.continueAnyway': {
    guard: 'mayLeave',
    actions: { type: 'conclude', params: { kind: 'continuedAnyway' } },
    target: '#enrollmentStatus.reporting',
  },
} as const

/** The Enrollment Status Page: the device's categories, or the account's. Each category is a statechart of its own. */
export const enrollmentStatusMachine = enrollmentStatusSetup.createMachine({
  id: 'enrollmentStatus',
  context: ({ input }) => ({
    ...input,
    policy: NO_POLICY,
    finished: {},
    reached: {},
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
