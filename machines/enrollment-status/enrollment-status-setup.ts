import { type AnyActorRef, assign, fromCallback, fromPromise, setup } from 'xstate'
import {
  ESP_TIMEOUT_CODE,
  type EspCategoryId,
  type EspPhase,
  type EspPolicy,
  type EspProgress,
} from '../../src/domain/esp.ts'
import { mustBeProvided } from '../must-be-provided.ts'
import type { DoesNotApply, StateMeta, UserEvent } from '../page.ts'
import { accountSetupMachine } from './account-setup.ts'
import { devicePreparationMachine } from './device-preparation.ts'
import { deviceSetupMachine } from './device-setup.ts'
import type { CategoryContext, CategoryOutcome } from './setup-category.ts'

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
  /** How far each category got, whatever became of it: its statechart is gone when it is over. */
  reached: Partial<Record<EspCategoryId, number>>
  failedIn: EspCategoryId
  code: string
  isTimeout: boolean
  isParked: boolean
  /** The time limit came while the page was parked. */
  isOverdue: boolean
  logsCollected: boolean
  outcome: EnrollmentStatusOutcome
}

/** Before the server has said anything. */
export const NO_POLICY: EspPolicy = {
  skipped: true,
  timeoutMs: 60 * 60_000,
  mayLeave: false,
  canReset: false,
  canRetry: false,
  canContinue: false,
  canCollectLogs: false,
  customErrorText: '',
}

/** Asked before the category's statechart is gone. */
const reachedBy = (category: AnyActorRef | undefined): number =>
  (category?.getSnapshot() as { context?: Partial<CategoryContext> } | undefined)?.context?.reached ?? 0

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
      reached: ({ context, self }, { progress }: CategoryOutcome) => ({
        ...context.reached,
        [progress.id]: reachedBy(self.getSnapshot().children[progress.id]),
      }),
    }),
    noteFailure: assign({
      code: (_, outcome: CategoryOutcome) => (outcome.kind === 'failed' ? outcome.code : ''),
      isTimeout: false,
    }),
    noteTimeout: assign({
      code: ESP_TIMEOUT_CODE,
      isTimeout: true,
      reached: ({ context, self }) => ({
        ...context.reached,
        [context.failedIn]: reachedBy(self.getSnapshot().children[context.failedIn]),
      }),
    }),
    noteParking: assign({ isParked: (_, isParked: boolean) => isParked }),
    noteOverdue: assign({ isOverdue: true }),
    noteLogs: assign({ logsCollected: true }),
    forgetFailure: assign({ code: '', isTimeout: false, logsCollected: false, isParked: false, isOverdue: false }),
  },
  delays: { timeLimit: ({ context }) => context.policy.timeoutMs },
})
