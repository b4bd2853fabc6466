import { assign, cancel, type EventObject, fromCallback, fromPromise, raise, setup } from 'xstate'
import {
  isOverWith,
  NO_PROGRESS,
  type PreparationProgress,
  type PreparationSettings,
  type PreparationStage,
  stageOf,
  type Workload,
} from '../../src/domain/device-preparation.ts'
import { CODE } from '../../src/domain/windows-codes.ts'
import { mustBeProvided } from '../must-be-provided.ts'
import { skips } from '../outcomes.ts'
import type { DoesNotApply, StateMeta, UserEvent } from '../page.ts'

export interface RequiredSetupInput {
  /** The page was left before a restart. */
  isDone: boolean
  /** A start before has taken the person out of the Administrators group. */
  isStandard: boolean
}

/** The management tree, or the management extension, says something new. */
export interface WorkloadsEvent {
  type: 'workloads.changed'
  progress: PreparationProgress
}

/** What the page leaves behind it. */
interface Left {
  /** The person was taken out of the local Administrators group. */
  isStandard: boolean
}

export type RequiredSetupOutcome =
  | ({ kind: 'finished' } & Left)
  | ({ kind: 'continuedAnyway' } & Left)
  /** A workload needs a restart. */
  | ({ kind: 'restart' } & Left)
  | DoesNotApply

export interface RequiredSetupContext extends RequiredSetupInput {
  settings: PreparationSettings
  progress: PreparationProgress
  stage: PreparationStage
  /** Hundredths of the time limit that have passed: what the page shows in the place of work that is done (2.8 [B]). */
  percent: number
  /** Windows code of the failure. */
  code: string
  /** What failed, where it is one of the policy's. */
  failed: Workload | null
  isTimeout: boolean
  logsCollected: boolean
}

export const SKIPS = skips<RequiredSetupContext>('device preparation skipped')({
  isDone: { when: ({ isDone }) => isDone, fact: 'device preparation was over before' },
})

/** Before the tree was read. */
const NO_SETTINGS: PreparationSettings = {
  limitMs: 60 * 60_000,
  agentLimitMs: 30 * 60_000,
  errorText: '',
  canSkip: false,
  canCollectLogs: false,
  isStandardUser: false,
  policy: '',
}

export const firstContext = (input: RequiredSetupInput): RequiredSetupContext => ({
  ...input,
  settings: NO_SETTINGS,
  progress: NO_PROGRESS,
  stage: 'agent',
  percent: 0,
  code: '',
  failed: null,
  isTimeout: false,
  logsCollected: false,
})

export const leftOf = ({ isStandard }: RequiredSetupContext): Left => ({ isStandard })

/** What the page tells of its end. */
export interface PreparationReport {
  progress: PreparationProgress
  /** Undefined for a deployment that succeeded. */
  failure?: { stage: PreparationStage; code: string; name: string }
}

export const reportOf = ({ progress, stage, code, failed }: RequiredSetupContext): PreparationReport => ({
  progress,
  ...(code === '' ? {} : { failure: { stage, code, name: failed?.name ?? '' } }),
})

const failedOf = ({ workloads }: PreparationProgress): Workload | undefined =>
  workloads.find(({ state }) => state === 'failed')

/** It shows all of it only when the work is over. */
const PERCENT_MAX = 99

/** What the page's statechart is made of. */
export const requiredSetupSetup = setup({
  types: {} as {
    input: RequiredSetupInput
    context: RequiredSetupContext
    events:
      | UserEvent<'user.tryAgain'>
      | UserEvent<'user.continueAnyway'>
      | UserEvent<'user.collectLogs'>
      | UserEvent<'user.next'>
      | WorkloadsEvent
      | { type: 'sync.over' }
      | { type: 'percent.passed' }
      | { type: 'limit.reached' }
    output: RequiredSetupOutcome
    meta: StateMeta
  },
  actors: {
    readSettings: fromPromise<PreparationSettings>(mustBeProvided('readSettings')),
    watchWorkloads: fromCallback<EventObject>(mustBeProvided('watchWorkloads')),
    /** Takes the person out of the local Administrators group, where the policy says so. */
    enforceAccountType: fromPromise<void, { isStandardUser: boolean }>(mustBeProvided('enforceAccountType')),
    /** Asks for a session, and hears of its end. */
    watchSync: fromCallback<EventObject>(mustBeProvided('watchSync')),
    reportOutcome: fromPromise<void, PreparationReport>(mustBeProvided('reportOutcome')),
    /** Puts back what failed, and says where the deployment is then. */
    retryFailed: fromPromise<PreparationProgress>(mustBeProvided('retryFailed')),
  },
  guards: {
    ...SKIPS.guards,
    isAgentHere: ({ context }) => context.progress.agent.state === 'here',
    isAgentFailed: ({ context }) => context.progress.agent.state === 'failed',
    /** The first failure ends the deployment (2.8 [D]). */
    hasFailed: ({ context }) => failedOf(context.progress) !== undefined,
    isOver: ({ context: { progress } }, stage: PreparationStage) =>
      progress.workloads.every((one) => stageOf(one.kind) !== stage || isOverWith(one)),
    needsRestart: ({ context }) => context.progress.workloads.some(({ state }) => state === 'rebootRequired'),
    canSkip: ({ context }) => context.settings.canSkip,
    canCollectLogs: ({ context }) => context.settings.canCollectLogs,
  },
  actions: {
    noteSettings: assign({ settings: (_, settings: PreparationSettings) => settings }),
    see: assign({ progress: (_, progress: PreparationProgress) => progress }),
    enter: assign({ stage: (_, stage: PreparationStage) => stage }),
    /** What may be installed now. */
    holdTo: mustBeProvided('holdTo') as (_: unknown, stage: PreparationStage | 'failed' | 'over') => void,
    noteStandard: assign({ isStandard: ({ context }) => context.settings.isStandardUser }),
    noteAgentFailure: assign({ code: ({ context }) => context.progress.agent.code ?? CODE.unspecifiedError }),
    noteFailure: assign(({ context: { progress, stage } }) => {
      const failed = failedOf(progress) ?? null
      return { failed, code: failed?.code ?? CODE.unspecifiedError, stage: failed ? stageOf(failed.kind) : stage }
    }),
    noteTimeout: assign({ code: CODE.timedOut, isTimeout: true }),
    forgetFailure: assign({ code: '', failed: null, isTimeout: false, logsCollected: false }),
    noteLogs: assign({ logsCollected: true }),
    resetPercent: assign({ percent: 0 }),
    countPercent: assign({ percent: ({ context }) => Math.min(context.percent + 1, PERCENT_MAX) }),
    fillPercent: assign({ percent: 100 }),
    startPercent: raise(
      { type: 'percent.passed' },
      { id: 'percent', delay: ({ context }) => Math.max(1, Math.ceil(context.settings.limitMs / 100)) },
    ),
    stopPercent: cancel('percent'),
    startLimit: raise({ type: 'limit.reached' }, { id: 'limit', delay: ({ context }) => context.settings.limitMs }),
    stopLimit: cancel('limit'),
  },
  delays: { agentLimit: ({ context }) => context.settings.agentLimitMs },
})
