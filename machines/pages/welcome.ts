import { assign, fromPromise, setup } from 'xstate'
import type { Account, Branding } from '../../src/domain/autopilot.ts'
import type { Secret } from '../../src/domain/secret.ts'
import type { Trouble } from '../../src/domain/trouble.ts'
import { mustBeProvided } from '../must-be-provided.ts'
import { endings, fromEnding, skips, troubleOf } from '../outcomes.ts'
import { asks, type DoesNotApply, hidden, type StateMeta, shows, type UserEvent } from '../page.ts'
import type { Authentication, Credentials } from './sign-in-setup.ts'

export interface WelcomeInput {
  account: Account | null
  tenantDomain: string
  isStandardUser: boolean
}

export type WelcomeOutcome = { kind: 'signedIn' } | DoesNotApply

export interface WelcomeContext extends WelcomeInput {
  branding: Branding | null
  password: Secret | null
  isWrong: boolean
  trouble: Trouble | null
}

const SKIPS = skips<WelcomeContext>('welcome skipped')({
  hasNoAccount: { when: ({ account }) => account === null, fact: 'no user has signed in' },
})

/**
 * The school-branded welcome. Windows signs the person in with the credentials of before; a restart loses them, and then
 * it asks for the password once more.
 */
export const welcomeMachine = setup({
  types: {} as {
    input: WelcomeInput
    context: WelcomeContext
    events: UserEvent<'user.signIn'> | UserEvent<'user.tryAgain'>
    output: WelcomeOutcome
    meta: StateMeta
  },
  actors: {
    loadBranding: fromPromise<Branding | null, string>(mustBeProvided('loadBranding')),
    /** True when the credentials are still in memory. */
    recallCredentials: fromPromise<boolean>(mustBeProvided('recallCredentials')),
    authenticate: fromPromise<Authentication, Credentials>(mustBeProvided('authenticate')),
    createSession: fromPromise<void, { isStandardUser: boolean }>(mustBeProvided('createSession')),
  },
  guards: {
    ...SKIPS.guards,
    isRecalled: (_, recalled: boolean) => recalled,
    hasPassword: (_, password: Secret | undefined) => password !== undefined && password.reveal() !== '',
    isSignedIn: (_, answer: Authentication) => answer.kind === 'signedIn',
    isWrongPassword: (_, answer: Authentication) => answer.kind === 'wrongPassword',
  },
  actions: {
    noteBranding: assign({ branding: (_, branding: Branding | null) => branding }),
    takePassword: assign({ password: (_, password: Secret | undefined) => password ?? null, isWrong: false }),
    dropPassword: assign({ password: null }),
    noteWrong: assign({ isWrong: true }),
    noteTrouble: assign({ trouble: (_, trouble: Trouble | null) => trouble }),
  },
  delays: { greeting: 3_000 },
}).createMachine({
  id: 'welcome',
  context: ({ input }) => ({
    ...input,
    branding: null,
    password: null,
    isWrong: false,
    trouble: null,
  }),
  output: fromEnding<WelcomeOutcome>(),
  initial: 'deciding',
  states: {
    deciding: { meta: hidden('2.2 [D]'), always: [...SKIPS.always, { target: 'loadingBranding' }] },
    loadingBranding: {
      meta: shows('welcome', '7.1 [D]'),
      invoke: {
        id: 'loadBranding',
        src: 'loadBranding',
        input: ({ context }) => context.tenantDomain,
        onDone: { actions: { type: 'noteBranding', params: ({ event }) => event.output }, target: 'recalling' },
      },
    },
    recalling: {
      meta: shows('welcome', '2.2 [D]'),
      invoke: {
        id: 'recallCredentials',
        src: 'recallCredentials',
        onDone: [
          { guard: { type: 'isRecalled', params: ({ event }) => event.output }, target: 'greeting' },
          { target: 'askingForPassword' },
        ],
      },
    },
    greeting: { meta: shows('welcome', '7.1 [D]', '2.2 [D]'), after: { greeting: 'creatingSession' } },
    askingForPassword: {
      meta: asks('welcome', '0.1 item 9 [D]', '7.1 [D]'),
      on: {
        'user.signIn': {
          guard: { type: 'hasPassword', params: ({ event }) => event.secrets.password },
          actions: { type: 'takePassword', params: ({ event }) => event.secrets.password },
          target: 'authenticating',
        },
      },
    },
    authenticating: {
      meta: shows('welcome', '2.2 [D]'),
      exit: 'dropPassword',
      invoke: {
        id: 'authenticate',
        src: 'authenticate',
        input: ({ context }) => {
          const { account, password } = context
          if (!account || !password) throw new Error('authenticating without an account or a password')
          return { usage: account.kind, email: account.upn, password, tenantId: account.tenantId }
        },
        onDone: [
          { guard: { type: 'isSignedIn', params: ({ event }) => event.output }, target: 'greeting' },
          {
            guard: { type: 'isWrongPassword', params: ({ event }) => event.output },
            actions: 'noteWrong',
            target: 'askingForPassword',
          },
          { actions: { type: 'noteTrouble', params: ({ event }) => troubleOf(event.output) }, target: 'failed' },
        ],
      },
    },
    creatingSession: {
      meta: shows('welcome', '7.1 [D]', '3.2 [D]'),
      invoke: {
        id: 'createSession',
        src: 'createSession',
        input: ({ context }) => ({ isStandardUser: context.isStandardUser }),
        onDone: 'signedIn',
      },
    },
    failed: { meta: asks('welcome', '4.9 [B]'), on: { 'user.tryAgain': 'askingForPassword' } },
    ...endings<WelcomeContext, WelcomeOutcome>({ signedIn: { kind: 'signedIn' }, doesNotApply: SKIPS.outcome }),
  },
})
