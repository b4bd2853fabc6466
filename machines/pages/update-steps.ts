import { assign, fromPromise, setup } from 'xstate'
import { mustBeProvided } from '../must-be-provided.ts'
import { answered, endings, fromEnding } from '../outcomes.ts'
import { hidden, type StateMeta } from '../page.ts'
import type { Update, UpdateInstallation } from './update-scan.ts'

export interface UpdateStepsInput {
  updates: Update[]
}

export type UpdateDownload = { kind: 'downloaded' } | { kind: 'failed'; code: string }

export type UpdateStepsOutcome = { kind: 'installed' } | { kind: 'restart' } | { kind: 'failed'; code: string }

export interface UpdateStepsContext extends UpdateStepsInput {
  /** Of the step that is under way. */
  percent: number
  code: string
}

/** The work of a step has come further. */
export interface UpdateProgress {
  type: 'update.progressed'
  percent: number
}

/** The last step counts in quarters: an assumption, as is its time. */
const RESTART_PART = 25

const FAILING = {
  guard: { type: 'isFailed', params: answered },
  actions: { type: 'noteCode', params: answered },
  target: 'failed',
} as const

/** The three steps of an update of Windows: download, installation, and what comes before the restart. */
export const updateStepsMachine = setup({
  types: {} as {
    input: UpdateStepsInput
    context: UpdateStepsContext
    events: UpdateProgress
    output: UpdateStepsOutcome
    meta: StateMeta
  },
  actors: {
    downloadUpdates: fromPromise<UpdateDownload, Update[]>(mustBeProvided('downloadUpdates')),
    installUpdates: fromPromise<UpdateInstallation, Update[]>(mustBeProvided('installUpdates')),
  },
  guards: {
    isFailed: (_, result: UpdateDownload | UpdateInstallation) => result.kind === 'failed',
    needsRestart: (_, result: UpdateInstallation) => result.kind === 'installed' && result.needsRestart,
    isCounted: ({ context }) => context.percent >= 100,
  },
  actions: {
    begin: assign({ percent: 0 }),
    see: assign({ percent: (_, percent: number) => percent }),
    count: assign({ percent: ({ context }) => context.percent + RESTART_PART }),
    noteCode: assign({
      code: (_, result: UpdateDownload | UpdateInstallation) => ('code' in result ? result.code : ''),
    }),
  },
  delays: { restartPart: 2_500 },
}).createMachine({
  id: 'updateSteps',
  context: ({ input }) => ({ ...input, percent: 0, code: '' }),
  output: fromEnding<UpdateStepsOutcome>(),
  on: { 'update.progressed': { actions: { type: 'see', params: ({ event }) => event.percent } } },
  initial: 'downloading',
  states: {
    downloading: {
      meta: hidden('1.1 [C]', '1.5 [D]'),
      invoke: {
        id: 'downloadUpdates',
        src: 'downloadUpdates',
        input: ({ context }) => context.updates,
        onDone: [FAILING, { target: 'installing' }],
      },
    },
    installing: {
      meta: hidden('1.1 [C]', '1.5 [D]'),
      entry: 'begin',
      invoke: {
        id: 'installUpdates',
        src: 'installUpdates',
        input: ({ context }) => context.updates,
        onDone: [
          FAILING,
          { guard: { type: 'needsRestart', params: answered }, actions: 'begin', target: 'preparingToRestart' },
          { target: 'installed' },
        ],
      },
    },
    preparingToRestart: {
      meta: hidden('1.1 [C]'),
      after: {
        restartPart: [
          { guard: 'isCounted', target: 'restart' },
          { actions: 'count', target: 'preparingToRestart', reenter: true },
        ],
      },
    },
    ...endings<UpdateStepsContext, UpdateStepsOutcome>({
      installed: { kind: 'installed' },
      restart: { kind: 'restart' },
      failed: ({ code }) => ({ kind: 'failed', code }),
    }),
  },
})
