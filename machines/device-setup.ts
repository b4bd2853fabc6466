import { assign, fromCallback, setup } from 'xstate'
import type { EspCategoryId } from '../src/domain/esp.ts'
import { mustBeProvided } from './must-be-provided.ts'
import { hidden, type StateMeta, shows } from './page.ts'
import {
  type CategoryContext,
  type CategoryOutcome,
  codeOf,
  currentStep,
  type ProgressEvent,
  startCategory,
} from './setup-category.ts'

/** `Device setup`: policies, certificates, network connections, apps. Restarts that policies want are coalesced at the end. */
export const deviceSetupMachine = setup({
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
    wantsRestart: ({ context }) => context.progress.state === 'succeeded' && context.progress.restartUris.length > 0,
    isAt: ({ context }, step: string) => currentStep(context.progress) === step,
    hasLeft: ({ context }, step: string) =>
      context.progress.state !== 'inProgress' || currentStep(context.progress) !== step,
  },
  actions: {
    see: assign({ progress: ({ event }) => event.progress }),
    succeed: assign({ outcome: ({ context }) => ({ kind: 'succeeded', progress: context.progress }) }),
    restart: assign({ outcome: ({ context }) => ({ kind: 'restart', progress: context.progress }) }),
    fail: assign({
      outcome: ({ context }) => ({ kind: 'failed', progress: context.progress, code: codeOf(context.progress) }),
    }),
  },
  // How long the page stands before a coalesced restart is nowhere stated: an assumption.
  delays: { untilRestart: 10_000 },
}).createMachine({
  id: 'deviceSetup',
  context: startCategory('deviceSetup', 'Device setup'),
  output: ({ context }) => context.outcome,
  invoke: { id: 'watchProgress', src: 'watchProgress', input: 'deviceSetup' },
  on: { 'progress.changed': { actions: 'see' } },
  initial: 'identifying',
  states: {
    identifying: {
      meta: shows('enrollmentStatus', '4.1 [D]', '4.7 [D]'),
      always: [
        { guard: 'isFailed', actions: 'fail', target: 'settled' },
        { guard: 'wantsRestart', target: 'restartPending' },
        { guard: 'isComplete', actions: 'succeed', target: 'settled' },
        { guard: { type: 'isAt', params: 'securityPolicies' }, target: 'securityPolicies' },
        { guard: { type: 'isAt', params: 'certificates' }, target: 'certificates' },
        { guard: { type: 'isAt', params: 'networkConnections' }, target: 'networkConnections' },
        { guard: { type: 'isAt', params: 'apps' }, target: 'apps' },
      ],
    },
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
    // Event 2800 for each policy that wants a restart; it happens once, at the end, and costs the credentials.
    restartPending: {
      meta: shows('enrollmentStatus', '4.7 [F]'),
      after: { untilRestart: { actions: 'restart', target: 'settled' } },
    },
    settled: { type: 'final', meta: hidden() },
  },
})
