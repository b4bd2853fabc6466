import { answered, endings, fromEnding, known, troubleTo } from '../outcomes.ts'
import { asks, hidden, shows, type UserEvent } from '../page.ts'
import { FROM_WEAK_PASSWORD, giveNewPassword, ON_NEW_PASSWORD } from './new-password.ts'
import { askPhone, sendingProof, TO_PROOF } from './second-proof.ts'
import { BLANK, type SignInContext, type SignInOutcome, SKIPS, signInSetup, type TypedKey } from './sign-in-setup.ts'

const typedKey = ({ event }: { event: UserEvent<'user.useKey'> }): TypedKey => ({
  name: event.values.securityKey ?? '',
  pin: event.secrets.pin,
})

/** The sign-in went well, with an account of the device's tenant, or of another. */
const SIGNED_IN = [
  {
    guard: { type: 'isOfOtherTenant', params: answered },
    actions: { type: 'reportTenantMatch', params: { matched: false } },
    target: 'refusedByTenant',
  },
  {
    guard: { type: 'isSignedIn', params: answered },
    actions: [
      { type: 'reportTenantMatch', params: { matched: true } },
      { type: 'noteAccount', params: answered },
    ],
    target: 'signedIn',
  },
] as const

/** The organization asks for a second proof, and the person has one or has none; or there is trouble. */
const ON_FURTHER_PROOF = [
  TO_PROOF,
  { guard: { type: 'isProofMissing', params: answered }, ...troubleTo('missingProof') },
  troubleTo('failed'),
] as const

/** The session of the sign-in page has ended. */
const TIMED_OUT = { actions: { type: 'complain', params: 'timedOut' }, target: 'enteringEmail' } as const

const STARTED_OVER = { actions: 'startOver', target: 'enteringEmail' } as const

const tenantOf = ({ tenant }: SignInContext) => tenant?.id

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
            actions: [{ type: 'noteBranding', params: answered }, 'takeAssignedUser'],
            target: 'lookingUpAccount',
          },
          { actions: { type: 'noteBranding', params: answered }, target: 'enteringEmail' },
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
      after: { sessionLifetime: TIMED_OUT },
      on: {
        'user.useKey': {
          guard: { type: 'isAtHand', params: typedKey },
          actions: { type: 'takeKey', params: typedKey },
          target: 'usingKey',
        },
        'user.return': STARTED_OVER,
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
            guard: { type: 'isRefusedByKey', params: answered },
            actions: { type: 'complainOfKey', params: answered },
            target: 'insertingKey',
          },
          troubleTo('failed'),
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
            guard: { type: 'isFound', params: answered },
            actions: { type: 'noteRealm', params: answered },
            target: 'enteringPassword',
          },
          {
            guard: { type: 'isUnknown', params: answered },
            actions: { type: 'complain', params: 'unknownAccount' },
            target: 'enteringEmail',
          },
          troubleTo('failed'),
        ],
      },
    },
    enteringPassword: {
      meta: asks('signIn', '1.6 [D]', '1.6 [M]'),
      after: { sessionLifetime: TIMED_OUT },
      on: {
        'user.signIn': {
          guard: { type: 'hasPassword', params: ({ event }) => event.secrets.password },
          actions: { type: 'takePassword', params: ({ event }) => event.secrets.password },
          target: 'authenticating',
        },
        'user.back': STARTED_OVER,
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
            guard: { type: 'isWrongPassword', params: answered },
            actions: { type: 'complain', params: 'wrongPassword' },
            target: 'enteringPassword',
          },
          {
            guard: { type: 'isNewPasswordWanted', params: answered },
            actions: { type: 'noteChange', params: answered },
            target: 'enteringNewPassword',
          },
          ...ON_FURTHER_PROOF,
        ],
      },
    },
    enteringNewPassword: {
      meta: asks('signIn', '1.6 [U]'),
      after: { sessionLifetime: TIMED_OUT },
      on: {
        'user.signIn': ON_NEW_PASSWORD,
        'user.back': STARTED_OVER,
      },
    },
    settingNewPassword: {
      meta: shows('signIn', '1.6 [U]'),
      exit: 'dropPassword',
      invoke: {
        ...giveNewPassword(tenantOf),
        onDone: [...SIGNED_IN, FROM_WEAK_PASSWORD, ...ON_FURTHER_PROOF],
      },
    },
    sendingProof: sendingProof('signIn', '1.6 [C, M]'),
    provingIdentity: {
      meta: shows('signIn', '1.6 [C, M]'),
      after: { sessionLifetime: TIMED_OUT },
      on: { 'user.back': STARTED_OVER },
      invoke: {
        ...askPhone(tenantOf),
        onDone: [...SIGNED_IN, troubleTo('unproven')],
      },
    },
    unproven: {
      meta: asks('signIn', '1.6 [C, M]', '1.6 [U]'),
      after: { sessionLifetime: TIMED_OUT },
      on: {
        'user.tryAgain': { actions: { type: 'noteTrouble', params: null }, target: 'sendingProof' },
        'user.back': STARTED_OVER,
      },
    },
    missingProof: {
      meta: asks('signIn', '1.6 [M]', '4.9 [M]'),
      on: { 'user.tryAgain': STARTED_OVER },
    },
    refusedByTenant: {
      meta: asks('signIn', '1.6 [D]', '3.4 [D]'),
      on: { 'user.tryAgain': STARTED_OVER },
    },
    failed: {
      meta: asks('signIn', '4.9 [B]', '4.9 [S]'),
      on: { 'user.tryAgain': STARTED_OVER },
    },
    ...endings<SignInContext, SignInOutcome>({
      signedIn: ({ account }) => ({ kind: 'signedIn', account: known(account, 'an account') }),
      doesNotApply: SKIPS.outcome,
    }),
  },
})
