import { assign, fromPromise, setup } from 'xstate'
import type { Trouble } from '../../src/domain/trouble.ts'
import type { Carried } from '../carried.ts'
import { mustBeProvided } from '../must-be-provided.ts'
import { answered, endings, fromEnding, known, skips, troubleTo } from '../outcomes.ts'
import {
  asks,
  type DoesNotApply,
  type EndsAtFailure,
  endsAtFailure,
  FAILING,
  type GaveUp,
  hidden,
  type StateMeta,
  shows,
  type UserEvent,
} from '../page.ts'

export interface DeviceJoinInput extends EndsAtFailure {
  isJoined: boolean
  /** Until then the device owes its management the answer to the terms of use, joined or not. */
  isEnrolled: boolean
  /** With the credentials of the person at the device, who is asked to agree to the terms; or with the device's own. */
  joinsAs: JoinsAs
  /** A personal account joins no organization. */
  isPersonal: boolean
}

export type JoinsAs = 'user' | 'device'

/** What the person has to agree to before the join, as the tenant's device management requires. */
export type Terms =
  | { kind: 'none' }
  | { kind: 'terms'; lines: string[]; page: Carried }
  | { kind: 'trouble'; trouble: Trouble }

export type TermsAnswer = { kind: 'accepted' } | { kind: 'trouble'; trouble: Trouble }

export type Join = { kind: 'joined' } | { kind: 'refused'; trouble: Trouble }

export type DeviceJoinOutcome = { kind: 'joined' } | { kind: 'startOver' } | GaveUp | DoesNotApply

export interface DeviceJoinContext extends DeviceJoinInput {
  terms: string[]
  /** The page of the terms, for the answer to it. */
  page: Carried | null
  /** Nothing is left to agree to. */
  isAgreed: boolean
  trouble: Trouble | null
}

const SKIPS = skips<DeviceJoinContext>('join skipped')({
  isPersonal: {
    when: ({ isPersonal }) => isPersonal,
    fact: 'a personal account',
    effect: 'no Microsoft Entra join',
  },
  // A device with a user may still owe the answer to the terms.
  isOver: {
    when: ({ isEnrolled, isJoined, joinsAs }) => isEnrolled || (isJoined && joinsAs === 'device'),
    fact: 'the device is joined',
  },
  isJoined: { when: ({ isJoined, isAgreed }) => isJoined && isAgreed, fact: 'the device is joined', later: true },
})

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
    acceptTerms: fromPromise<TermsAnswer, Carried>(mustBeProvided('acceptTerms')),
    joinDevice: fromPromise<Join>(mustBeProvided('joinDevice')),
  },
  guards: {
    ...SKIPS.guards,
    joinsAsDevice: ({ context }) => context.joinsAs === 'device',
    endsAtFailure,
    isAgreed: ({ context }) => context.isAgreed,
    hasNoTerms: (_, terms: Terms) => terms.kind === 'none',
    hasTerms: (_, terms: Terms) => terms.kind === 'terms',
    hasAccepted: (_, answer: TermsAnswer) => answer.kind === 'accepted',
    hasJoined: (_, answer: Join) => answer.kind === 'joined',
  },
  actions: {
    noteTrouble: assign({ trouble: (_, trouble: Trouble | null) => trouble }),
    noteTerms: assign({
      terms: (_, terms: Terms) => (terms.kind === 'terms' ? terms.lines : []),
      page: (_, terms: Terms) => (terms.kind === 'terms' ? terms.page : null),
    }),
    agree: assign({ isAgreed: true }),
  },
}).createMachine({
  id: 'deviceJoin',
  context: ({ input }) => ({ ...input, terms: [], page: null, isAgreed: false, trouble: null }),
  output: fromEnding<DeviceJoinOutcome>(),
  initial: 'deciding',
  states: {
    deciding: {
      meta: hidden('2.2 [D]'),
      always: [
        ...SKIPS.always,
        // No person is there to agree.
        { guard: 'joinsAsDevice', actions: 'agree', target: 'joining' },
        { target: 'openingTerms' },
      ],
    },
    openingTerms: {
      meta: shows('deviceJoin', '10 S15'),
      invoke: {
        id: 'openTerms',
        src: 'openTerms',
        onDone: [
          { guard: { type: 'hasNoTerms', params: answered }, actions: 'agree', target: 'agreed' },
          {
            guard: { type: 'hasTerms', params: answered },
            actions: { type: 'noteTerms', params: answered },
            target: 'readingTerms',
          },
          troubleTo('failing'),
        ],
      },
    },
    // Who does not agree can only back out of the join (reference: mdm-protocols.md, 1.1).
    readingTerms: {
      meta: asks('deviceJoin', '10 S15'),
      on: {
        'user.accept': 'acceptingTerms',
        'user.cancel': 'declined',
      },
    },
    declined: {
      meta: asks('deviceJoin', '4.10 [D]'),
      on: { 'user.tryAgain': 'readingTerms', 'user.startOver': 'startOver' },
    },
    acceptingTerms: {
      meta: shows('deviceJoin', '10 S15'),
      invoke: {
        id: 'acceptTerms',
        src: 'acceptTerms',
        input: ({ context }) => known(context.page, 'a page of terms'),
        onDone: [
          { guard: { type: 'hasAccepted', params: answered }, actions: 'agree', target: 'agreed' },
          troubleTo('failing'),
        ],
      },
    },
    // A device that joined before the restart has only owed the answer to the terms.
    agreed: {
      meta: shows('deviceJoin', '10 S15'),
      always: [{ guard: 'isJoined', target: 'doesNotApply' }, { target: 'joining' }],
    },
    joining: {
      meta: shows('deviceJoin', '2.2 [D]', '4.1 [D]'),
      invoke: {
        id: 'joinDevice',
        src: 'joinDevice',
        onDone: [{ guard: { type: 'hasJoined', params: answered }, target: 'joined' }, troubleTo('failing')],
      },
    },
    failing: FAILING,
    failed: {
      meta: asks('deviceJoin', '4.9 [S]', '1.6 [D]'),
      on: {
        'user.tryAgain': [{ guard: 'isAgreed', target: 'joining' }, { target: 'openingTerms' }],
        'user.startOver': 'startOver',
      },
    },
    ...endings<DeviceJoinContext, DeviceJoinOutcome>({
      joined: { kind: 'joined' },
      startOver: { kind: 'startOver' },
      gaveUp: ({ trouble }) => ({ kind: 'gaveUp', trouble: known(trouble, 'trouble') }),
      doesNotApply: SKIPS.outcome,
    }),
  },
})
