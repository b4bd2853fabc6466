import { assign, fromPromise, setup } from 'xstate'
import { mustBeProvided } from '../must-be-provided.ts'
import { type DoesNotApply, doesNotApply, hidden, type StateMeta, shows } from '../page.ts'

export interface CriticalUpdatesInput {
  isDone: boolean
}

export interface Update {
  id: string
  title: string
  needsRestart: boolean
}

export type UpdateScan = { kind: 'found'; updates: Update[] } | { kind: 'none' } | { kind: 'unavailable'; code: string }

export type UpdateInstallation = { kind: 'installed'; needsRestart: boolean } | { kind: 'failed'; code: string }

export type CriticalUpdatesOutcome =
  | { kind: 'upToDate' }
  | { kind: 'installed' }
  | { kind: 'restart' }
  | { kind: 'unavailable'; code: string }
  | DoesNotApply

export interface CriticalUpdatesContext extends CriticalUpdatesInput {
  updates: Update[]
  outcome: CriticalUpdatesOutcome
}

/** Critical drivers and the zero-day package, right after the network. Without Windows Update, OOBE goes on. */
export const criticalUpdatesMachine = setup({
  types: {} as {
    input: CriticalUpdatesInput
    context: CriticalUpdatesContext
    output: CriticalUpdatesOutcome
    meta: StateMeta
  },
  actors: {
    scanForCriticalUpdates: fromPromise<UpdateScan>(mustBeProvided('scanForCriticalUpdates')),
    installUpdates: fromPromise<UpdateInstallation, Update[]>(mustBeProvided('installUpdates')),
  },
  guards: {
    isDone: ({ context }) => context.isDone,
    foundUpdates: (_, scan: UpdateScan) => scan.kind === 'found',
    wantsRestart: (_, result: UpdateInstallation) => result.kind === 'installed' && result.needsRestart,
  },
  actions: {
    conclude: assign({ outcome: (_, outcome: CriticalUpdatesOutcome) => outcome }),
    noteUpdates: assign({ updates: (_, scan: UpdateScan) => (scan.kind === 'found' ? scan.updates : []) }),
  },
}).createMachine({
  id: 'criticalUpdates',
  context: ({ input }) => ({ ...input, updates: [], outcome: { kind: 'upToDate' } }),
  output: ({ context }) => context.outcome,
  initial: 'deciding',
  states: {
    deciding: {
      meta: hidden('1.5 [D]'),
      always: [
        {
          guard: 'isDone',
          actions: {
            type: 'conclude',
            params: () => doesNotApply('critical updates were checked before the restart', 'update check skipped'),
          },
          target: 'settled',
        },
        { target: 'checking' },
      ],
    },
    checking: {
      meta: shows('criticalUpdates', '1.5 [D]', '1.5 [C]'),
      invoke: {
        id: 'scanForCriticalUpdates',
        src: 'scanForCriticalUpdates',
        onDone: [
          {
            guard: { type: 'foundUpdates', params: ({ event }) => event.output },
            actions: { type: 'noteUpdates', params: ({ event }) => event.output },
            target: 'installing',
          },
          {
            actions: {
              type: 'conclude',
              params: ({ event }) =>
                event.output.kind === 'unavailable'
                  ? { kind: 'unavailable', code: event.output.code }
                  : { kind: 'upToDate' },
            },
            target: 'settled',
          },
        ],
      },
    },
    installing: {
      meta: shows('criticalUpdates', '1.5 [D]'),
      invoke: {
        id: 'installUpdates',
        src: 'installUpdates',
        input: ({ context }) => context.updates,
        onDone: [
          {
            guard: { type: 'wantsRestart', params: ({ event }) => event.output },
            actions: { type: 'conclude', params: { kind: 'restart' } },
            target: 'settled',
          },
          {
            actions: {
              type: 'conclude',
              params: ({ event }) =>
                event.output.kind === 'failed'
                  ? { kind: 'unavailable', code: event.output.code }
                  : { kind: 'installed' },
            },
            target: 'settled',
          },
        ],
      },
    },
    settled: { type: 'final' },
  },
})
