import { assign, fromPromise, setup } from 'xstate'
import type { Account, Branding } from '../../src/domain/autopilot.ts'
import { mayChangeAccount } from '../../src/domain/other-account.ts'
import type { Secret } from '../../src/domain/secret.ts'
import type { Trouble } from '../../src/domain/trouble.ts'
import { mustBeProvided } from '../must-be-provided.ts'
import { skips } from '../outcomes.ts'
import type { DoesNotApply, StateMeta, UserEvent } from '../page.ts'
import { type Authentication, type Credentials, hasPassword, type Realm } from './authentication.ts'
import {
  changeAfter,
  type NewPasswordAnswer,
  type NewPasswordContext,
  newPasswordGuards,
  setNewPassword,
} from './new-password.ts'
import type { PhoneProofOutcome } from './phone-proof.ts'
import { NO_PROOF, type ProofContext, type ProofStep, proofActors, proofAfter, proofGuards } from './second-proof.ts'

export interface SignInInput {
  /** Present when an Autopilot profile ties the device to a tenant. */
  tenant?:
    | {
        id: string
        domain: string
        assignedUpn: string
        profile: string
        isExplicit: boolean
        hidesOtherAccount: boolean
        isFromFile?: true
      }
    | undefined
  usage: Account['kind']
  /** Names of the security keys that lie beside the device. */
  securityKeys?: readonly string[] | undefined
  /** Why no one has to sign in. */
  notNeeded?: string | undefined
}

export type SignInOutcome = { kind: 'signedIn'; account: Account } | DoesNotApply

export type AccountLookup =
  | { kind: 'found'; displayName: string; realm: Realm; signInPage?: string; hasAccessPass?: boolean }
  | { kind: 'unknown' }
  | { kind: 'trouble'; trouble: Trouble }

/** A security key in the USB port, and what the person entered for its PIN. */
export interface PluggedKey {
  name: string
  pin: Secret
  /** It was pulled out of the port since its last PIN, and put in again. */
  isInsertedAgain?: boolean | undefined
  usage: Account['kind']
  tenantId?: string | undefined
}

export type KeyAnswer = Authentication | KeyRefusal

/** The key itself says no, and Microsoft Entra hears nothing. */
export interface KeyRefusal {
  kind:
    | 'wrongPin'
    /** Three wrong PINs in a row: it takes none before it was pulled out (`PIN_AUTH_BLOCKED` of CTAP 2.1). */
    | 'heldKey'
    /** Eight wrong PINs: it takes none any more (`PIN_BLOCKED`). */
    | 'lockedKey'
    /** It was registered for no account. */
    | 'unfamiliarKey'
}

export interface SignInContext extends SignInInput, NewPasswordContext, ProofContext {
  branding: Branding | null
  email: string
  complaint:
    | 'none'
    | 'unknownAccount'
    | 'wrongPassword'
    | 'timedOut'
    | 'differentPasswords'
    | 'weakPassword'
    | KeyRefusal['kind']
  /** The security key in the port, and its PIN until it is used. */
  key: { name: string; pin: Secret } | null
  /** It was pulled out and put in again, and no PIN was entered since. */
  isKeyInsertedAgain: boolean
  realm: Realm | null
  /** The person has a Temporary Access Pass, and signs in with it. */
  hasAccessPass: boolean
  usesAccessPass: boolean
  /** Name of the organization's own sign-in page, of a federated domain. */
  signInPage: string | null
  trouble: Trouble | null
  account: Account | null
}

/** The page before an account was entered. */
export const BLANK = {
  email: '',
  password: null,
  complaint: 'none',
  trouble: null,
  realm: null,
  hasAccessPass: false,
  usesAccessPass: false,
  signInPage: null,
  change: null,
  ...NO_PROOF,
  key: null,
  isKeyInsertedAgain: false,
} as const

export const SKIPS = skips<SignInContext>('sign-in skipped')({
  isNotNeeded: { when: ({ notNeeded }) => notNeeded !== undefined, fact: ({ notNeeded }) => notNeeded ?? '' },
})

export type SignedIn = NewPasswordAnswer | PhoneProofOutcome | KeyAnswer

/** What was entered on the page of a security key. */
export interface TypedKey {
  name: string
  pin: Secret | undefined
}

const KEY_REFUSALS: readonly string[] = [
  'wrongPin',
  'heldKey',
  'lockedKey',
  'unfamiliarKey',
] satisfies KeyRefusal['kind'][]

const isRefusedByKey = (answer: KeyAnswer): answer is KeyRefusal => KEY_REFUSALS.includes(answer.kind)

/** What the sign-in is made of. */
export const signInSetup = setup({
  types: {} as {
    input: SignInInput
    context: SignInContext
    events:
      | UserEvent<'user.next'>
      | UserEvent<'user.signIn'>
      | UserEvent<'user.back'>
      | UserEvent<'user.tryAgain'>
      | UserEvent<'user.options'>
      | UserEvent<'user.return'>
      | UserEvent<'user.forgot'>
      | UserEvent<'user.useAccessPass'>
      | UserEvent<'user.otherAccount'>
      | UserEvent<'user.securityKey'>
      | UserEvent<'user.useKey'>
      | UserEvent<'user.insertAgain'>
    output: SignInOutcome
    meta: StateMeta
  },
  actors: {
    loadBranding: fromPromise<Branding | null, string>(mustBeProvided('loadBranding')),
    lookUpAccount: fromPromise<AccountLookup, { email: string; usage: Account['kind'] }>(
      mustBeProvided('lookUpAccount'),
    ),
    authenticate: fromPromise<Authentication, Credentials>(mustBeProvided('authenticate')),
    signInWithKey: fromPromise<KeyAnswer, PluggedKey>(mustBeProvided('signInWithKey')),
    setNewPassword,
    sendProof: proofActors.sendProof,
    phoneProof: proofActors.phoneProof,
  },
  guards: {
    ...SKIPS.guards,
    hasAccessPass: ({ context }) => context.hasAccessPass,
    mayChangeAccount: ({ context }) => mayChangeAccount(context),
    hasTenant: ({ context }) => context.tenant !== undefined,
    hasAssignedUser: ({ context }) => (context.tenant?.assignedUpn ?? '') !== '',
    isEmail: (_, email: string) => /^[^@\s]+@[^@\s]+$/.test(email.trim()),
    hasPassword,
    isFound: (_, lookup: AccountLookup) => lookup.kind === 'found',
    isUnknown: (_, lookup: AccountLookup) => lookup.kind === 'unknown',
    isOfOtherTenant: ({ context }, answer: SignedIn) =>
      answer.kind === 'signedIn' && context.tenant !== undefined && answer.account.tenantId !== context.tenant.id,
    isSignedIn: (_, answer: SignedIn) => answer.kind === 'signedIn',
    isNewPasswordWanted: (_, answer: NewPasswordAnswer) => answer.kind === 'newPasswordWanted',
    ...newPasswordGuards,
    isWrongPassword: (_, answer: NewPasswordAnswer) => answer.kind === 'wrongPassword',
    isProofWanted: proofGuards.isProofWanted,
    isProofMissing: (_, answer: NewPasswordAnswer) => answer.kind === 'proofMissing',
    isAtHand: ({ context }, { name, pin }: TypedKey) =>
      pin !== undefined && pin.reveal() !== '' && (context.securityKeys ?? []).includes(name),
    isRefusedByKey: (_, answer: KeyAnswer) => isRefusedByKey(answer),
    isHeld: ({ context }) => context.complaint === 'heldKey',
    isSent: proofGuards.isSent,
  },
  actions: {
    noteAccount: assign({
      account: (_, answer: SignedIn) => (answer.kind === 'signedIn' ? answer.account : null),
    }),
    noteProof: assign(({ context }, step: ProofStep) => proofAfter(context, step)),
    noteChange: assign({ change: ({ context }, answer: NewPasswordAnswer) => changeAfter(context, answer) }),
    noteBranding: assign({ branding: (_, branding: Branding | null) => branding }),
    takeAssignedUser: assign({ email: ({ context }) => context.tenant?.assignedUpn ?? '' }),
    takeEmail: assign({ email: (_, email: string) => email.trim(), complaint: 'none' }),
    takePassword: assign({ password: (_, password: Secret | undefined) => password ?? null, complaint: 'none' }),
    takeKey: assign({
      key: (_, { name, pin }: TypedKey) => (pin ? { name, pin } : null),
      complaint: 'none',
    }),
    dropKey: assign({ key: null, isKeyInsertedAgain: false }),
    insertKeyAgain: assign({ isKeyInsertedAgain: true, complaint: 'none' }),
    complainOfKey: assign({
      complaint: ({ context }, answer: KeyAnswer) => (isRefusedByKey(answer) ? answer.kind : context.complaint),
    }),
    dropPassword: assign({ password: null }),
    complain: assign({ complaint: (_, complaint: SignInContext['complaint']) => complaint, password: null }),
    noteTrouble: assign({ trouble: (_, trouble: Trouble | null) => trouble }),
    noteRealm: assign({
      realm: (_, lookup: AccountLookup) => (lookup.kind === 'found' ? lookup.realm : null),
      hasAccessPass: (_, lookup: AccountLookup) => lookup.kind === 'found' && lookup.hasAccessPass === true,
      signInPage: (_, lookup: AccountLookup) => (lookup.kind === 'found' ? (lookup.signInPage ?? null) : null),
    }),
    useAccessPass: assign({ usesAccessPass: true, complaint: 'none' }),
    startOver: assign(BLANK),
    // The device compares tenants only after a sign-in; see TenantMatched.
    reportTenantMatch: mustBeProvided('reportTenantMatch') as (_: unknown, params: { matched: boolean }) => void,
  },
  // The web host's session: about ten minutes (measured, 1.6 [M]).
  delays: { sessionLifetime: 600_000 },
})
