import { assign, fromPromise, setup } from 'xstate'
import type { Account, Branding } from '../../src/domain/autopilot.ts'
import type { Secret } from '../../src/domain/secret.ts'
import type { Trouble } from '../../src/domain/trouble.ts'
import type { Carried } from '../carried.ts'
import { mustBeProvided } from '../must-be-provided.ts'
import { endings, fromEnding, known, troubleOf } from '../outcomes.ts'
import { asks, type StateMeta, shows, type UserEvent } from '../page.ts'
import type { HelloProof } from './hello.ts'
import { type PhoneProofOutcome, phoneProofMachine } from './phone-proof.ts'
import type { Authentication, Credentials, SentProof } from './sign-in-setup.ts'

export interface WelcomeInput {
  account: Account
  tenantDomain: string
  isStandardUser: boolean
}

/** What the device finds when the page opens. */
export interface Recall {
  /** The credentials are still in memory. */
  isRecalled: boolean
  /** A policy offers web sign-in. */
  hasWebSignIn: boolean
}

export interface WelcomeOutcome {
  kind: 'signedIn'
}

export interface WelcomeContext extends WelcomeInput {
  branding: Branding | null
  password: Secret | null
  isWrong: boolean
  trouble: Trouble | null
  hasWebSignIn: boolean
  /** The person signs in on the web page, with a second proof. */
  isWeb: boolean
  proof: Carried | null
  number: string
}

/**
 * The school-branded welcome. Windows signs the person in with the credentials of before; a restart loses them, and then
 * it asks for the password once more.
 */
export const welcomeMachine = setup({
  types: {} as {
    input: WelcomeInput
    context: WelcomeContext
    events:
      | UserEvent<'user.signIn'>
      | UserEvent<'user.webSignIn'>
      | UserEvent<'user.tryAgain'>
      | UserEvent<'user.cancel'>
    output: WelcomeOutcome
    meta: StateMeta
  },
  actors: {
    loadBranding: fromPromise<Branding | null, string>(mustBeProvided('loadBranding')),
    recallCredentials: fromPromise<Recall>(mustBeProvided('recallCredentials')),
    authenticate: fromPromise<Authentication, Credentials>(mustBeProvided('authenticate')),
    requestProof: fromPromise<HelloProof>(mustBeProvided('requestProof')),
    sendProof: fromPromise<SentProof, Carried>(mustBeProvided('sendProof')),
    phoneProof: phoneProofMachine,
    createSession: fromPromise<void, { isStandardUser: boolean }>(mustBeProvided('createSession')),
  },
  guards: {
    isRecalled: (_, recall: Recall) => recall.isRecalled,
    canUseWeb: ({ context }, password: Secret | undefined) =>
      context.hasWebSignIn && password !== undefined && password.reveal() !== '',
    isSignedInOnWeb: ({ context }, answer: Authentication) => context.isWeb && answer.kind === 'signedIn',
    isProofWanted: (_, answer: HelloProof) => answer.kind === 'proofWanted',
    hasProof: (_, answer: HelloProof) => answer.kind === 'proven',
    isSent: (_, sent: SentProof) => sent.kind === 'sent',
    isProven: (_, answer: PhoneProofOutcome) => answer.kind === 'signedIn',
    hasPassword: (_, password: Secret | undefined) => password !== undefined && password.reveal() !== '',
    isSignedIn: (_, answer: Authentication) => answer.kind === 'signedIn',
    isWrongPassword: (_, answer: Authentication) => answer.kind === 'wrongPassword',
  },
  actions: {
    noteBranding: assign({ branding: (_, branding: Branding | null) => branding }),
    takePassword: assign({ password: (_, password: Secret | undefined) => password ?? null, isWrong: false }),
    noteRecall: assign({ hasWebSignIn: (_, recall: Recall) => recall.hasWebSignIn }),
    takeWay: assign({ isWeb: (_, isWeb: boolean) => isWeb }),
    noteProof: assign({
      proof: ({ context }, step: HelloProof | SentProof) => ('proof' in step ? step.proof : context.proof),
      number: (_, step: HelloProof | SentProof) => (step.kind === 'sent' ? step.number : ''),
    }),
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
    hasWebSignIn: false,
    isWeb: false,
    proof: null,
    number: '',
  }),
  output: fromEnding<WelcomeOutcome>(),
  initial: 'loadingBranding',
  states: {
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
          { actions: { type: 'noteRecall', params: ({ event }) => event.output }, target: 'askingForPassword' },
        ],
      },
    },
    greeting: { meta: shows('welcome', '7.1 [D]', '2.2 [D]'), after: { greeting: 'creatingSession' } },
    askingForPassword: {
      meta: asks('welcome', '0.1 item 9 [D]', '7.1 [D]'),
      on: {
        'user.signIn': {
          guard: { type: 'hasPassword', params: ({ event }) => event.secrets.password },
          actions: [
            { type: 'takePassword', params: ({ event }) => event.secrets.password },
            { type: 'takeWay', params: false },
          ],
          target: 'authenticating',
        },
        'user.webSignIn': {
          guard: { type: 'canUseWeb', params: ({ event }) => event.secrets.password },
          actions: [
            { type: 'takePassword', params: ({ event }) => event.secrets.password },
            { type: 'takeWay', params: true },
          ],
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
          return {
            usage: account.kind,
            email: account.upn,
            password: known(password, 'a password'),
            tenantId: account.tenantId,
          }
        },
        onDone: [
          { guard: { type: 'isSignedInOnWeb', params: ({ event }) => event.output }, target: 'requestingProof' },
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
    // Web sign-in asks for more than a password, and so its token meets a policy that asks for two proofs.
    requestingProof: {
      meta: shows('welcome', '1.6 [D]'),
      invoke: {
        id: 'requestProof',
        src: 'requestProof',
        onDone: [
          {
            guard: { type: 'isProofWanted', params: ({ event }) => event.output },
            actions: { type: 'noteProof', params: ({ event }) => event.output },
            target: 'sendingProof',
          },
          { guard: { type: 'hasProof', params: ({ event }) => event.output }, target: 'greeting' },
          { actions: { type: 'noteTrouble', params: ({ event }) => troubleOf(event.output) }, target: 'failed' },
        ],
      },
    },
    sendingProof: {
      meta: shows('welcome', '1.6 [C]'),
      invoke: {
        id: 'sendProof',
        src: 'sendProof',
        input: ({ context }) => known(context.proof, 'a proof'),
        onDone: [
          {
            guard: { type: 'isSent', params: ({ event }) => event.output },
            actions: { type: 'noteProof', params: ({ event }) => event.output },
            target: 'provingIdentity',
          },
          { actions: { type: 'noteTrouble', params: ({ event }) => troubleOf(event.output) }, target: 'failed' },
        ],
      },
    },
    provingIdentity: {
      meta: shows('welcome', '1.6 [C]'),
      on: { 'user.cancel': 'askingForPassword' },
      invoke: {
        id: 'phoneProof',
        src: 'phoneProof',
        input: ({ context }) => ({ proof: known(context.proof, 'a proof'), tenantId: context.account.tenantId }),
        onDone: [
          { guard: { type: 'isProven', params: ({ event }) => event.output }, target: 'greeting' },
          {
            actions: {
              type: 'noteTrouble',
              params: ({ event }) => (event.output.kind === 'refused' ? event.output.trouble : null),
            },
            target: 'failed',
          },
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
    ...endings<WelcomeContext, WelcomeOutcome>({ signedIn: { kind: 'signedIn' } }),
  },
})
