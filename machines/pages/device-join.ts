import { assign, fromPromise, setup } from 'xstate'
import type { Trouble } from '../../src/domain/trouble.ts'
import { mustBeProvided } from '../must-be-provided.ts'
import { asks, type DoesNotApply, doesNotApply, hidden, type StateMeta, shows, type UserEvent } from '../page.ts'

export interface DeviceJoinInput {
  isJoined: boolean
  /** Until then the device owes its management the answer to the terms of use, joined or not. */
  isEnrolled: boolean
  isSelfDeploying: boolean
  /** A personal account joins no organization. */
  isPersonal: boolean
}

/** What the tenant's device management wants to be agreed to before the join. */
export type Terms = { kind: 'none' } | { kind: 'terms'; lines: string[] } | { kind: 'trouble'; trouble: Trouble }

export type TermsAnswer = { kind: 'accepted' } | { kind: 'trouble'; trouble: Trouble }

export type Join = { kind: 'joined' } | { kind: 'refused'; trouble: Trouble }

export type DeviceJoinOutcome = { kind: 'joined' } | { kind: 'startOver' } | DoesNotApply

export interface DeviceJoinContext extends DeviceJoinInput {
  terms: string[]
  /** Nothing is left to agree to. */
  isAgreed: boolean
  trouble: Trouble | null
  outcome: DeviceJoinOutcome
}

const IS_JOINED = doesNotApply('the device is joined', 'join skipped')

const troubleOf = (answer: { kind: string; trouble?: Trouble }): Trouble | null => answer.trouble ?? null

/** The terms of use of device management, then Microsoft Entra join: `Joining your organization's network`. */
export const deviceJoinMachine = setup({
  types: {} as {
    input: DeviceJoinInput
    context: DeviceJoinContext
    events:
      | UserEvent<'user.tryAgain'>
      | UserEvent<'user.startOver'>
      | UserEvent<'user.accept'>
      | UserEvent<'user.cancel'>
    output: DeviceJoinOutcome
    meta: StateMeta
  },
  actors: {
    openTerms: fromPromise<Terms>(mustBeProvided('openTerms')),
    acceptTerms: fromPromise<TermsAnswer>(mustBeProvided('acceptTerms')),
    joinDevice: fromPromise<Join, { isSelfDeploying: boolean }>(mustBeProvided('joinDevice')),
  },
  guards: {
    isOver: ({ context }) => context.isEnrolled || (context.isJoined && context.isSelfDeploying),
    isPersonal: ({ context }) => context.isPersonal,
    isSelfDeploying: ({ context }) => context.isSelfDeploying,
    isAgreed: ({ context }) => context.isAgreed,
    hasNoTerms: (_, terms: Terms) => terms.kind === 'none',
    needsNothing: ({ context }, terms: Terms) => terms.kind === 'none' && context.isJoined,
    hasTerms: (_, terms: Terms) => terms.kind === 'terms',
    hasAccepted: (_, answer: TermsAnswer) => answer.kind === 'accepted',
    isAllAccepted: ({ context }, answer: TermsAnswer) => answer.kind === 'accepted' && context.isJoined,
    hasJoined: (_, answer: Join) => answer.kind === 'joined',
  },
  actions: {
    conclude: assign({ outcome: (_, outcome: DeviceJoinOutcome) => outcome }),
    noteTrouble: assign({ trouble: (_, trouble: Trouble | null) => trouble }),
    noteTerms: assign({ terms: (_, terms: Terms) => (terms.kind === 'terms' ? terms.lines : []) }),
    agree: assign({ isAgreed: true }),
  },
}).createMachine({
  id: 'deviceJoin',
  context: ({ input }) => ({ ...input, terms: [], isAgreed: false, trouble: null, outcome: { kind: 'joined' } }),
  output: ({ context }) => context.outcome,
  initial: 'deciding',
  states: {
    deciding: {
      meta: hidden('2.2 [D]'),
      always: [
        {
          guard: 'isPersonal',
          actions: { type: 'conclude', params: () => doesNotApply('a personal account', 'no Microsoft Entra join') },
          target: 'settled',
        },
        {
          guard: 'isOver',
          actions: { type: 'conclude', params: IS_JOINED },
          target: 'settled',
        },
        // Nobody is there to agree.
        { guard: 'isSelfDeploying', actions: 'agree', target: 'joining' },
        { target: 'openingTerms' },
      ],
    },
    openingTerms: {
      meta: shows('deviceJoin', '10 S15'),
      invoke: {
        id: 'openTerms',
        src: 'openTerms',
        onDone: [
          {
            guard: { type: 'needsNothing', params: ({ event }) => event.output },
            actions: { type: 'conclude', params: IS_JOINED },
            target: 'settled',
          },
          { guard: { type: 'hasNoTerms', params: ({ event }) => event.output }, actions: 'agree', target: 'joining' },
          {
            guard: { type: 'hasTerms', params: ({ event }) => event.output },
            actions: { type: 'noteTerms', params: ({ event }) => event.output },
            target: 'readingTerms',
          },
          { actions: { type: 'noteTrouble', params: ({ event }) => troubleOf(event.output) }, target: 'failed' },
        ],
      },
    },
    // Who does not agree can only back out of the join (reference: mdm-protocols.md, 1.1).
    readingTerms: {
      meta: asks('deviceJoin', '10 S15'),
      on: {
        'user.accept': 'acceptingTerms',
        'user.cancel': { actions: { type: 'conclude', params: { kind: 'startOver' } }, target: 'settled' },
      },
    },
    acceptingTerms: {
      meta: shows('deviceJoin', '10 S15'),
      invoke: {
        id: 'acceptTerms',
        src: 'acceptTerms',
        onDone: [
          {
            guard: { type: 'isAllAccepted', params: ({ event }) => event.output },
            actions: { type: 'conclude', params: IS_JOINED },
            target: 'settled',
          },
          { guard: { type: 'hasAccepted', params: ({ event }) => event.output }, actions: 'agree', target: 'joining' },
          { actions: { type: 'noteTrouble', params: ({ event }) => troubleOf(event.output) }, target: 'failed' },
        ],
      },
    },
    joining: {
      meta: shows('deviceJoin', '2.2 [D]', '4.1 [D]'),
      invoke: {
        id: 'joinDevice',
        src: 'joinDevice',
        input: ({ context }) => ({ isSelfDeploying: context.isSelfDeploying }),
        onDone: [
          { guard: { type: 'hasJoined', params: ({ event }) => event.output }, target: 'settled' },
          { actions: { type: 'noteTrouble', params: ({ event }) => troubleOf(event.output) }, target: 'failed' },
        ],
      },
    },
    failed: {
      meta: asks('deviceJoin', '4.9 [S]', '1.6 [D]'),
      on: {
        'user.tryAgain': [{ guard: 'isAgreed', target: 'joining' }, { target: 'openingTerms' }],
        'user.startOver': { actions: { type: 'conclude', params: { kind: 'startOver' } }, target: 'settled' },
      },
    },
    settled: { type: 'final' },
  },
})
