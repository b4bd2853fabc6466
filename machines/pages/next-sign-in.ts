import { assign, fromPromise, setup } from 'xstate'
import type { Account } from '../../src/domain/autopilot.ts'
import { KIOSK_ACCOUNT } from '../../src/domain/kiosk.ts'
import type { Secret } from '../../src/domain/secret.ts'
import type { Trouble } from '../../src/domain/trouble.ts'
import { mustBeProvided } from '../must-be-provided.ts'
import { answered, endings, fromEnding, known } from '../outcomes.ts'
import { asks, hidden, type StateMeta, shows, type UserEvent } from '../page.ts'
import {
  type Authentication,
  type Credentials,
  type Entered,
  entered,
  isEntered,
  takeEntered,
} from './authentication.ts'

export interface NextSignInInput {
  /** Whose accounts may sign in: the tenant that the device has joined. */
  tenantId: string | undefined
  /** The account of a kiosk waits here, since its automatic sign-in was lost. */
  hasKiosk: boolean
  /** UPNs of people who have signed in before, and out again. */
  known?: readonly string[]
}

/** Ctrl+Windows key+R, and the policy lets administrators reset the device here. */
export interface LocalResetChosenEvent {
  type: 'reset.chosen'
}

/** What the device finds when the session of the person before has ended. */
export interface Leaving {
  /** Why a reset that was asked for was not begun. */
  refusedReset: Trouble | null
  /** A guest may sign in: Shared PC mode. */
  hasGuest: boolean
  /** Accounts of the organization may. */
  hasOrganization: boolean
}

export type NextSignInOutcome =
  | { kind: 'signedIn'; account: Account }
  /** By a person who has done so before. */
  | { kind: 'returned'; account: Account }
  | { kind: 'guest' }
  | { kind: 'kiosk' }
  | { kind: 'localReset' }

export interface NextSignInContext extends NextSignInInput, Leaving {
  credentials: { email: string; password: Secret } | null
  isWrong: boolean
  /** The password has to be changed, which no lock screen does. */
  isNotAllowed: boolean
  trouble: Trouble | null
  account: Account | null
}

/** The sign-in screen of a device that is set up, when a person who is new to it comes. */
export const nextSignInMachine = setup({
  types: {} as {
    input: NextSignInInput
    context: NextSignInContext
    events: UserEvent<'user.signIn'> | UserEvent<'user.guest'> | LocalResetChosenEvent
    output: NextSignInOutcome
    meta: StateMeta
  },
  actors: {
    endSession: fromPromise<Leaving>(mustBeProvided('endSession')),
    authenticate: fromPromise<Authentication, Credentials>(mustBeProvided('authenticate')),
    openSession: fromPromise<void>(mustBeProvided('openSession')),
  },
  guards: {
    // Known issue: its name, and no password (2.3 [D]).
    isKiosk: ({ context }, typed: Entered) =>
      context.hasKiosk &&
      typed.email?.trim().toLowerCase() === KIOSK_ACCOUNT.toLowerCase() &&
      !typed.password?.reveal(),
    isComplete: ({ context }, typed: Entered) => context.hasOrganization && isEntered(typed),
    hasGuest: ({ context }) => context.hasGuest,
    isKnown: ({ context: { account, known: people = [] } }) =>
      people.some((upn) => upn.toLowerCase() === account?.upn.toLowerCase()),
    isSignedIn: ({ context: { tenantId } }, answer: Authentication) =>
      answer.kind === 'signedIn' && (tenantId === undefined || answer.account.tenantId === tenantId),
  },
  actions: {
    take: assign({
      credentials: (_, typed: Entered) => takeEntered(typed),
      isWrong: false,
      isNotAllowed: false,
      trouble: null,
    }),
    noteLeaving: assign((_, leaving: Leaving) => leaving),
    forget: assign({ credentials: null }),
    noteAccount: assign({
      account: (_, answer: Authentication) => (answer.kind === 'signedIn' ? answer.account : null),
    }),
    noteRefusal: assign({
      isWrong: (_, answer: Authentication) => !('trouble' in answer),
      isNotAllowed: (_, answer: Authentication) => answer.kind === 'newPasswordWanted',
      trouble: (_, answer: Authentication) =>
        'trouble' in answer && answer.kind !== 'newPasswordWanted' ? answer.trouble : null,
    }),
  },
}).createMachine({
  id: 'nextSignIn',
  context: ({ input }) => ({
    ...input,
    credentials: null,
    isWrong: false,
    isNotAllowed: false,
    trouble: null,
    account: null,
    refusedReset: null,
    hasGuest: false,
    hasOrganization: true,
  }),
  output: fromEnding<NextSignInOutcome>(),
  initial: 'leaving',
  states: {
    leaving: {
      meta: hidden('10 S27'),
      invoke: {
        id: 'endSession',
        src: 'endSession',
        onDone: { actions: { type: 'noteLeaving', params: answered }, target: 'asking' },
      },
    },
    asking: {
      meta: asks('nextSignIn', '10 S27', '1.8 [D]'),
      on: {
        'reset.chosen': 'localReset',
        'user.guest': { guard: 'hasGuest', target: 'guest' },
        'user.signIn': [
          {
            guard: { type: 'isKiosk', params: entered },
            target: 'kiosk',
          },
          {
            guard: { type: 'isComplete', params: entered },
            actions: { type: 'take', params: entered },
            target: 'authenticating',
          },
        ],
      },
    },
    authenticating: {
      meta: shows('nextSignIn', '10 S27'),
      exit: 'forget',
      invoke: {
        id: 'authenticate',
        src: 'authenticate',
        input: ({ context: { credentials, tenantId } }) => {
          if (!credentials) throw new Error('authenticating without credentials')
          return { usage: 'workOrSchool', ...credentials, tenantId }
        },
        onDone: [
          {
            guard: { type: 'isSignedIn', params: answered },
            actions: { type: 'noteAccount', params: answered },
            target: 'openingSession',
          },
          { actions: { type: 'noteRefusal', params: answered }, target: 'asking' },
        ],
      },
    },
    openingSession: {
      meta: shows('nextSignIn', '10 S27'),
      invoke: {
        id: 'openSession',
        src: 'openSession',
        onDone: [{ guard: 'isKnown', target: 'returned' }, { target: 'signedIn' }],
      },
    },
    ...endings<NextSignInContext, NextSignInOutcome>({
      signedIn: ({ account }) => ({ kind: 'signedIn', account: known(account, 'an account') }),
      returned: ({ account }) => ({ kind: 'returned', account: known(account, 'an account') }),
      guest: { kind: 'guest' },
      kiosk: { kind: 'kiosk' },
      localReset: { kind: 'localReset' },
    }),
  },
})
