import { endings, fromEnding, known, troubleOf } from '../outcomes.ts'
import { asks, hidden, shows, type UserEvent } from '../page.ts'
import {
  BLANK,
  type SignedIn,
  type SignInContext,
  type SignInOutcome,
  SKIPS,
  signInSetup,
  type TypedKey,
  type TypedPasswords,
} from './sign-in-setup.ts'

const outcome = ({ event }: { event: { output: SignedIn } }) => event.output

const typed = ({ event }: { event: UserEvent<'user.signIn'> }): TypedPasswords => ({
  first: event.secrets.newPassword,
  second: event.secrets.confirmPassword,
})

const typedKey = ({ event }: { event: UserEvent<'user.useKey'> }): TypedKey => ({
  name: event.values.securityKey ?? '',
  pin: event.secrets.pin,
})

/** The sign-in went well, with an account of the device's tenant, or of another. */
const SIGNED_IN = [
  {
    guard: { type: 'isOfOtherTenant', params: outcome },
    actions: { type: 'reportTenantMatch', params: { matched: false } },
    target: 'refusedByTenant',
  },
  {
    guard: { type: 'isSignedIn', params: outcome },
    actions: [
      { type: 'reportTenantMatch', params: { matched: true } },
      { type: 'noteAccount', params: outcome },
    ],
    target: 'signedIn',
  },
] as const

/** E-mail address, then password. With a profile the page carries the school's name, and only its accounts get in. */
export const signInMachine = signInSetup.createMachine({
  id: 'signIn',
  context: ({ input }) => ({
    ...input,
    ...BLANK,
    branding: null,
    account: null,
  }),
  output: fromEnding<SignInOutcome>(),
  initial: 'deciding',
  states: {
    deciding: {
      meta: hidden('1.6 [D]'),
      always: [...SKIPS.always, { guard: 'hasTenant', target: 'loadingBranding' }, { target: 'enteringEmail' }],
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
      meta: asks('signIn', '1.6 [D]', '1.6 [M]'),
      after: { sessionLifetime: { actions: { type: 'complain', params: 'timedOut' } } },
      on: {
        'user.next': {
          guard: { type: 'isEmail', params: ({ event }) => event.values.email ?? '' },
          actions: { type: 'takeEmail', params: ({ event }) => event.values.email ?? '' },
          target: 'lookingUpAccount',
        },
        'user.options': 'readingOptions',
      },
    },
    // What of them cannot be played is told on the page.
    readingOptions: {
      meta: asks('signIn', '1.6 [D]'),
      on: { 'user.return': 'enteringEmail', 'user.securityKey': 'insertingKey' },
    },
    insertingKey: {
      meta: asks('signIn', '1.6 [D]', '1.6 [U]'),
      after: { sessionLifetime: { actions: { type: 'complain', params: 'timedOut' }, target: 'enteringEmail' } },
      on: {
        'user.useKey': {
          guard: { type: 'isAtHand', params: typedKey },
          actions: { type: 'takeKey', params: typedKey },
          target: 'usingKey',
        },
        'user.return': { actions: 'startOver', target: 'enteringEmail' },
        'user.insertAgain': { guard: 'isHeld', actions: 'insertKeyAgain' },
      },
    },
    usingKey: {
      meta: shows('signIn', '1.6 [D]', '1.6 [U]'),
      exit: 'dropKey',
      invoke: {
        id: 'signInWithKey',
        src: 'signInWithKey',
        input: ({ context: { key, usage, tenant, isKeyInsertedAgain } }) => ({
          ...known(key, 'a security key'),
          isInsertedAgain: isKeyInsertedAgain,
          usage,
          tenantId: tenant?.id,
        }),
        onDone: [
          ...SIGNED_IN,
          {
            guard: { type: 'isRefusedByKey', params: ({ event }) => event.output },
            actions: { type: 'complainOfKey', params: ({ event }) => event.output },
            target: 'insertingKey',
          },
          { actions: { type: 'noteTrouble', params: ({ event }) => troubleOf(event.output) }, target: 'failed' },
        ],
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
            actions: { type: 'noteRealm', params: ({ event }) => event.output },
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
        'user.forgot': 'readingReset',
        'user.useAccessPass': { guard: 'hasAccessPass', actions: 'useAccessPass' },
        'user.otherAccount': { guard: 'mayChangeAccount', actions: 'startOver', target: 'enteringEmail' },
      },
    },
    readingReset: { meta: asks('signIn', '1.6 [D]'), on: { 'user.return': 'enteringPassword' } },
    authenticating: {
      meta: shows('signIn', '1.6 [D]'),
      exit: 'dropPassword',
      invoke: {
        id: 'authenticate',
        src: 'authenticate',
        input: ({ context }) => {
          if (!context.password) throw new Error('authenticating without a password')
          const { usage, email, password, tenant, realm, usesAccessPass } = context
          const credentials = { usage, email, password, tenantId: tenant?.id, realm: realm ?? undefined }
          return usesAccessPass ? { ...credentials, isAccessPass: true } : credentials
        },
        onDone: [
          ...SIGNED_IN,
          {
            guard: { type: 'isWrongPassword', params: ({ event }) => event.output },
            actions: { type: 'complain', params: 'wrongPassword' },
            target: 'enteringPassword',
          },
          {
            guard: { type: 'isNewPasswordWanted', params: ({ event }) => event.output },
            actions: { type: 'noteChange', params: ({ event }) => event.output },
            target: 'enteringNewPassword',
          },
          {
            guard: { type: 'isProofWanted', params: ({ event }) => event.output },
            actions: { type: 'noteProof', params: ({ event }) => event.output },
            target: 'sendingProof',
          },
          {
            guard: { type: 'isProofMissing', params: ({ event }) => event.output },
            actions: { type: 'noteTrouble', params: ({ event }) => troubleOf(event.output) },
            target: 'missingProof',
          },
          { actions: { type: 'noteTrouble', params: ({ event }) => troubleOf(event.output) }, target: 'failed' },
        ],
      },
    },
    enteringNewPassword: {
      meta: asks('signIn', '1.6 [U]'),
      after: { sessionLifetime: { actions: { type: 'complain', params: 'timedOut' }, target: 'enteringEmail' } },
      on: {
        'user.signIn': [
          {
            guard: { type: 'isTwiceTheSame', params: typed },
            actions: { type: 'takePassword', params: ({ event }) => event.secrets.newPassword },
            target: 'settingNewPassword',
          },
          { actions: { type: 'complain', params: 'differentPasswords' } },
        ],
        'user.back': { actions: 'startOver', target: 'enteringEmail' },
      },
    },
    settingNewPassword: {
      meta: shows('signIn', '1.6 [U]'),
      exit: 'dropPassword',
      invoke: {
        id: 'setNewPassword',
        src: 'setNewPassword',
        input: ({ context: { change, password, tenant } }) => ({
          change: known(change, 'a page for a new password'),
          password: known(password, 'a new password'),
          tenantId: tenant?.id,
        }),
        onDone: [
          ...SIGNED_IN,
          {
            guard: { type: 'isWeak', params: ({ event }) => event.output },
            actions: { type: 'complain', params: 'weakPassword' },
            target: 'enteringNewPassword',
          },
          {
            guard: { type: 'isProofWanted', params: ({ event }) => event.output },
            actions: { type: 'noteProof', params: ({ event }) => event.output },
            target: 'sendingProof',
          },
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
        input: ({ context }) => known(context.proof, 'a proof'),
        onDone: [
          {
            guard: { type: 'isSent', params: ({ event }) => event.output },
            actions: [
              { type: 'noteNumber', params: ({ event }) => event.output },
              { type: 'noteProof', params: ({ event }) => event.output },
            ],
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
        id: 'phoneProof',
        src: 'phoneProof',
        input: ({ context }) => ({ proof: known(context.proof, 'a proof'), tenantId: context.tenant?.id }),
        onDone: [
          ...SIGNED_IN,
          {
            actions: {
              type: 'noteTrouble',
              params: ({ event }) => (event.output.kind === 'refused' ? event.output.trouble : null),
            },
            target: 'unproven',
          },
        ],
      },
    },
    unproven: {
      meta: asks('signIn', '1.6 [C, M]', '1.6 [U]'),
      after: { sessionLifetime: { actions: { type: 'complain', params: 'timedOut' }, target: 'enteringEmail' } },
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
    ...endings<SignInContext, SignInOutcome>({
      signedIn: ({ account }) => ({ kind: 'signedIn', account: known(account, 'an account') }),
      doesNotApply: SKIPS.outcome,
    }),
  },
})
