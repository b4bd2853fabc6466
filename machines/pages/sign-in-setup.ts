import { assign, fromPromise, setup } from 'xstate'
import type { Account, Branding } from '../../src/domain/autopilot.ts'
import { mayChangeAccount } from '../../src/domain/other-account.ts'
import type { Secret } from '../../src/domain/secret.ts'
import type { Trouble } from '../../src/domain/trouble.ts'
import type { Carried } from '../carried.ts'
import { mustBeProvided } from '../must-be-provided.ts'
import { skips } from '../outcomes.ts'
import type { DoesNotApply, StateMeta, UserEvent } from '../page.ts'
import { type PhoneProofOutcome, phoneProofMachine } from './phone-proof.ts'

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

/** Where the accounts of a domain sign in: at a page of their organization, or with Microsoft. */
export interface Realm {
  page: string | undefined
}

export type AccountLookup =
  | { kind: 'found'; displayName: string; realm: Realm; signInPage?: string; hasAccessPass?: boolean }
  | { kind: 'unknown' }
  | { kind: 'trouble'; trouble: Trouble }

export type Authentication =
  | { kind: 'signedIn'; account: Account }
  | { kind: 'wrongPassword' }
  /** The organization asks for a second proof of the person. */
  | { kind: 'proofWanted'; proof: Carried }
  /** The password is good, and a new one has to be set before anything else. */
  | { kind: 'newPasswordWanted'; change: Carried; trouble: Trouble }
  /** It does, and the person has nothing to prove it with. */
  | { kind: 'proofMissing'; trouble: Trouble }
  | { kind: 'trouble'; trouble: Trouble }

/** A password that takes the place of the one that was good until now. */
export interface NewPassword {
  change: Carried
  password: Secret
  tenantId?: string | undefined
}

export type NewPasswordAnswer = Authentication | { kind: 'weakPassword' }

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

/** A notification was sent to the person's phone, which asks for this number. */
export type SentProof = { kind: 'sent'; number: string; proof: Carried } | { kind: 'trouble'; trouble: Trouble }

export interface Credentials {
  usage: Account['kind']
  email: string
  password: Secret
  tenantId?: string | undefined
  /** Left out where it is not known: after a restart. */
  realm?: Realm | undefined
  /** The password is a Temporary Access Pass. */
  isAccessPass?: boolean | undefined
}

export interface SignInContext extends SignInInput {
  branding: Branding | null
  email: string
  password: Secret | null
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
  /** The new password that the sign-in waits for. */
  change: Carried | null
  /** The second proof that the sign-in waits for. */
  proof: Carried | null
  /** Name of the organization's own sign-in page, of a federated domain. */
  signInPage: string | null
  /** What the person enters on the phone. */
  number: string
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
  proof: null,
  number: '',
  key: null,
  isKeyInsertedAgain: false,
} as const

export const SKIPS = skips<SignInContext>('sign-in skipped')({
  isNotNeeded: { when: ({ notNeeded }) => notNeeded !== undefined, fact: ({ notNeeded }) => notNeeded ?? '' },
})

type ProofStep = NewPasswordAnswer | SentProof
export type SignedIn = NewPasswordAnswer | PhoneProofOutcome | KeyAnswer

/** What was typed into the page for a new password. */
export interface TypedPasswords {
  first: Secret | undefined
  second: Secret | undefined
}

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
    setNewPassword: fromPromise<NewPasswordAnswer, NewPassword>(mustBeProvided('setNewPassword')),
    sendProof: fromPromise<SentProof, Carried>(mustBeProvided('sendProof')),
    phoneProof: phoneProofMachine,
  },
  guards: {
    ...SKIPS.guards,
    hasAccessPass: ({ context }) => context.hasAccessPass,
    mayChangeAccount: ({ context }) => mayChangeAccount(context),
    hasTenant: ({ context }) => context.tenant !== undefined,
    hasAssignedUser: ({ context }) => (context.tenant?.assignedUpn ?? '') !== '',
    isEmail: (_, email: string) => /^[^@\s]+@[^@\s]+$/.test(email.trim()),
    hasPassword: (_, password: Secret | undefined) => password !== undefined && password.reveal() !== '',
    isFound: (_, lookup: AccountLookup) => lookup.kind === 'found',
    isUnknown: (_, lookup: AccountLookup) => lookup.kind === 'unknown',
    isOfOtherTenant: ({ context }, answer: SignedIn) =>
      answer.kind === 'signedIn' && context.tenant !== undefined && answer.account.tenantId !== context.tenant.id,
    isSignedIn: (_, answer: SignedIn) => answer.kind === 'signedIn',
    isNewPasswordWanted: (_, answer: NewPasswordAnswer) => answer.kind === 'newPasswordWanted',
    isWeak: (_, answer: NewPasswordAnswer) => answer.kind === 'weakPassword',
    isTwiceTheSame: (_, { first, second }: TypedPasswords) =>
      first !== undefined && first.reveal() !== '' && first.reveal() === second?.reveal(),
    isWrongPassword: (_, answer: NewPasswordAnswer) => answer.kind === 'wrongPassword',
    isProofWanted: (_, answer: NewPasswordAnswer) => answer.kind === 'proofWanted',
    isProofMissing: (_, answer: NewPasswordAnswer) => answer.kind === 'proofMissing',
    isAtHand: ({ context }, { name, pin }: TypedKey) =>
      pin !== undefined && pin.reveal() !== '' && (context.securityKeys ?? []).includes(name),
    isRefusedByKey: (_, answer: KeyAnswer) => isRefusedByKey(answer),
    isHeld: ({ context }) => context.complaint === 'heldKey',
    isSent: (_, sent: SentProof) => sent.kind === 'sent',
  },
  actions: {
    noteAccount: assign({
      account: (_, answer: SignedIn) => (answer.kind === 'signedIn' ? answer.account : null),
    }),
    noteProof: assign({
      proof: ({ context }, step: ProofStep) => ('proof' in step ? step.proof : context.proof),
    }),
    noteChange: assign({
      change: ({ context }, answer: NewPasswordAnswer) => ('change' in answer ? answer.change : context.change),
    }),
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
    noteNumber: assign({ number: (_, sent: SentProof) => (sent.kind === 'sent' ? sent.number : '') }),
    startOver: assign(BLANK),
    // The device compares tenants only after a sign-in; see TenantMatched.
    reportTenantMatch: mustBeProvided('reportTenantMatch') as (_: unknown, params: { matched: boolean }) => void,
  },
  // The web host's session: about ten minutes (measured, 1.6 [M]).
  delays: { sessionLifetime: 600_000 },
})
