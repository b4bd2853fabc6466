import type { EspCategoryId } from '../../src/domain/esp.ts'
import { answered, endings, fromEnding } from '../outcomes.ts'
import { asks, FAILING, hidden, shows } from '../page.ts'
import {
  type EnrollmentStatusContext,
  type EnrollmentStatusOutcome,
  enrollmentStatusSetup,
  NO_POLICY,
  type PolicyChangedEvent,
  SKIPS,
} from './enrollment-status-setup.ts'
import type { CategoryOutcome } from './setup-category.ts'

/** BlockInStatusPage 0: no one has to wait for the end (4.3 [D]). */
const LEAVE = {
  'user.continueAnyway': { guard: 'mayLeave', target: '#enrollmentStatus.reportingContinuation' },
} as const

const NOTE_FINISHED = { type: 'noteFinished', params: answered } as const

/** From a category that has ended in this way to what follows. */
const ending = (kind: CategoryOutcome['kind'], target: string) =>
  ({ guard: { type: 'endedAs', params: { kind } }, actions: NOTE_FINISHED, target }) as const

/** A category in which something failed. */
const TO_FAILING = {
  actions: [{ type: 'noteFailure', params: answered }, NOTE_FINISHED],
  target: '#enrollmentStatus.failing',
} as const

/** The texts, buttons and limit of the page are those that the tree has now (mdm-protocols.md, 3.3 [O]). */
const WATCH_POLICY = {
  id: 'watchPolicy',
  src: 'watchPolicy',
  input: ({ context: { phase, policy } }: { context: EnrollmentStatusContext }) => ({ phase, policy }),
} as const

const changedPolicy = ({ event }: { event: PolicyChangedEvent }) => event.policy
const NOTE_CHANGE = { type: 'notePolicy', params: changedPolicy } as const
const NOTE_LEFT = { type: 'noteLeft', params: ({ event }: { event: { output: number } }) => event.output } as const
/** The server says that the page is not shown, while it is: that it closes then is an assumption. */
const CLOSING = {
  guard: { type: 'saysSkip', params: changedPolicy },
  actions: [NOTE_CHANGE, 'reportClosing'],
  target: '#enrollmentStatus.doesNotApply',
} as const

const enter = (category: EspCategoryId) => ({ type: 'enter', params: category }) as const

/** Writes to the tree how the phase ended, and ends in this way. */
const reporting = (succeeded: boolean, target: EnrollmentStatusOutcome['kind']) =>
  ({
    meta: shows('enrollmentStatus', '4.3 [D]'),
    invoke: {
      id: 'reportOutcome',
      src: 'reportOutcome',
      input: ({ context }: { context: EnrollmentStatusContext }) => ({ phase: context.phase, succeeded }),
      onDone: target,
    },
  }) as const

/** The Enrollment Status Page: the device's categories, or the account's. Each category is another statechart. */
export const enrollmentStatusMachine = enrollmentStatusSetup.createMachine({
  id: 'enrollmentStatus',
  context: ({ input }) => ({
    ...input,
    policy: NO_POLICY,
    leftMs: NO_POLICY.timeoutMs,
    finished: {},
    failedIn: 'devicePreparation',
    code: '',
    isTimeout: false,
    isParked: false,
    isOverdue: false,
    logsCollected: false,
  }),
  output: fromEnding<EnrollmentStatusOutcome>(),
  initial: 'deciding',
  states: {
    deciding: { meta: hidden('4.3 [D]'), always: [...SKIPS.always, { target: 'awaitingPolicy' }] },
    // The page opens as soon as the server has said so, which may be in the middle of a session.
    awaitingPolicy: {
      meta: hidden('4.3 [D]'),
      invoke: { id: 'watchForPolicy', src: 'watchForPolicy', input: ({ context }) => context.phase },
      on: {
        'policy.known': [
          { guard: { type: 'isNews', params: ({ event }) => event.isNew }, target: 'noticingPolicy' },
          { target: 'readingPolicy' },
        ],
      },
      after: { firstSession: 'readingPolicy' },
    },
    noticingPolicy: { meta: hidden('4.3 [D]'), after: { nextLook: 'readingPolicy' } },
    // The page is not shown before the server has said so.
    readingPolicy: {
      meta: hidden('4.3 [D]'),
      invoke: {
        id: 'readPolicy',
        src: 'readPolicy',
        input: ({ context }) => context.phase,
        onDone: [
          {
            guard: { type: 'saysSkip', params: ({ event }) => event.output.policy },
            actions: { type: 'notePolicy', params: ({ event }) => event.output.policy },
            target: 'doesNotApply',
          },
          {
            actions: [
              { type: 'notePolicy', params: ({ event }) => event.output.policy },
              { type: 'noteLeft', params: ({ event }) => event.output.leftMs },
            ],
            target: 'running',
          },
        ],
      },
    },
    running: {
      initial: 'choosingPhase',
      invoke: [
        { id: 'countTime', src: 'countTime' },
        { id: 'watchParking', src: 'watchParking', input: ({ context }) => context.phase },
        WATCH_POLICY,
      ],
      entry: { type: 'startLimit', params: ({ context }) => context.leftMs },
      exit: 'stopLimit',
      on: {
        'limit.reached': [
          { guard: 'isParked', actions: 'noteOverdue' },
          { actions: 'noteTimeout', target: 'failing' },
        ],
        'policy.changed': [
          CLOSING,
          {
            guard: { type: 'isOtherLimit', params: ({ event }) => event.policy },
            actions: [
              NOTE_CHANGE,
              'forgetOverdue',
              'stopLimit',
              { type: 'startLimit', params: ({ event }) => event.leftMs },
            ],
          },
          { actions: NOTE_CHANGE },
        ],
        'parking.changed': [
          {
            guard: { type: 'isPastTime', params: ({ event }) => event.isParked },
            actions: 'noteTimeout',
            target: 'failing',
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
          entry: enter('devicePreparation'),
          invoke: {
            id: 'devicePreparation',
            src: 'devicePreparation',
            onDone: [ending('succeeded', 'settingUp'), TO_FAILING],
          },
        },
        settingUp: {
          meta: shows('enrollmentStatus', '4.1 [D]'),
          on: LEAVE,
          entry: enter('deviceSetup'),
          invoke: {
            id: 'deviceSetup',
            src: 'deviceSetup',
            onDone: [
              ending('earlyRestart', '#enrollmentStatus.earlyRestart'),
              ending('restart', '#enrollmentStatus.reportingRestart'),
              ending('succeeded', '#enrollmentStatus.reportingSuccess'),
              TO_FAILING,
            ],
          },
        },
        settingUpAccount: {
          meta: shows('enrollmentStatus', '4.1 [D]'),
          on: LEAVE,
          entry: enter('accountSetup'),
          invoke: {
            id: 'accountSetup',
            src: 'accountSetup',
            onDone: [ending('succeeded', '#enrollmentStatus.reportingSuccess'), TO_FAILING],
          },
        },
      },
    },
    failing: FAILING,
    failed: {
      meta: asks('enrollmentStatusFailure', '4.1 [F]', '4.1 [D]', '10 S28'),
      entry: 'reportFailure',
      invoke: WATCH_POLICY,
      on: {
        'policy.changed': [CLOSING, { actions: NOTE_CHANGE }],
        'user.tryAgain': { guard: 'canRetry', target: 'retrying' },
        'user.continueAnyway': { guard: 'canContinue', target: 'reportingContinuation' },
        'user.reset': { guard: 'canReset', target: 'reset' },
        'user.collectLogs': { guard: 'canCollectLogs', actions: 'noteLogs' },
      },
    },
    // Back to the category that failed.
    retrying: {
      meta: hidden('10 S28'),
      entry: 'forgetFailure',
      invoke: {
        id: 'retryFailed',
        src: 'retryFailed',
        input: ({ context }) => context.failedIn,
        onDone: [
          { guard: 'failedInPreparation', actions: NOTE_LEFT, target: 'running.preparing' },
          { guard: 'failedInAccount', actions: NOTE_LEFT, target: 'running.settingUpAccount' },
          { actions: NOTE_LEFT, target: 'running.settingUp' },
        ],
      },
    },
    reportingSuccess: reporting(true, 'finished'),
    reportingRestart: reporting(true, 'restart'),
    // The page is gone from the moment in which the person leaves it.
    reportingContinuation: { ...reporting(false, 'continuedAnyway'), meta: hidden('4.3 [D]') },
    ...endings<EnrollmentStatusContext, EnrollmentStatusOutcome>({
      finished: { kind: 'finished' },
      continuedAnyway: ({ failedIn, code }) => ({
        kind: 'continuedAnyway',
        left: { category: failedIn, hasFailed: code !== '' },
      }),
      restart: { kind: 'restart' },
      earlyRestart: { kind: 'earlyRestart' },
      reset: { kind: 'reset' },
      gaveUp: ({ code, policy, finished }) => ({
        kind: 'gaveUp',
        trouble: { code, text: policy.customErrorText },
        categories: Object.values(finished),
      }),
      doesNotApply: SKIPS.outcome,
    }),
  },
})
