import { assign, fromCallback, setup } from 'xstate'
import type { EspCategoryId, EspProgress } from '../../src/domain/esp.ts'
import { CODE } from '../../src/domain/windows-codes.ts'
import { mustBeProvided } from '../must-be-provided.ts'
import { endings, fromEnding } from '../outcomes.ts'
import { type StateMeta, shows } from '../page.ts'
import type { OverdueEvent } from './provider-limit.ts'

/** What is known of a category when it ends. */
interface Reached {
  progress: EspProgress
}

/** How a category of the Enrollment Status Page ends. */
export type CategoryOutcome =
  | ({ kind: 'succeeded' } & Reached)
  | ({ kind: 'failed'; code: string } & Reached)
  /** Device setup only: policies that were applied need a restart. */
  | ({ kind: 'restart' } & Reached)
  /** Device setup only: an app needs one at once. */
  | ({ kind: 'earlyRestart' } & Reached)

/** The outcomes of a category in which no restart is supported. */
export type PlainOutcome = Extract<CategoryOutcome, { kind: 'succeeded' | 'failed' }>

/** The device's CSP tree has changed. */
export interface ProgressEvent {
  type: 'progress.changed'
  progress: EspProgress
}

export interface CategoryContext {
  progress: EspProgress
}

/** Before the tree has said anything. */
export const unknownProgress = (id: EspCategoryId): EspProgress => ({
  id,
  state: 'inProgress',
  status: { says: 'working' },
  steps: [],
})

/** The step that the page is at: the first that is neither done nor needless. */
export const currentStep = (progress: EspProgress): string | undefined =>
  progress.steps.find((step) => step.state !== 'succeeded' && step.state !== 'notRequired')?.id

/** A failure may come without a code. */
export const codeOf = (progress: EspProgress): string => progress.code ?? CODE.unspecifiedError

/** A category as it was when the time limit ended it: its steps stay as they are (reference: oobe-autopilot-esp.md, 4.1 [F]). */
export const timedOut = (progress: EspProgress): EspProgress => ({
  ...progress,
  state: 'failed',
  status: { says: 'failed' },
})

/** What every category begins with. */
export const categoryOf = <Outcome extends CategoryOutcome>(id: EspCategoryId) =>
  ({
    context: (): CategoryContext => ({ progress: unknownProgress(id) }),
    output: fromEnding<Outcome>(),
    invoke: { id: 'watchProgress', src: 'watchProgress', input: id },
  }) as const

/** The final states that every category has. */
export const PLAIN_ENDINGS = endings<CategoryContext, PlainOutcome>({
  succeeded: ({ progress }) => ({ kind: 'succeeded', progress }),
  failed: ({ progress }) => ({ kind: 'failed', progress, code: codeOf(progress) }),
})

/** What device setup and account setup have in common: they watch the tree, and are where its first open step is. */
export const stepwiseSetup = setup({
  types: {} as {
    context: CategoryContext
    events: ProgressEvent
    output: CategoryOutcome
    meta: StateMeta
  },
  actors: { watchProgress: fromCallback<OverdueEvent, EspCategoryId>(mustBeProvided('watchProgress')) },
  guards: {
    isFailed: ({ context }) => context.progress.state === 'failed',
    isComplete: ({ context }) => context.progress.state === 'succeeded',
    needsRestartNow: ({ context }) => context.progress.restartsNow === true,
    needsRestart: ({ context }) => context.progress.state === 'succeeded' && context.progress.needsRestart === true,
    isAt: ({ context }, step: string) => currentStep(context.progress) === step,
    hasLeft: ({ context }, step: string) =>
      context.progress.restartsNow === true ||
      context.progress.state !== 'inProgress' ||
      currentStep(context.progress) !== step,
  },
  actions: { see: assign(({ event: { progress } }) => ({ progress })) },
  // How long the page is shown before a coalesced restart is nowhere stated: an assumption.
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
