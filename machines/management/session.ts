import { assign, fromPromise, setup } from 'xstate'
import type { ResetKind } from '../../src/domain/reset.ts'
import type { Carried } from '../carried.ts'
import { mustBeProvided } from '../must-be-provided.ts'
import { answered, endings, fromEnding, known, outputOf } from '../outcomes.ts'
import { hidden, type StateMeta } from '../page.ts'

/** Who is at the device, as `com.microsoft/MDM/LoginStatus` puts it. */
export type LoginStatus = 'none' | 'user' | 'others'

export interface SessionInput {
  loginStatus: LoginStatus
  /** How many sessions were held since the schedule began. */
  sessions: number
  /** Left out: the device's own schedule. */
  startedBy?: 'push' | 'unenrolment'
}

/** What a session has to say and to do, the addresses to try in turn, and how often (w7 APPLICATION). */
export interface SessionPlan {
  session: Carried
  addresses: readonly string[]
  tries: number
  initialBackoffMs: number
  maxBackoffMs: number
}

export type SessionTry =
  | { kind: 'held' }
  /** It was broken off after an order that ends it: the device does not come back for the rest. */
  | { kind: 'ordered' }
  | { kind: 'failed' }

/** What the server asked for, and when the next session is due. */
export interface SessionEnd {
  effect: 'unenroll' | 'restart' | 'reset' | undefined
  /** Of a reset. */
  what?: ResetKind
  /** Virtual milliseconds until the next session: by the poll schedule, or sooner when results wait to be reported. */
  nextInMs: number
  /** The server has changed the schedule: it begins anew. */
  isNewSchedule: boolean
}

interface Next {
  nextInMs: number
  isNewSchedule: boolean
}

export type SessionOutcome =
  | ({ kind: 'held' } & Next)
  /** No address answered; the schedule tries again. */
  | ({ kind: 'failed' } & Next)
  | { kind: 'unenroll' }
  | { kind: 'restart' }
  | { kind: 'reset'; what: ResetKind }

export interface SessionContext extends SessionInput {
  plan: SessionPlan | null
  /** Index into the addresses. */
  address: number
  /** Tries of this address that failed. */
  failed: number
  isHeld: boolean
  reset: ResetKind | null
  next: Next
}

/** More would be longer than any longest wait. */
const DOUBLINGS_MAX = 30

const planOf = ({ plan }: SessionContext): SessionPlan => known(plan, 'a plan')

/** An OMA-DM session: each address as often as the account says, with ever longer waits, then the next. */
export const sessionMachine = setup({
  types: {} as { input: SessionInput; context: SessionContext; output: SessionOutcome; meta: StateMeta },
  actors: {
    prepareSession: fromPromise<SessionPlan, SessionInput>(mustBeProvided('prepareSession')),
    trySession: fromPromise<SessionTry, { session: Carried; address: string }>(mustBeProvided('trySession')),
    closeSession: fromPromise<SessionEnd, { session: Carried; isHeld: boolean; sessions: number }>(
      mustBeProvided('closeSession'),
    ),
  },
  guards: {
    isHeld: (_, result: SessionTry) => result.kind === 'held',
    isOrdered: (_, result: SessionTry) => result.kind === 'ordered',
    hasMoreTries: ({ context }) => context.failed < planOf(context).tries,
    hasMoreAddresses: ({ context }) => context.address + 1 < planOf(context).addresses.length,
    wasHeld: ({ context }) => context.isHeld,
    hasEffect: ({ event }, { effect }: Pick<SessionEnd, 'effect'>) => outputOf<SessionEnd>(event).effect === effect,
  },
  actions: {
    notePlan: assign({ plan: (_, plan: SessionPlan) => plan }),
    noteHeld: assign({ isHeld: true }),
    countFailure: assign({ failed: ({ context }) => context.failed + 1 }),
    noteReset: assign({ reset: (_, { what }: SessionEnd) => what ?? null }),
    takeNextAddress: assign({ address: ({ context }) => context.address + 1, failed: 0 }),
    noteNext: assign({
      next: (_, { nextInMs, isNewSchedule }: SessionEnd): Next => ({ nextInMs, isNewSchedule }),
    }),
  },
  delays: {
    backoff: ({ context }) => {
      const { initialBackoffMs, maxBackoffMs } = planOf(context)
      return Math.min(initialBackoffMs * 2 ** Math.min(context.failed - 1, DOUBLINGS_MAX), maxBackoffMs)
    },
  },
}).createMachine({
  id: 'session',
  context: ({ input }) => ({
    ...input,
    plan: null,
    address: 0,
    failed: 0,
    isHeld: false,
    reset: null,
    next: { nextInMs: 0, isNewSchedule: false },
  }),
  output: fromEnding<SessionOutcome>(),
  initial: 'preparing',
  states: {
    preparing: {
      meta: hidden('mdm-protocols 2 [S]'),
      invoke: {
        id: 'prepareSession',
        src: 'prepareSession',
        input: ({ context: { loginStatus, sessions, startedBy } }) => ({
          loginStatus,
          sessions,
          ...(startedBy ? { startedBy } : {}),
        }),
        onDone: { actions: { type: 'notePlan', params: answered }, target: 'trying' },
      },
    },
    trying: {
      meta: hidden('mdm-protocols 2 [S]'),
      invoke: {
        id: 'trySession',
        src: 'trySession',
        input: ({ context }) => {
          const { session, addresses } = planOf(context)
          return { session, address: addresses[context.address]! }
        },
        onDone: [
          { guard: { type: 'isHeld', params: answered }, actions: 'noteHeld', target: 'closing' },
          { guard: { type: 'isOrdered', params: answered }, target: 'closing' },
          { actions: 'countFailure', target: 'backingOff' },
        ],
      },
    },
    backingOff: {
      meta: hidden('mdm-protocols 11 [U]'),
      after: {
        backoff: [
          { guard: 'hasMoreTries', target: 'trying' },
          { guard: 'hasMoreAddresses', actions: 'takeNextAddress', target: 'trying' },
          { target: 'closing' },
        ],
      },
    },
    closing: {
      meta: hidden('mdm-protocols 2 [S]'),
      invoke: {
        id: 'closeSession',
        src: 'closeSession',
        input: ({ context }) => ({
          session: planOf(context).session,
          isHeld: context.isHeld,
          sessions: context.sessions,
        }),
        onDone: [
          {
            guard: { type: 'hasEffect', params: { effect: 'reset' } },
            actions: { type: 'noteReset', params: answered },
            target: 'reset',
          },
          { guard: { type: 'hasEffect', params: { effect: 'unenroll' } }, target: 'unenroll' },
          { guard: { type: 'hasEffect', params: { effect: 'restart' } }, target: 'restart' },
          { guard: 'wasHeld', actions: { type: 'noteNext', params: answered }, target: 'held' },
          { actions: { type: 'noteNext', params: answered }, target: 'failed' },
        ],
      },
    },
    ...endings<SessionContext, SessionOutcome>({
      held: ({ next }) => ({ kind: 'held', ...next }),
      failed: ({ next }) => ({ kind: 'failed', ...next }),
      unenroll: { kind: 'unenroll' },
      restart: { kind: 'restart' },
      reset: ({ reset }) => ({ kind: 'reset', what: known(reset, 'a kind of reset') }),
    }),
  },
})
