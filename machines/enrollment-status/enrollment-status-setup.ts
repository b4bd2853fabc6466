import { type AnyActorRef, assign, cancel, type EventObject, fromCallback, fromPromise, raise, setup } from 'xstate'
import type { EspCategoryId, EspPhase, EspPolicy, EspProgress, LeftCategory } from '../../src/domain/esp.ts'
import { CODE } from '../../src/domain/windows-codes.ts'
import { mustBeProvided } from '../must-be-provided.ts'
import { outputOf, skips } from '../outcomes.ts'
import {
  type DoesNotApply,
  type EndsAtFailure,
  endsAtFailure,
  type GaveUp,
  type StateMeta,
  type UserEvent,
} from '../page.ts'
import { accountSetupMachine } from './account-setup.ts'
import { devicePreparationMachine } from './device-preparation.ts'
import { deviceSetupMachine } from './device-setup.ts'
import { type CategoryContext, type CategoryOutcome, timedOut, unknownProgress } from './setup-category.ts'

export interface EnrollmentStatusInput extends EndsAtFailure {
  phase: EspPhase
  isDone: boolean
  /** Without enrolment there is no page. */
  isEnrolled: boolean
  /** The account's part: where a person left the device's part before its end. */
  left?: LeftCategory | undefined
}

/**
 * Whether the page is shown is known: the server has said so, or a first session was held. `isNew`: since the device waits
 * for it.
 */
export interface PolicyKnownEvent {
  type: 'policy.known'
  isNew: boolean
}

/** What the server says of the page when it opens. */
export interface OpenedPage {
  policy: EspPolicy
  /** Virtual milliseconds until its time limit. */
  leftMs: number
}

/** The server has written another policy while the page is open. */
export interface PolicyChangedEvent extends OpenedPage {
  type: 'policy.changed'
}

/** The page has been at work for TimeOutUntilSyncFailure. */
export interface LimitReachedEvent {
  type: 'limit.reached'
}

/** An agent owes its list of apps, or has made it: while it does, the time limit ends nothing. */
export interface ParkingEvent {
  type: 'parking.changed'
  isParked: boolean
}

export type EnrollmentStatusOutcome =
  | { kind: 'finished' }
  | { kind: 'continuedAnyway'; left: LeftCategory }
  | { kind: 'restart' }
  /** An app does not wait for the end of device setup: the page opens again. */
  | { kind: 'earlyRestart' }
  | { kind: 'reset' }
  | GaveUp
  | DoesNotApply

export interface EnrollmentStatusContext extends EnrollmentStatusInput {
  policy: EspPolicy
  /** Virtual milliseconds that the page had until its time limit when it began, or when it was tried again. */
  leftMs: number
  /** Categories that are over, for the page to show. */
  finished: Partial<Record<EspCategoryId, EspProgress>>
  failedIn: EspCategoryId
  code: string
  isTimeout: boolean
  isParked: boolean
  /** The time limit came while the page was parked. */
  isOverdue: boolean
  logsCollected: boolean
}

export const SKIPS = skips<EnrollmentStatusContext>('phase skipped')({
  isNotEnrolled: {
    when: ({ isEnrolled }) => !isEnrolled,
    fact: 'the device is not enrolled',
    effect: 'no Enrollment Status Page',
  },
  isDone: { when: ({ isDone }) => isDone, fact: 'this phase was finished before' },
  isSkipped: {
    when: ({ policy }) => policy.skipped,
    fact: ({ phase }) => `FirstSyncStatus/${phase === 'device' ? 'SkipDeviceStatusPage' : 'SkipUserStatusPage'} true`,
    effect: 'Enrollment Status Page skipped',
    later: true,
  },
})

/** Before the server has said anything. */
export const NO_POLICY: EspPolicy = {
  skipped: false,
  timeoutMs: 60 * 60_000,
  mayLeave: false,
  canReset: false,
  canRetry: false,
  canContinue: false,
  canCollectLogs: false,
  customErrorText: '',
}

/** Asked before the category's statechart is gone. */
const progressOf = (id: EspCategoryId, category: AnyActorRef | undefined): EspProgress =>
  (category?.getSnapshot() as { context?: Partial<CategoryContext> } | undefined)?.context?.progress ??
  unknownProgress(id)

/** What the page's statechart is made of. */
export const enrollmentStatusSetup = setup({
  types: {} as {
    input: EnrollmentStatusInput
    context: EnrollmentStatusContext
    events:
      | UserEvent<'user.tryAgain'>
      | UserEvent<'user.continueAnyway'>
      | UserEvent<'user.reset'>
      | UserEvent<'user.collectLogs'>
      | ParkingEvent
      | PolicyKnownEvent
      | PolicyChangedEvent
      | LimitReachedEvent
    output: EnrollmentStatusOutcome
    meta: StateMeta
  },
  actors: {
    watchForPolicy: fromCallback<EventObject, EspPhase>(mustBeProvided('watchForPolicy')),
    readPolicy: fromPromise<OpenedPage, EspPhase>(mustBeProvided('readPolicy')),
    /** Virtual milliseconds that the page has from now on. */
    retryFailed: fromPromise<number, EspCategoryId>(mustBeProvided('retryFailed')),
    /** The page is at work. */
    countTime: fromCallback(mustBeProvided('countTime')),
    watchParking: fromCallback<EventObject, EspPhase>(mustBeProvided('watchParking')),
    watchPolicy: fromCallback<EventObject, { phase: EspPhase; policy: EspPolicy }>(mustBeProvided('watchPolicy')),
    reportOutcome: fromPromise<void, { phase: EspPhase; succeeded: boolean }>(mustBeProvided('reportOutcome')),
    devicePreparation: devicePreparationMachine,
    deviceSetup: deviceSetupMachine,
    accountSetup: accountSetupMachine,
  },
  guards: {
    ...SKIPS.guards,
    endsAtFailure,
    isNews: (_, isNew: boolean) => isNew,
    isUserPhase: ({ context }) => context.phase === 'user',
    saysSkip: (_, policy: EspPolicy) => policy.skipped,
    isOtherLimit: ({ context }, policy: EspPolicy) => policy.timeoutMs !== context.policy.timeoutMs,
    endedAs: ({ event }, { kind }: { kind: CategoryOutcome['kind'] }) => outputOf<CategoryOutcome>(event).kind === kind,
    canRetry: ({ context }) => context.policy.canRetry,
    canContinue: ({ context }) => context.policy.canContinue,
    mayLeave: ({ context }) => context.policy.mayLeave,
    // Device preparation has other limits, and no agent's list to wait for.
    isParked: ({ context }) => context.isParked && context.failedIn !== 'devicePreparation',
    isPastTime: ({ context }, isParked: boolean) => context.isOverdue && !isParked,
    canReset: ({ context }) => context.policy.canReset,
    canCollectLogs: ({ context }) => context.policy.canCollectLogs,
    failedInPreparation: ({ context }) => context.failedIn === 'devicePreparation',
    failedInAccount: ({ context }) => context.failedIn === 'accountSetup',
  },
  actions: {
    notePolicy: assign({ policy: (_, policy: EspPolicy) => policy }),
    noteLeft: assign({ leftMs: (_, leftMs: number) => leftMs }),
    startLimit: raise({ type: 'limit.reached' }, { id: 'timeLimit', delay: (_, ms: number) => ms }),
    stopLimit: cancel('timeLimit'),
    forgetOverdue: assign({ isOverdue: false }),
    enter: assign({ failedIn: (_, category: EspCategoryId) => category }),
    noteFinished: assign({
      finished: ({ context }, { progress }: CategoryOutcome) => ({ ...context.finished, [progress.id]: progress }),
    }),
    noteFailure: assign({
      code: (_, outcome: CategoryOutcome) => (outcome.kind === 'failed' ? outcome.code : ''),
      isTimeout: false,
    }),
    noteTimeout: assign({
      code: CODE.timedOut,
      isTimeout: true,
      finished: ({ context: { finished, failedIn }, self }) => ({
        ...finished,
        [failedIn]: timedOut(progressOf(failedIn, self.getSnapshot().children[failedIn])),
      }),
    }),
    noteParking: assign({ isParked: (_, isParked: boolean) => isParked }),
    noteOverdue: assign({ isOverdue: true }),
    noteLogs: assign({ logsCollected: true }),
    /** The event log has the failure of the page, and its end. */
    reportFailure: mustBeProvided('reportFailure'),
    reportClosing: mustBeProvided('reportClosing'),
    forgetFailure: assign({ code: '', isTimeout: false, logsCollected: false, isParked: false, isOverdue: false }),
  },
  delays: {
    // The page opens after the first session; how long it waits for one is nowhere stated: an assumption.
    firstSession: 60 * 60_000,
    // How soon the page notices what the server says is one as well.
    nextLook: 1_000,
  },
})
