import { assign, fromPromise, setup } from 'xstate'
import type { Branding } from '../../src/domain/autopilot.ts'
import { mustBeProvided } from '../must-be-provided.ts'
import { answered, endings, fromEnding, known } from '../outcomes.ts'
import { asks, type GaveUp, hidden, type StateMeta, shows, type UserEvent } from '../page.ts'

export interface TechnicianStatusInput {
  /** What pre-provisioning failed with; null for success. */
  failure: GaveUp | null
  /** When it began, in Unix milliseconds of the device's clock. */
  startedAt: number
  tenantDomain: string
}

/** How the technician's part ended: for the page, and for the event log. */
export interface ResultInput {
  startedAt: number
  hasFailed: boolean
}

/** `resealedAt`: Unix milliseconds of the device's clock. */
export interface Sealed {
  resealedAt: number
}

export type TechnicianStatusOutcome = ({ kind: 'resealed' } & Sealed) | { kind: 'retry' } | { kind: 'reset' }

export interface TechnicianStatusContext extends TechnicianStatusInput {
  branding: Branding | null
  elapsedMs: number
  logsCollected: boolean
  sealed: Sealed | null
}

/**
 * The end of the technician's part: green with Reseal, which switches the device off, or red with Retry, Reset and Export logs.
 */
export const technicianStatusMachine = setup({
  types: {} as {
    input: TechnicianStatusInput
    context: TechnicianStatusContext
    events: UserEvent<'user.reseal'> | UserEvent<'user.retry'> | UserEvent<'user.reset'> | UserEvent<'user.collectLogs'>
    output: TechnicianStatusOutcome
    meta: StateMeta
  },
  actors: {
    noteResult: fromPromise<number, ResultInput>(mustBeProvided('noteResult')),
    loadBranding: fromPromise<Branding | null, string>(mustBeProvided('loadBranding')),
    reseal: fromPromise<Sealed>(mustBeProvided('reseal')),
    retryFailed: fromPromise<void>(mustBeProvided('retryFailed')),
  },
  guards: { hasFailed: ({ context }) => context.failure !== null },
  actions: {
    noteElapsed: assign({ elapsedMs: (_, elapsedMs: number) => elapsedMs }),
    noteBranding: assign({ branding: (_, branding: Branding | null) => branding }),
    noteSealed: assign({ sealed: (_, sealed: Sealed) => sealed }),
    noteLogs: assign({ logsCollected: true }),
  },
}).createMachine({
  id: 'technicianStatus',
  context: ({ input }) => ({ ...input, branding: null, elapsedMs: 0, logsCollected: false, sealed: null }),
  output: fromEnding<TechnicianStatusOutcome>(),
  initial: 'noting',
  states: {
    noting: {
      meta: hidden('2.4 [D]', '8.2'),
      invoke: {
        id: 'noteResult',
        src: 'noteResult',
        input: ({ context: { startedAt, failure } }) => ({ startedAt, hasFailed: failure !== null }),
        onDone: { actions: { type: 'noteElapsed', params: answered }, target: 'loadingBranding' },
      },
    },
    loadingBranding: {
      meta: hidden('2.4 [D]'),
      invoke: {
        id: 'loadBranding',
        src: 'loadBranding',
        input: ({ context }) => context.tenantDomain,
        onDone: { actions: { type: 'noteBranding', params: answered }, target: 'showing' },
      },
    },
    showing: { meta: hidden('2.4 [D]'), always: [{ guard: 'hasFailed', target: 'failed' }, { target: 'succeeded' }] },
    succeeded: { meta: asks('technicianStatus', '2.4 [D]', '10 S31'), on: { 'user.reseal': 'sealing' } },
    sealing: {
      meta: shows('technicianStatus', '2.4 [D]'),
      invoke: {
        id: 'reseal',
        src: 'reseal',
        onDone: { actions: { type: 'noteSealed', params: answered }, target: 'resealed' },
      },
    },
    failed: {
      meta: asks('technicianStatus', '2.4 [D]', '10 S31'),
      on: { 'user.retry': 'retrying', 'user.reset': 'reset', 'user.collectLogs': { actions: 'noteLogs' } },
    },
    retrying: { meta: hidden('2.4 [D]'), invoke: { id: 'retryFailed', src: 'retryFailed', onDone: 'retry' } },
    ...endings<TechnicianStatusContext, TechnicianStatusOutcome>({
      resealed: ({ sealed }) => ({ kind: 'resealed', ...known(sealed, 'a seal') }),
      retry: { kind: 'retry' },
      reset: { kind: 'reset' },
    }),
  },
})
