import { assign, fromCallback, setup } from 'xstate'
import { type EspCategoryId, type EspProgress, shareOf } from '../../src/domain/esp.ts'
import { mustBeProvided } from '../must-be-provided.ts'
import { type StateMeta, shows } from '../page.ts'

/** How a category of the Enrollment Status Page ends. */
export type CategoryOutcome =
  | { kind: 'succeeded'; progress: EspProgress }
  | { kind: 'failed'; progress: EspProgress; code: string }
  /** Device setup only: policies that were applied want a restart. */
  | { kind: 'restart'; progress: EspProgress; isEarly?: true }

/** The device's CSP tree moved on. */
export interface ProgressEvent {
  type: 'progress.changed'
  progress: EspProgress
}

export interface CategoryContext {
  progress: EspProgress
  /** The greatest share of its steps that was ever done, from 0 to 1: more steps may come, and yet no bar goes back. */
  reached: number
  outcome: CategoryOutcome
}

/** Before the tree has said anything. */
export function unknownProgress(id: EspCategoryId, label: string): EspProgress {
  return { id, label, state: 'inProgress', status: 'Working on it...', steps: [] }
}

/** The step that the page is at: the first that is neither done nor needless. */
export const currentStep = (progress: EspProgress): string | undefined =>
  progress.steps.find((step) => step.state !== 'succeeded' && step.state !== 'notRequired')?.id

/** 0x80004005 stands for a failure that names no code of its own. */
export const codeOf = (progress: EspProgress): string => progress.code ?? '0x80004005'

/** @param reached what is known to be done when the page opens */
export function startCategory(id: EspCategoryId, label: string, reached = 0): CategoryContext {
  const progress = unknownProgress(id, label)
  return { progress, reached, outcome: { kind: 'succeeded', progress } }
}

/**
 * What the tree says now, and the furthest that it ever got: a server may announce more at any time, which takes steps
 * back that were done.
 */
export const furthest = (reached: number, now: EspProgress) => ({
  progress: now,
  reached: Math.max(reached, shareOf(now)),
})

/** What device setup and account setup have in common: they watch the tree, and are where its first open step is. */
export const stepwiseSetup = setup({
  types: {} as {
    context: CategoryContext
    events: ProgressEvent
    output: CategoryOutcome
    meta: StateMeta
  },
  actors: { watchProgress: fromCallback<ProgressEvent, EspCategoryId>(mustBeProvided('watchProgress')) },
  guards: {
    isFailed: ({ context }) => context.progress.state === 'failed',
    isComplete: ({ context }) => context.progress.state === 'succeeded',
    wantsRestartNow: ({ context }) => context.progress.restartsNow === true,
    wantsRestart: ({ context }) => context.progress.state === 'succeeded' && context.progress.needsRestart === true,
    isAt: ({ context }, step: string) => currentStep(context.progress) === step,
    hasLeft: ({ context }, step: string) =>
      context.progress.restartsNow === true ||
      context.progress.state !== 'inProgress' ||
      currentStep(context.progress) !== step,
  },
  actions: {
    see: assign(({ context, event }) => furthest(context.reached, event.progress)),
    succeed: assign({ outcome: ({ context }) => ({ kind: 'succeeded', progress: context.progress }) }),
    restart: assign({
      outcome: ({ context: { progress } }) =>
        progress.state === 'succeeded'
          ? { kind: 'restart' as const, progress }
          : { kind: 'restart' as const, progress, isEarly: true as const },
    }),
    fail: assign({
      outcome: ({ context }) => ({ kind: 'failed', progress: context.progress, code: codeOf(context.progress) }),
    }),
  },
  // How long the page stands before a coalesced restart is nowhere stated: an assumption.
  delays: { untilRestart: 10_000 },
})

/** From `identifying` to the step that the tree is at. */
export const TO_CURRENT_STEP = [
  { guard: { type: 'isAt', params: 'securityPolicies' }, target: 'securityPolicies' },
  { guard: { type: 'isAt', params: 'certificates' }, target: 'certificates' },
  { guard: { type: 'isAt', params: 'networkConnections' }, target: 'networkConnections' },
  { guard: { type: 'isAt', params: 'apps' }, target: 'apps' },
] as const

/** The steps of the page, in its order. */
export const STEPS = {
  securityPolicies: {
    meta: shows('enrollmentStatus', '4.5 [D]'),
    always: { guard: { type: 'hasLeft', params: 'securityPolicies' }, target: 'identifying' },
  },
  certificates: {
    meta: shows('enrollmentStatus', '4.5 [D]'),
    always: { guard: { type: 'hasLeft', params: 'certificates' }, target: 'identifying' },
  },
  networkConnections: {
    meta: shows('enrollmentStatus', '4.5 [D]'),
    always: { guard: { type: 'hasLeft', params: 'networkConnections' }, target: 'identifying' },
  },
  apps: {
    meta: shows('enrollmentStatus', '4.5 [D]', '4.5 [M]'),
    always: { guard: { type: 'hasLeft', params: 'apps' }, target: 'identifying' },
  },
} as const
