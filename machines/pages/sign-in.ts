import { assign, fromPromise, setup } from 'xstate'
import type { Account, Branding } from '../../src/domain/autopilot.ts'
import type { Secret } from '../../src/domain/secret.ts'
import type { Trouble } from '../../src/domain/trouble.ts'
import { mustBeProvided } from '../must-be-provided.ts'
import { asks, type DoesNotApply, doesNotApply, hidden, type StateMeta, shows, type UserEvent } from '../page.ts'

export interface SignInInput {
  /** Present when an Autopilot profile ties the device to a tenant. */
  tenant?: { id: string; domain: string; assignedUpn: string; profile: string; isExplicit: boolean } | undefined
  usage: Account['kind']
  /** Somebody has signed in before the restart, or nobody signs in at all. */
  notNeeded?: string | undefined
}

export type SignInOutcome = { kind: 'signedIn'; account: Account } | DoesNotApply

export type AccountLookup =
  | { kind: 'found'; displayName: string; signInPage?: string }
  | { kind: 'unknown' }
  | { kind: 'trouble'; trouble: Trouble }

export type Authentication =
  | { kind: 'signedIn'; account: Account }
  | { kind: 'wrongPassword' }
  /** The organization wants a second proof of who is there. */
  | { kind: 'proofWanted' }
  /** It does, and the person has nothing to prove it with. */
  | { kind: 'proofMissing'; trouble: Trouble }
  | { kind: 'trouble'; trouble: Trouble }

/** A notification was sent to the person's phone, which asks for this number. */
export type SentProof = { kind: 'sent'; number: string } | { kind: 'trouble'; trouble: Trouble }

export interface Credentials {
  usage: Account['kind']
  email: string
  password: Secret
  tenantId?: string | undefined
}

export interface SignInContext extends SignInInput {
  branding: Branding | null
  email: string
  password: Secret | null
  complaint: 'none' | 'unknownAccount' | 'wrongPassword' | 'timedOut'
  /** Name of the organization's own sign-in page, of a federated domain. */
  signInPage: string | null
  /** What the person enters on the phone. */
  number: string
  trouble: Trouble | null
  outcome: SignInOutcome
}

const troubleOf = (answer: { kind: string; trouble?: Trouble }): Trouble | null => answer.trouble ?? null

/** E-mail address, then password. With a profile the page carries the school's name, and only its accounts get in. */
export const signInMachine = setup({
  types: {} as {
    input: SignInInput
    context: SignInContext
    events: UserEvent<'user.next'> | UserEvent<'user.signIn'> | UserEvent<'user.back'> | UserEvent<'user.tryAgain'>
    output: SignInOutcome
    meta: StateMeta
  },
  actors: {
    loadBranding: fromPromise<Branding | null, string>(mustBeProvided('loadBranding')),
    lookUpAccount: fromPromise<AccountLookup, { email: string; usage: Account['kind'] }>(
      mustBeProvided('lookUpAccount'),
    ),
    authenticate: fromPromise<Authentication, Credentials>(mustBeProvided('authenticate')),
    sendProof: fromPromise<SentProof>(mustBeProvided('sendProof')),
    awaitProof: fromPromise<Authentication, { tenantId: string | undefined }>(mustBeProvided('awaitProof')),
  },
  guards: {
    isNotNeeded: ({ context }) => context.notNeeded !== undefined,
    hasTenant: ({ context }) => context.tenant !== undefined,
    hasAssignedUser: ({ context }) => (context.tenant?.assignedUpn ?? '') !== '',
    isEmail: (_, email: string) => /^[^@\s]+@[^@\s]+$/.test(email.trim()),
    hasPassword: (_, password: Secret | undefined) => password !== undefined && password.reveal() !== '',
    isFound: (_, lookup: AccountLookup) => lookup.kind === 'found',
    isUnknown: (_, lookup: AccountLookup) => lookup.kind === 'unknown',
    isOfOtherTenant: ({ context }, answer: Authentication) =>
      answer.kind === 'signedIn' && context.tenant !== undefined && answer.account.tenantId !== context.tenant.id,
    isSignedIn: (_, answer: Authentication) => answer.kind === 'signedIn',
    isWrongPassword: (_, answer: Authentication) => answer.kind === 'wrongPassword',
    isProofWanted: (_, answer: Authentication) => answer.kind === 'proofWanted',
    isProofMissing: (_, answer: Authentication) => answer.kind === 'proofMissing',
    isSent: (_, sent: SentProof) => sent.kind === 'sent',
  },
  actions: {
    conclude: assign({ outcome: (_, outcome: SignInOutcome) => outcome }),
    noteBranding: assign({ branding: (_, branding: Branding | null) => branding }),
    takeAssignedUser: assign({ email: ({ context }) => context.tenant?.assignedUpn ?? '' }),
    takeEmail: assign({ email: (_, email: string) => email.trim(), complaint: 'none' }),
    takePassword: assign({ password: (_, password: Secret | undefined) => password ?? null, complaint: 'none' }),
    dropPassword: assign({ password: null }),
    complain: assign({ complaint: (_, complaint: SignInContext['complaint']) => complaint, password: null }),
    noteTrouble: assign({ trouble: (_, trouble: Trouble | null) => trouble }),
    noteSignInPage: assign({
      signInPage: (_, lookup: AccountLookup) => (lookup.kind === 'found' ? (lookup.signInPage ?? null) : null),
    }),
    noteNumber: assign({ number: (_, sent: SentProof) => (sent.kind === 'sent' ? sent.number : '') }),
    startOver: assign({ email: '', password: null, complaint: 'none', trouble: null, signInPage: null, number: '' }),
    // The device compares tenants only after a sign-in; see TenantMatched.
    reportTenantMatch: mustBeProvided('reportTenantMatch') as (_: unknown, params: { matched: boolean }) => void,
  },
  // The web host's session: about ten minutes (measured, 1.6 [M]).
  delays: { sessionLifetime: 600_000 },
}).createMachine({
  id: 'signIn',
  context: ({ input }) => ({
    ...input,
    branding: null,
    email: '',
    password: null,
    complaint: 'none',
    trouble: null,
    signInPage: null,
    number: '',
    outcome: doesNotApply(input.notNeeded ?? '', 'sign-in skipped'),
  }),
  output: ({ context }) => context.outcome,
  initial: 'deciding',
  states: {
    deciding: {
      meta: hidden('1.6 [D]'),
      always: [
        { guard: 'isNotNeeded', target: 'settled' },
        { guard: 'hasTenant', target: 'loadingBranding' },
        { target: 'enteringEmail' },
      ],
    },
    loadingBranding: {
      meta: shows('signIn', '1.6 [D]', '6.5 [D]'),
      invoke: {
        id: 'loadBranding',
        src: 'loadBranding',
        input: ({ context }) => context.tenant?.domain ?? '',
        onDone: [
          {
            guard: 'hasAssignedUser',
            actions: [{ type: 'noteBranding', params: ({ event }) => event.output }, 'takeAssignedUser'],
            target: 'lookingUpAccount',
          },
          { actions: { type: 'noteBranding', params: ({ event }) => event.output }, target: 'enteringEmail' },
        ],
      },
    },
    enteringEmail: {
      meta: asks('signIn', '1.6 [D]'),
      on: {
        'user.next': {
          guard: { type: 'isEmail', params: ({ event }) => event.values.email ?? '' },
          actions: { type: 'takeEmail', params: ({ event }) => event.values.email ?? '' },
          target: 'lookingUpAccount',
        },
      },
    },
    lookingUpAccount: {
      meta: shows('signIn', '1.6 [D]'),
      invoke: {
        id: 'lookUpAccount',
        src: 'lookUpAccount',
        input: ({ context }) => ({ email: context.email, usage: context.usage }),
        onDone: [
          {
            guard: { type: 'isFound', params: ({ event }) => event.output },
            actions: { type: 'noteSignInPage', params: ({ event }) => event.output },
            target: 'enteringPassword',
          },
          {
            guard: { type: 'isUnknown', params: ({ event }) => event.output },
            actions: { type: 'complain', params: 'unknownAccount' },
            target: 'enteringEmail',
          },
          {
            actions: {
              type: 'noteTrouble',
              params: ({ event }) => (event.output.kind === 'trouble' ? event.output.trouble : null),
            },
            target: 'failed',
          },
        ],
      },
    },
    enteringPassword: {
      meta: asks('signIn', '1.6 [D]', '1.6 [M]'),
      after: { sessionLifetime: { actions: { type: 'complain', params: 'timedOut' }, target: 'enteringEmail' } },
      on: {
        'user.signIn': {
          guard: { type: 'hasPassword', params: ({ event }) => event.secrets.password },
          actions: { type: 'takePassword', params: ({ event }) => event.secrets.password },
          target: 'authenticating',
        },
        'user.back': { actions: 'startOver', target: 'enteringEmail' },
      },
    },
    authenticating: {
      meta: shows('signIn', '1.6 [D]'),
      exit: 'dropPassword',
      invoke: {
        id: 'authenticate',
        src: 'authenticate',
        input: ({ context }) => {
          if (!context.password) throw new Error('authenticating without a password')
          const { usage, email, password, tenant } = context
          return { usage, email, password, tenantId: tenant?.id }
        },
        onDone: [
          {
            guard: { type: 'isOfOtherTenant', params: ({ event }) => event.output },
            actions: { type: 'reportTenantMatch', params: { matched: false } },
            target: 'refusedByTenant',
          },
          {
            guard: { type: 'isSignedIn', params: ({ event }) => event.output },
            actions: [
              { type: 'reportTenantMatch', params: { matched: true } },
              {
                type: 'conclude',
                params: ({ event }) =>
                  event.output.kind === 'signedIn' ? event.output : doesNotApply('', 'sign-in skipped'),
              },
            ],
            target: 'settled',
          },
          {
            guard: { type: 'isWrongPassword', params: ({ event }) => event.output },
            actions: { type: 'complain', params: 'wrongPassword' },
            target: 'enteringPassword',
          },
          { guard: { type: 'isProofWanted', params: ({ event }) => event.output }, target: 'sendingProof' },
          {
            guard: { type: 'isProofMissing', params: ({ event }) => event.output },
            actions: { type: 'noteTrouble', params: ({ event }) => troubleOf(event.output) },
            target: 'missingProof',
          },
          { actions: { type: 'noteTrouble', params: ({ event }) => troubleOf(event.output) }, target: 'failed' },
        ],
      },
    },
    sendingProof: {
      meta: shows('signIn', '1.6 [C, M]'),
      invoke: {
        id: 'sendProof',
        src: 'sendProof',
        onDone: [
          {
            guard: { type: 'isSent', params: ({ event }) => event.output },
            actions: { type: 'noteNumber', params: ({ event }) => event.output },
            target: 'provingIdentity',
          },
          { actions: { type: 'noteTrouble', params: ({ event }) => troubleOf(event.output) }, target: 'failed' },
        ],
      },
    },
    provingIdentity: {
      meta: shows('signIn', '1.6 [C, M]'),
      after: { sessionLifetime: { actions: { type: 'complain', params: 'timedOut' }, target: 'enteringEmail' } },
      on: { 'user.back': { actions: 'startOver', target: 'enteringEmail' } },
      invoke: {
        id: 'awaitProof',
        src: 'awaitProof',
        input: ({ context }) => ({ tenantId: context.tenant?.id }),
        onDone: [
          {
            guard: { type: 'isOfOtherTenant', params: ({ event }) => event.output },
            actions: { type: 'reportTenantMatch', params: { matched: false } },
            target: 'refusedByTenant',
          },
          {
            guard: { type: 'isSignedIn', params: ({ event }) => event.output },
            actions: [
              { type: 'reportTenantMatch', params: { matched: true } },
              {
                type: 'conclude',
                params: ({ event }) =>
                  event.output.kind === 'signedIn' ? event.output : doesNotApply('', 'sign-in skipped'),
              },
            ],
            target: 'settled',
          },
          { actions: { type: 'noteTrouble', params: ({ event }) => troubleOf(event.output) }, target: 'unproven' },
        ],
      },
    },
    unproven: {
      meta: asks('signIn', '1.6 [C, M]', '1.6 [U]'),
      on: {
        'user.tryAgain': { actions: { type: 'noteTrouble', params: null }, target: 'sendingProof' },
        'user.back': { actions: 'startOver', target: 'enteringEmail' },
      },
    },
    missingProof: {
      meta: asks('signIn', '1.6 [M]', '4.9 [M]'),
      on: { 'user.tryAgain': { actions: 'startOver', target: 'enteringEmail' } },
    },
    refusedByTenant: {
      meta: asks('signIn', '1.6 [D]', '3.4 [D]'),
      on: { 'user.tryAgain': { actions: 'startOver', target: 'enteringEmail' } },
    },
    failed: {
      meta: asks('signIn', '4.9 [B]', '4.9 [S]'),
      on: { 'user.tryAgain': { actions: 'startOver', target: 'enteringEmail' } },
    },
    settled: { type: 'final' },
  },
})
