import { assign, fromPromise, setup } from 'xstate'
import type { Carried } from '../carried.ts'
import { mustBeProvided } from '../must-be-provided.ts'
import { endings, fromEnding, skips } from '../outcomes.ts'
import { type DoesNotApply, hidden, type StateMeta, shows } from '../page.ts'

export interface CriticalUpdatesInput {
  isDone: boolean
}

export interface Update {
  id: string
  title: string
  needsRestart: boolean
  /** What the service offered. */
  offer: Carried
}

/** `notServiced`: this version of Windows gets no updates any more. `windows` names it, `until` is the last day with them. */
export type UpdateScan =
  | { kind: 'found'; updates: Update[] }
  | { kind: 'none' }
  | { kind: 'notServiced'; windows: string; until: string }
  | { kind: 'unavailable'; code: string }

/** Why there is nothing to find. */
export const notServicedText = (scan: UpdateScan): string =>
  scan.kind === 'notServiced' ? `the support of ${scan.windows} ended on ${scan.until}` : ''

export type UpdateInstallation = { kind: 'installed'; needsRestart: boolean } | { kind: 'failed'; code: string }

export type CriticalUpdatesOutcome =
  | { kind: 'upToDate' }
  | { kind: 'installed' }
  | { kind: 'restart' }
  | { kind: 'unavailable'; code: string }
  | DoesNotApply

export interface CriticalUpdatesContext extends CriticalUpdatesInput {
  updates: Update[]
  code: string
  /** Why this Windows gets no updates. */
  notServiced: string
}

const SKIPS = skips<CriticalUpdatesContext>('update check skipped')({
  isDone: { when: ({ isDone }) => isDone, fact: 'critical updates were checked before the restart' },
  isNotServiced: {
    when: ({ notServiced }) => notServiced !== '',
    fact: ({ notServiced }) => notServiced,
    effect: 'Windows Update has no updates for it',
    later: true,
  },
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
    foundUpdates: (_, scan: UpdateScan) => scan.kind === 'found',
    isUpToDate: (_, scan: UpdateScan) => scan.kind === 'none',
    gotNothing: (_, scan: UpdateScan) => scan.kind === 'notServiced',
    needsRestart: (_, result: UpdateInstallation) => result.kind === 'installed' && result.needsRestart,
    isInstalled: (_, result: UpdateInstallation) => result.kind === 'installed',
  },
  actions: {
    noteUpdates: assign({ updates: (_, scan: UpdateScan) => (scan.kind === 'found' ? scan.updates : []) }),
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
          {
            guard: { type: 'foundUpdates', params: ({ event }) => event.output },
            actions: { type: 'noteUpdates', params: ({ event }) => event.output },
            target: 'installing',
          },
          {
            guard: { type: 'gotNothing', params: ({ event }) => event.output },
            actions: { type: 'noteNotServiced', params: ({ event }) => event.output },
            target: 'doesNotApply',
          },
          { guard: { type: 'isUpToDate', params: ({ event }) => event.output }, target: 'upToDate' },
          { actions: { type: 'noteCode', params: ({ event }) => event.output }, target: 'unavailable' },
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
          { guard: { type: 'needsRestart', params: ({ event }) => event.output }, target: 'announcingRestart' },
          { guard: { type: 'isInstalled', params: ({ event }) => event.output }, target: 'installed' },
          { actions: { type: 'noteCode', params: ({ event }) => event.output }, target: 'unavailable' },
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
