import { assign, fromPromise, setup } from 'xstate'
import type { Why } from '../../src/domain/screen.ts'
import type { Trouble } from '../../src/domain/trouble.ts'
import type { Backup } from '../../src/domain/windows-backup.ts'
import { mustBeProvided } from '../must-be-provided.ts'
import { answered, endings, fromEnding, known, skips } from '../outcomes.ts'
import { asks, type DoesNotApply, hidden, type StateMeta, shows, type UserEvent } from '../page.ts'

export interface WindowsRestoreInput {
  isDone: boolean
  isEnrolled: boolean
}

/** What there is to restore. */
export type FoundBackups =
  | { kind: 'found'; backups: Backup[] }
  | { kind: 'notOffered'; why: Why[] }
  /** The service does not let the person in. */
  | { kind: 'refused'; trouble: Trouble }

export type WindowsRestoreOutcome = { kind: 'restored'; device: string } | { kind: 'setUpAsNew' } | DoesNotApply

export interface WindowsRestoreContext extends WindowsRestoreInput {
  backups: Backup[]
  /** The one that is restored. */
  chosen: Backup | null
  why: Why[]
  trouble: Trouble | null
}

const SKIPS = skips<WindowsRestoreContext>('restore page skipped')({
  isDone: { when: ({ isDone }) => isDone, fact: 'the restore page was dealt with before' },
  isNotEnrolled: { when: ({ isEnrolled }) => !isEnrolled, fact: 'the device is not enrolled' },
})

const backupIn = ({ backups }: WindowsRestoreContext, { event }: { event: UserEvent<'user.next'> }) =>
  backups.find(({ id }) => id === event.values.backup)

/** The restore page of Windows Backup for Organizations, after the sign-in: another device's settings, or a device as new. */
export const windowsRestoreMachine = setup({
  types: {} as {
    input: WindowsRestoreInput
    context: WindowsRestoreContext
    events: UserEvent<'user.next'> | UserEvent<'user.skip'>
    output: WindowsRestoreOutcome
    meta: StateMeta
  },
  actors: { findBackups: fromPromise<FoundBackups>(mustBeProvided('findBackups')) },
  guards: {
    ...SKIPS.guards,
    isFound: (_, found: FoundBackups) => found.kind === 'found',
    isRefused: (_, found: FoundBackups) => found.kind === 'refused',
    isOffered: (_, backup: Backup | undefined) => backup !== undefined,
  },
  actions: {
    noteBackups: assign({
      backups: (_, found: FoundBackups) => (found.kind === 'found' ? found.backups : []),
      why: (_, found: FoundBackups) => (found.kind === 'notOffered' ? found.why : []),
      trouble: (_, found: FoundBackups) => (found.kind === 'refused' ? found.trouble : null),
    }),
    choose: assign({ chosen: (_, backup: Backup | undefined) => backup ?? null }),
  },
  // How long Windows takes is not published: an assumption.
  delays: { restoreTakes: 30_000 },
}).createMachine({
  id: 'windowsRestore',
  context: ({ input }) => ({ ...input, backups: [], chosen: null, why: [], trouble: null }),
  output: fromEnding<WindowsRestoreOutcome>(),
  initial: 'deciding',
  states: {
    deciding: { meta: hidden('1.11 [D]'), always: [...SKIPS.always, { target: 'looking' }] },
    looking: {
      meta: hidden('1.11 [D]', '1.11 [U]'),
      invoke: {
        id: 'findBackups',
        src: 'findBackups',
        onDone: [
          {
            guard: { type: 'isFound', params: answered },
            actions: { type: 'noteBackups', params: answered },
            target: 'choosing',
          },
          {
            guard: { type: 'isRefused', params: answered },
            actions: { type: 'noteBackups', params: answered },
            target: 'refused',
          },
          { actions: { type: 'noteBackups', params: answered }, target: 'doesNotApply' },
        ],
      },
    },
    choosing: {
      meta: asks('windowsRestore', '1.11 [D]', '1.11 [U]'),
      on: {
        'user.next': {
          guard: { type: 'isOffered', params: ({ context, event }) => backupIn(context, { event }) },
          actions: { type: 'choose', params: ({ context, event }) => backupIn(context, { event }) },
          target: 'restoring',
        },
        'user.skip': 'setUpAsNew',
      },
    },
    restoring: { meta: shows('windowsRestore', '1.11 [U]'), after: { restoreTakes: 'restored' } },
    refused: { meta: asks('windowsRestore', '1.11 [U]'), on: { 'user.skip': 'setUpAsNew' } },
    ...endings<WindowsRestoreContext, WindowsRestoreOutcome>({
      restored: ({ chosen }) => ({ kind: 'restored', device: known(chosen, 'a backup').device }),
      setUpAsNew: { kind: 'setUpAsNew' },
      doesNotApply: (context) =>
        context.why.length > 0 ? { kind: 'doesNotApply', why: context.why } : SKIPS.outcome(context),
    }),
  },
})
