import { assign, fromPromise, setup } from 'xstate'
import type { Account, Branding } from '../../src/domain/autopilot.ts'
import type { Secret } from '../../src/domain/secret.ts'
import type { Trouble } from '../../src/domain/trouble.ts'
import { mustBeProvided } from '../must-be-provided.ts'
import { answered, endings, fromEnding, known, troubleTo } from '../outcomes.ts'
import { asks, type StateMeta, shows, type UserEvent } from '../page.ts'
import { type Authentication, type Credentials, hasPassword } from './authentication.ts'
import {
  changeAfter,
  FROM_WEAK_PASSWORD,
  giveNewPassword,
  type NewPasswordAnswer,
  type NewPasswordContext,
  newPasswordGuards,
  ON_NEW_PASSWORD,
  setNewPassword,
} from './new-password.ts'
import {
  askPhone,
  NO_PROOF,
  type ProofContext,
  type ProofStep,
  proofActors,
  proofAfter,
  proofGuards,
  provenTo,
  requestingProof,
  sendingProof,
} from './second-proof.ts'

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

export interface WelcomeContext extends WelcomeInput, NewPasswordContext, ProofContext {
  branding: Branding | null
  complaint: 'none' | 'wrongPassword' | 'notAllowed' | 'differentPasswords' | 'weakPassword'
  trouble: Trouble | null
  hasWebSignIn: boolean
  /** The person signs in on the web page, with a second proof. */
  isWeb: boolean
}

const tenantOf = ({ account }: WelcomeContext) => account.tenantId

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
    setNewPassword,
    ...proofActors,
    createSession: fromPromise<void, { isStandardUser: boolean }>(mustBeProvided('createSession')),
  },
  guards: {
    isRecalled: (_, recall: Recall) => recall.isRecalled,
    canUseWeb: ({ context }, password: Secret | undefined) => context.hasWebSignIn && hasPassword(null, password),
    isSignedInOnWeb: ({ context }, answer: Authentication) => context.isWeb && answer.kind === 'signedIn',
    isNewPasswordWantedOnWeb: ({ context }, answer: Authentication) =>
      context.isWeb && answer.kind === 'newPasswordWanted',
    isNewPasswordWanted: (_, answer: Authentication) => answer.kind === 'newPasswordWanted',
    ...newPasswordGuards,
    isChanged: (_, answer: NewPasswordAnswer) => answer.kind === 'signedIn',
    ...proofGuards,
    hasPassword,
    isSignedIn: (_, answer: Authentication) => answer.kind === 'signedIn',
    isWrongPassword: (_, answer: Authentication) => answer.kind === 'wrongPassword',
  },
  actions: {
    noteBranding: assign({ branding: (_, branding: Branding | null) => branding }),
    takePassword: assign({ password: (_, password: Secret | undefined) => password ?? null, complaint: 'none' }),
    noteRecall: assign({ hasWebSignIn: (_, recall: Recall) => recall.hasWebSignIn }),
    takeWay: assign({ isWeb: (_, isWeb: boolean) => isWeb }),
    noteProof: assign(({ context }, step: ProofStep) => proofAfter(context, step)),
    dropPassword: assign({ password: null }),
    complain: assign({ complaint: (_, complaint: WelcomeContext['complaint']) => complaint }),
    noteChange: assign({ change: ({ context }, answer: NewPasswordAnswer) => changeAfter(context, answer) }),
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
    ...NO_PROOF,
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
        onDone: { actions: { type: 'noteBranding', params: answered }, target: 'recalling' },
      },
    },
    recalling: {
      meta: shows('welcome', '2.2 [D]'),
      invoke: {
        id: 'recallCredentials',
        src: 'recallCredentials',
        onDone: [
          { guard: { type: 'isRecalled', params: answered }, target: 'greeting' },
          { actions: { type: 'noteRecall', params: answered }, target: 'askingForPassword' },
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
          { guard: { type: 'isSignedInOnWeb', params: answered }, target: 'requestingProof' },
          { guard: { type: 'isSignedIn', params: answered }, target: 'greeting' },
          {
            guard: { type: 'isWrongPassword', params: answered },
            actions: { type: 'complain', params: 'wrongPassword' },
            target: 'askingForPassword',
          },
          {
            guard: { type: 'isNewPasswordWantedOnWeb', params: answered },
            actions: { type: 'noteChange', params: answered },
            target: 'enteringNewPassword',
          },
          // The lock screen sets no new password (1.6 [D]), and lets in no one whose password it has not seen before [F].
          {
            guard: { type: 'isNewPasswordWanted', params: answered },
            actions: { type: 'complain', params: 'notAllowed' },
            target: 'askingForPassword',
          },
          troubleTo('failed'),
        ],
      },
    },
    // Web sign-in is the page of Microsoft Entra: it asks for a new password as in the first boot.
    enteringNewPassword: {
      meta: asks('welcome', '1.6 [U]'),
      on: {
        'user.signIn': ON_NEW_PASSWORD,
        'user.cancel': { actions: { type: 'complain', params: 'none' }, target: 'askingForPassword' },
      },
    },
    settingNewPassword: {
      meta: shows('welcome', '1.6 [U]'),
      exit: 'dropPassword',
      invoke: {
        ...giveNewPassword(tenantOf),
        onDone: [
          { guard: { type: 'isChanged', params: answered }, target: 'requestingProof' },
          FROM_WEAK_PASSWORD,
          troubleTo('failed'),
        ],
      },
    },
    // Web sign-in asks for more than a password, and so its token meets a policy that asks for two proofs.
    requestingProof: requestingProof('welcome', '1.6 [D]', 'greeting'),
    sendingProof: sendingProof('welcome', '1.6 [C]'),
    provingIdentity: {
      meta: shows('welcome', '1.6 [C]'),
      on: { 'user.cancel': 'askingForPassword' },
      invoke: { ...askPhone(tenantOf), onDone: provenTo('greeting') },
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
