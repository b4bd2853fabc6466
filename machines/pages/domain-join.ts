import { assign, type EventObject, fromCallback, fromPromise, setup } from 'xstate'
import type { DomainMember } from '../../src/domain/hybrid-join.ts'
import type { Trouble } from '../../src/domain/trouble.ts'
import { mustBeProvided } from '../must-be-provided.ts'
import { answered, endings, fromEnding, known, skips } from '../outcomes.ts'
import { asks, type DoesNotApply, hidden, type StateMeta, shows, type UserEvent } from '../page.ts'

export interface DomainJoinInput {
  isJoined: boolean
  /** `HybridJoinSkipDCConnectivityCheck`. */
  skipsCheck: boolean
}

export interface BlobCameEvent {
  type: 'blob.came'
}

export type DomainJoinOutcome = { kind: 'restart'; member: DomainMember } | DoesNotApply

export interface DomainJoinContext extends DomainJoinInput {
  member: DomainMember | null
  trouble: Trouble | null
}

const SKIPS = skips<DomainJoinContext>('domain join skipped')({
  isJoined: { when: ({ isJoined }) => isJoined, fact: 'the device has joined the domain' },
})

/** Offline domain join: management brings a blob, a domain controller has to answer, and a restart makes the device a member (2.7 [D, F]). */
export const domainJoinMachine = setup({
  types: {} as {
    input: DomainJoinInput
    context: DomainJoinContext
    events: BlobCameEvent | UserEvent<'user.tryAgain'>
    output: DomainJoinOutcome
    meta: StateMeta
  },
  actors: {
    watchBlob: fromCallback<EventObject>(mustBeProvided('watchBlob')),
    askForSync: fromPromise<void>(mustBeProvided('askForSync')),
    giveUp: fromPromise<Trouble>(mustBeProvided('giveUp')),
    checkDomain: fromPromise<Trouble | null, boolean>(mustBeProvided('checkDomain')),
    applyBlob: fromPromise<DomainMember>(mustBeProvided('applyBlob')),
  },
  guards: { ...SKIPS.guards, isReachable: (_, trouble: Trouble | null) => trouble === null },
  actions: {
    noteTrouble: assign({ trouble: (_, trouble: Trouble | null) => trouble }),
    noteMember: assign({ member: (_, member: DomainMember) => member }),
    forget: assign({ trouble: null }),
  },
  // How often Windows asks, how long it waits, and when it restarts, is not published: assumptions.
  delays: { nextSync: 60_000, blobLimit: 30 * 60_000, untilRestart: 5_000 },
}).createMachine({
  id: 'domainJoin',
  context: ({ input }) => ({ ...input, member: null, trouble: null }),
  output: fromEnding<DomainJoinOutcome>(),
  initial: 'deciding',
  states: {
    deciding: { meta: hidden('2.7 [D]'), always: [...SKIPS.always, { target: 'waiting' }] },
    waiting: {
      initial: 'listening',
      invoke: { id: 'watchBlob', src: 'watchBlob' },
      after: { blobLimit: 'givingUp' },
      on: { 'blob.came': 'checking' },
      states: {
        listening: { meta: shows('domainJoin', '2.7 [D, F]'), after: { nextSync: 'asking' } },
        asking: {
          meta: shows('domainJoin', '2.7 [U]'),
          invoke: { id: 'askForSync', src: 'askForSync', onDone: 'listening' },
        },
      },
    },
    givingUp: {
      meta: shows('domainJoin', '2.7 [F]'),
      invoke: {
        id: 'giveUp',
        src: 'giveUp',
        onDone: { actions: { type: 'noteTrouble', params: answered }, target: 'failed' },
      },
    },
    checking: {
      meta: shows('domainJoin', '2.7 [D]'),
      invoke: {
        id: 'checkDomain',
        src: 'checkDomain',
        input: ({ context }) => context.skipsCheck,
        onDone: [
          { guard: { type: 'isReachable', params: answered }, target: 'applying' },
          { actions: { type: 'noteTrouble', params: answered }, target: 'failed' },
        ],
      },
    },
    applying: {
      meta: shows('domainJoin', '2.7 [D]'),
      invoke: {
        id: 'applyBlob',
        src: 'applyBlob',
        onDone: { actions: { type: 'noteMember', params: answered }, target: 'restarting' },
      },
    },
    restarting: { meta: shows('domainJoin', '2.7 [D]'), after: { untilRestart: 'restart' } },
    failed: {
      meta: asks('domainJoin', '4.9 [S]'),
      on: { 'user.tryAgain': { actions: 'forget', target: 'waiting' } },
    },
    ...endings<DomainJoinContext, DomainJoinOutcome>({
      restart: ({ member }) => ({ kind: 'restart', member: known(member, 'a computer of the domain') }),
      doesNotApply: SKIPS.outcome,
    }),
  },
})
