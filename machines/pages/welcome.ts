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
import type {
  Authentication,
  Credentials,
  NewPassword,
  NewPasswordAnswer,
  SentProof,
  TypedPasswords,
} from './sign-in-setup.ts'

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

/** What was typed into the page for a new password. */
const typed = ({ event }: { event: UserEvent<'user.signIn'> }): TypedPasswords => ({
  first: event.secrets.newPassword,
  second: event.secrets.confirmPassword,
})

export interface WelcomeOutcome {
  kind: 'signedIn'
}

export interface WelcomeContext extends WelcomeInput {
  branding: Branding | null
  password: Secret | null
  complaint: 'none' | 'wrongPassword' | 'notAllowed' | 'differentPasswords' | 'weakPassword'
  trouble: Trouble | null
  hasWebSignIn: boolean
  /** The person signs in on the web page, with a second proof. */
  isWeb: boolean
  /** The page of web sign-in for a new password. */
  change: Carried | null
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
    setNewPassword: fromPromise<NewPasswordAnswer, NewPassword>(mustBeProvided('setNewPassword')),
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
    isNewPasswordWantedOnWeb: ({ context }, answer: Authentication) =>
      context.isWeb && answer.kind === 'newPasswordWanted',
    isNewPasswordWanted: (_, answer: Authentication) => answer.kind === 'newPasswordWanted',
    isTwiceTheSame: (_, { first, second }: TypedPasswords) =>
      first !== undefined && first.reveal() !== '' && first.reveal() === second?.reveal(),
    isWeak: (_, answer: NewPasswordAnswer) => answer.kind === 'weakPassword',
    isChanged: (_, answer: NewPasswordAnswer) => answer.kind === 'signedIn',
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
    takePassword: assign({ password: (_, password: Secret | undefined) => password ?? null, complaint: 'none' }),
    noteRecall: assign({ hasWebSignIn: (_, recall: Recall) => recall.hasWebSignIn }),
    takeWay: assign({ isWeb: (_, isWeb: boolean) => isWeb }),
    noteProof: assign({
      proof: ({ context }, step: HelloProof | SentProof) => ('proof' in step ? step.proof : context.proof),
      number: (_, step: HelloProof | SentProof) => (step.kind === 'sent' ? step.number : ''),
    }),
    dropPassword: assign({ password: null }),
    complain: assign({ complaint: (_, complaint: WelcomeContext['complaint']) => complaint }),
    noteChange: assign({
      change: ({ context }, answer: Authentication) => ('change' in answer ? answer.change : context.change),
    }),
    noteTrouble: assign({ trouble: (_, trouble: Trouble | null) => trouble }),
  },
  delays: { greeting: 3_000 },
}).createMachine({
  id: 'welcome',
  context: ({ input }) => ({
    ...input,
    branding: null,
    password: null,
    complaint: 'none',
    trouble: null,
    hasWebSignIn: false,
    isWeb: false,
    change: null,
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
            actions: { type: 'complain', params: 'wrongPassword' },
            target: 'askingForPassword',
          },
          {
            guard: { type: 'isNewPasswordWantedOnWeb', params: ({ event }) => event.output },
            actions: { type: 'noteChange', params: ({ event }) => event.output },
            target: 'enteringNewPassword',
          },
          // The lock screen sets no new password (1.6 [D]), and lets in no one whose password it has not seen before [F].
          {
            guard: { type: 'isNewPasswordWanted', params: ({ event }) => event.output },
            actions: { type: 'complain', params: 'notAllowed' },
            target: 'askingForPassword',
          },
          { actions: { type: 'noteTrouble', params: ({ event }) => troubleOf(event.output) }, target: 'failed' },
        ],
      },
    },
    // Web sign-in is the page of Microsoft Entra: it asks for a new password as in the first boot.
    enteringNewPassword: {
      meta: asks('welcome', '1.6 [U]'),
      on: {
        'user.signIn': [
          {
            guard: { type: 'isTwiceTheSame', params: typed },
            actions: { type: 'takePassword', params: ({ event }) => event.secrets.newPassword },
            target: 'settingNewPassword',
          },
          { actions: { type: 'complain', params: 'differentPasswords' } },
        ],
        'user.cancel': { actions: { type: 'complain', params: 'none' }, target: 'askingForPassword' },
      },
    },
    settingNewPassword: {
      meta: shows('welcome', '1.6 [U]'),
      exit: 'dropPassword',
      invoke: {
        id: 'setNewPassword',
        src: 'setNewPassword',
        input: ({ context: { change, password, account } }) => ({
          change: known(change, 'a page for a new password'),
          password: known(password, 'a new password'),
          tenantId: account.tenantId,
        }),
        onDone: [
          { guard: { type: 'isChanged', params: ({ event }) => event.output }, target: 'requestingProof' },
          {
            guard: { type: 'isWeak', params: ({ event }) => event.output },
            actions: { type: 'complain', params: 'weakPassword' },
            target: 'enteringNewPassword',
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
