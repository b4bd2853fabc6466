import { assign, fromPromise, setup } from 'xstate'
import { mustBeProvided } from '../must-be-provided.ts'
import { asks, type DoesNotApply, doesNotApply, hidden, type StateMeta, shows, type UserEvent } from '../page.ts'
import type { Update, UpdateInstallation, UpdateScan } from './critical-updates.ts'

export interface QualityUpdatesInput {
  isDone: boolean
  isEnrolled: boolean
}

export type QualityUpdatesOutcome =
  | { kind: 'upToDate' }
  | { kind: 'installed' }
  | { kind: 'restart' }
  | { kind: 'failed'; code: string }
  | DoesNotApply

export interface QualityUpdatesContext extends QualityUpdatesInput {
  updates: Update[]
  code: string
  outcome: QualityUpdatesOutcome
}

/** Monthly security updates, on a page of their own after the device's part of the Enrollment Status Page (OobeNDUP). */
export const qualityUpdatesMachine = setup({
  types: {} as {
    input: QualityUpdatesInput
    context: QualityUpdatesContext
    events: UserEvent<'user.skip'>
    output: QualityUpdatesOutcome
    meta: StateMeta
  },
  actors: {
    readUpdatePolicy: fromPromise<boolean>(mustBeProvided('readUpdatePolicy')),
    scanForQualityUpdates: fromPromise<UpdateScan>(mustBeProvided('scanForQualityUpdates')),
    installUpdates: fromPromise<UpdateInstallation, Update[]>(mustBeProvided('installUpdates')),
  },
  guards: {
    isDone: ({ context }) => context.isDone,
    isNotEnrolled: ({ context }) => !context.isEnrolled,
    isOff: (_, wanted: boolean) => !wanted,
    foundUpdates: (_, scan: UpdateScan) => scan.kind === 'found',
    isUnavailable: (_, scan: UpdateScan) => scan.kind === 'unavailable',
    wantsRestart: (_, result: UpdateInstallation) => result.kind === 'installed' && result.needsRestart,
    isFailed: (_, result: UpdateInstallation) => result.kind === 'failed',
  },
  actions: {
    conclude: assign({ outcome: (_, outcome: QualityUpdatesOutcome) => outcome }),
    noteUpdates: assign({ updates: (_, scan: UpdateScan) => (scan.kind === 'found' ? scan.updates : []) }),
    noteCode: assign({ code: (_, result: UpdateScan | UpdateInstallation) => ('code' in result ? result.code : '') }),
  },
}).createMachine({
  id: 'qualityUpdates',
  context: ({ input }) => ({ ...input, updates: [], code: '', outcome: { kind: 'upToDate' } }),
  output: ({ context }) => context.outcome,
  initial: 'deciding',
  states: {
    deciding: {
      meta: hidden('4.8 [D]'),
      always: [
        {
          guard: 'isNotEnrolled',
          actions: {
            type: 'conclude',
            params: () => doesNotApply('the device is not enrolled', 'no quality updates page'),
          },
          target: 'settled',
        },
        {
          guard: 'isDone',
          actions: {
            type: 'conclude',
            params: () => doesNotApply('done before the restart', 'quality updates skipped'),
          },
          target: 'settled',
        },
        { target: 'readingPolicy' },
      ],
    },
    readingPolicy: {
      meta: hidden('4.8 [D]'),
      invoke: {
        id: 'readUpdatePolicy',
        src: 'readUpdatePolicy',
        onDone: [
          {
            guard: { type: 'isOff', params: ({ event }) => event.output },
            actions: {
              type: 'conclude',
              params: () => doesNotApply('Install Windows quality updates: No', 'quality updates skipped'),
            },
            target: 'settled',
          },
          { target: 'scanning' },
        ],
      },
    },
    scanning: {
      meta: shows('qualityUpdates', '4.8 [D]', '4.8 [F]'),
      invoke: {
        id: 'scanForQualityUpdates',
        src: 'scanForQualityUpdates',
        onDone: [
          {
            guard: { type: 'foundUpdates', params: ({ event }) => event.output },
            actions: { type: 'noteUpdates', params: ({ event }) => event.output },
            target: 'installing',
          },
          {
            guard: { type: 'isUnavailable', params: ({ event }) => event.output },
            actions: { type: 'noteCode', params: ({ event }) => event.output },
            target: 'failed',
          },
          { target: 'settled' },
        ],
      },
    },
    installing: {
      meta: shows('qualityUpdates', '4.8 [D]'),
      invoke: {
        id: 'installUpdates',
        src: 'installUpdates',
        input: ({ context }) => context.updates,
        onDone: [
          {
            guard: { type: 'isFailed', params: ({ event }) => event.output },
            actions: { type: 'noteCode', params: ({ event }) => event.output },
            target: 'failed',
          },
          {
            guard: { type: 'wantsRestart', params: ({ event }) => event.output },
            actions: { type: 'conclude', params: { kind: 'restart' } },
            target: 'settled',
          },
          { actions: { type: 'conclude', params: { kind: 'installed' } }, target: 'settled' },
        ],
      },
    },
    // A skip button exists on failure (4.8 [F]).
    failed: {
      meta: asks('qualityUpdates', '4.8 [F]'),
      on: {
        'user.skip': {
          actions: { type: 'conclude', params: ({ context }) => ({ kind: 'failed', code: context.code }) },
          target: 'settled',
        },
      },
    },
    settled: { type: 'final' },
  },
})
