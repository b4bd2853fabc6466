import { assign, fromPromise, setup } from 'xstate'
import { mustBeProvided } from '../must-be-provided.ts'
import { answered, endings, fromEnding, outputOf, skips } from '../outcomes.ts'
import { asks, type DoesNotApply, hidden, type StateMeta, shows, type UserEvent } from '../page.ts'
import {
  isNotServiced,
  notServicedText,
  ON_SCAN,
  type ScanContext,
  scanGuards,
  type UpdateScan,
  updatesOf,
} from './update-scan.ts'
import { type UpdateStepsOutcome, updateStepsMachine } from './update-steps.ts'

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

export interface QualityUpdatesContext extends QualityUpdatesInput, ScanContext {
  code: string
  policy: UpdatePolicy
}

/** What decides whether updates are installed: it is read first. They are not on a metered network (4.8 [D]). */
export type UpdatePolicy = 'on' | 'off' | 'metered'

const SKIPS = skips<QualityUpdatesContext>('quality updates skipped')({
  isNotEnrolled: {
    when: ({ isEnrolled }) => !isEnrolled,
    fact: 'the device is not enrolled',
    effect: 'no quality updates page',
  },
  isDone: { when: ({ isDone }) => isDone, fact: 'done before the restart' },
  isOff: {
    when: ({ policy }) => policy !== 'on',
    fact: ({ policy }) => (policy === 'metered' ? 'the network is metered' : 'Install Windows quality updates: No'),
    later: true,
  },
  isNotServiced,
})

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
    readUpdatePolicy: fromPromise<UpdatePolicy>(mustBeProvided('readUpdatePolicy')),
    scanForQualityUpdates: fromPromise<UpdateScan>(mustBeProvided('scanForQualityUpdates')),
    updateSteps: updateStepsMachine,
  },
  guards: {
    ...SKIPS.guards,
    isSwitchedOff: (_, policy: UpdatePolicy) => policy !== 'on',
    ...scanGuards,
    isUnavailable: (_, scan: UpdateScan) => scan.kind === 'unavailable',
    endedAs: ({ event }, { kind }: { kind: UpdateStepsOutcome['kind'] }) =>
      outputOf<UpdateStepsOutcome>(event).kind === kind,
  },
  actions: {
    notePolicy: assign({ policy: (_, policy: UpdatePolicy) => policy }),
    noteUpdates: assign({ updates: (_, scan: UpdateScan) => updatesOf(scan) }),
    noteNotServiced: assign({ notServiced: (_, scan: UpdateScan) => notServicedText(scan) }),
    /** The event log hears that the page is over. */
    noteEnd: mustBeProvided('noteEnd') as (_: unknown, end: { needsRestart: boolean }) => void,
    noteCode: assign({ code: (_, result: UpdateScan | UpdateStepsOutcome) => ('code' in result ? result.code : '') }),
  },
}).createMachine({
  id: 'qualityUpdates',
  context: ({ input }) => ({ ...input, updates: [], code: '', notServiced: '', policy: 'on' }),
  output: fromEnding<QualityUpdatesOutcome>(),
  initial: 'deciding',
  states: {
    deciding: { meta: hidden('4.8 [D]'), always: [...SKIPS.always, { target: 'readingPolicy' }] },
    readingPolicy: {
      meta: hidden('4.8 [D]'),
      invoke: {
        id: 'readUpdatePolicy',
        src: 'readUpdatePolicy',
        onDone: [
          {
            guard: { type: 'isSwitchedOff', params: answered },
            actions: { type: 'notePolicy', params: answered },
            target: 'doesNotApply',
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
          ...ON_SCAN,
          {
            guard: { type: 'isUnavailable', params: answered },
            actions: { type: 'noteCode', params: answered },
            target: 'offeringSkip',
          },
          { target: 'upToDate' },
        ],
      },
    },
    installing: {
      meta: shows('qualityUpdates', '4.8 [D]', '1.1 [C]'),
      invoke: {
        id: 'updateSteps',
        src: 'updateSteps',
        input: ({ context }) => ({ updates: context.updates }),
        onDone: [
          {
            guard: { type: 'endedAs', params: { kind: 'failed' } },
            actions: { type: 'noteCode', params: answered },
            target: 'offeringSkip',
          },
          {
            guard: { type: 'endedAs', params: { kind: 'restart' } },
            actions: { type: 'noteEnd', params: { needsRestart: true } },
            target: 'restart',
          },
          { actions: { type: 'noteEnd', params: { needsRestart: false } }, target: 'installed' },
        ],
      },
    },
    // A skip button exists on failure (4.8 [F]).
    offeringSkip: { meta: asks('qualityUpdates', '4.8 [F]'), on: { 'user.skip': 'failed' } },
    ...endings<QualityUpdatesContext, QualityUpdatesOutcome>({
      upToDate: { kind: 'upToDate' },
      installed: { kind: 'installed' },
      restart: { kind: 'restart' },
      failed: ({ code }) => ({ kind: 'failed', code }),
      doesNotApply: SKIPS.outcome,
    }),
  },
})
