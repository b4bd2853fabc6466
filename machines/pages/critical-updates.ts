import { assign, fromPromise, setup } from 'xstate'
import { mustBeProvided } from '../must-be-provided.ts'
import { answered, endings, fromEnding, skips } from '../outcomes.ts'
import { type DoesNotApply, hidden, type StateMeta, shows } from '../page.ts'
import {
  isNotServiced,
  notServicedText,
  ON_SCAN,
  type ScanContext,
  scanGuards,
  type Update,
  type UpdateInstallation,
  type UpdateScan,
  updatesOf,
} from './update-scan.ts'

export interface CriticalUpdatesInput {
  isDone: boolean
}

export type CriticalUpdatesOutcome =
  | { kind: 'upToDate' }
  | { kind: 'installed' }
  | { kind: 'restart' }
  | { kind: 'unavailable'; code: string }
  | DoesNotApply

export interface CriticalUpdatesContext extends CriticalUpdatesInput, ScanContext {
  code: string
}

const SKIPS = skips<CriticalUpdatesContext>('update check skipped')({
  isDone: { when: ({ isDone }) => isDone, fact: 'critical updates were checked before the restart' },
  isNotServiced,
})

/** Critical drivers and the zero-day package, right after the network. Without Windows Update, OOBE continues. */
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
    ...SKIPS.guards,
    ...scanGuards,
    isUpToDate: (_, scan: UpdateScan) => scan.kind === 'none',
    needsRestart: (_, result: UpdateInstallation) => result.kind === 'installed' && result.needsRestart,
    isInstalled: (_, result: UpdateInstallation) => result.kind === 'installed',
  },
  actions: {
    noteUpdates: assign({ updates: (_, scan: UpdateScan) => updatesOf(scan) }),
    noteNotServiced: assign({ notServiced: (_, scan: UpdateScan) => notServicedText(scan) }),
    noteCode: assign({ code: (_, result: UpdateScan | UpdateInstallation) => ('code' in result ? result.code : '') }),
  },
  // How long the announcement shows is nowhere stated: an assumption.
  delays: { notice: 10_000 },
}).createMachine({
  id: 'criticalUpdates',
  context: ({ input }) => ({ ...input, updates: [], code: '', notServiced: '' }),
  output: fromEnding<CriticalUpdatesOutcome>(),
  initial: 'deciding',
  states: {
    deciding: { meta: hidden('1.5 [D]'), always: [...SKIPS.always, { target: 'checking' }] },
    checking: {
      meta: shows('criticalUpdates', '1.5 [D]', '1.5 [C]'),
      invoke: {
        id: 'scanForCriticalUpdates',
        src: 'scanForCriticalUpdates',
        onDone: [
          ...ON_SCAN,
          { guard: { type: 'isUpToDate', params: answered }, target: 'upToDate' },
          { actions: { type: 'noteCode', params: answered }, target: 'unavailable' },
        ],
      },
    },
    installing: {
      meta: shows('criticalUpdates', '1.5 [D]', '1.1 [C]'),
      invoke: {
        id: 'installUpdates',
        src: 'installUpdates',
        input: ({ context }) => context.updates,
        onDone: [
          { guard: { type: 'needsRestart', params: answered }, target: 'announcingRestart' },
          { guard: { type: 'isInstalled', params: answered }, target: 'installed' },
          { actions: { type: 'noteCode', params: answered }, target: 'unavailable' },
        ],
      },
    },
    announcingRestart: { meta: shows('criticalUpdates', '1.1 [C]'), after: { notice: 'restart' } },
    ...endings<CriticalUpdatesContext, CriticalUpdatesOutcome>({
      upToDate: { kind: 'upToDate' },
      installed: { kind: 'installed' },
      restart: { kind: 'restart' },
      unavailable: ({ code }) => ({ kind: 'unavailable', code }),
      doesNotApply: SKIPS.outcome,
    }),
  },
})
