import { assign, fromPromise, setup } from 'xstate'
import type { Secret } from '../../src/domain/secret.ts'
import type { Trouble } from '../../src/domain/trouble.ts'
import { mustBeProvided } from '../must-be-provided.ts'
import { answered, endings, fromEnding } from '../outcomes.ts'
import { asks, type StateMeta, shows, type UserEvent } from '../page.ts'
import { type Entered, entered, isEntered, takeEntered } from './authentication.ts'

export interface AdministratorCredentials {
  email: string
  password: Secret
}

/** Whether an account may reset the device: one of its local administrators. */
export type Permission =
  | { kind: 'granted' }
  | { kind: 'wrongPassword' }
  | { kind: 'notAdministrator' }
  | { kind: 'trouble'; trouble: Trouble }

export type LocalResetOutcome = { kind: 'reset' } | { kind: 'cancelled' }

export interface LocalResetContext {
  credentials: AdministratorCredentials | null
  refusal: Exclude<Permission['kind'], 'granted'> | null
  trouble: Trouble | null
}

/** Ctrl+Windows key+R at the sign-in screen: an administrator signs in, and the device begins an Autopilot Reset (2.6 [D]). */
export const localResetMachine = setup({
  types: {} as {
    input: Record<string, never>
    context: LocalResetContext
    events: UserEvent<'user.reset'> | UserEvent<'user.cancel'> | UserEvent<'user.close'>
    output: LocalResetOutcome
    meta: StateMeta
  },
  actors: {
    authorize: fromPromise<Permission, AdministratorCredentials>(mustBeProvided('authorize')),
    checkRecovery: fromPromise<Trouble | null>(mustBeProvided('checkRecovery')),
  },
  guards: {
    isComplete: (_, typed: Entered) => isEntered(typed),
    isGranted: (_, permission: Permission) => permission.kind === 'granted',
    isPossible: (_, trouble: Trouble | null) => trouble === null,
  },
  actions: {
    take: assign({
      credentials: (_, typed: Entered) => takeEntered(typed),
      refusal: null,
      trouble: null,
    }),
    forget: assign({ credentials: null }),
    noteRefusal: assign({
      refusal: (_, permission: Permission) => (permission.kind === 'granted' ? null : permission.kind),
      trouble: (_, permission: Permission) => (permission.kind === 'trouble' ? permission.trouble : null),
    }),
    noteTrouble: assign({ trouble: (_, trouble: Trouble | null) => trouble }),
  },
}).createMachine({
  id: 'localReset',
  context: { credentials: null, refusal: null, trouble: null },
  output: fromEnding<LocalResetOutcome>(),
  initial: 'asking',
  states: {
    asking: {
      meta: asks('localReset', '2.6 [D]'),
      on: {
        'user.reset': {
          guard: { type: 'isComplete', params: entered },
          actions: { type: 'take', params: entered },
          target: 'authorizing',
        },
        'user.cancel': 'cancelled',
      },
    },
    authorizing: {
      meta: shows('localReset', '2.6 [D]'),
      exit: 'forget',
      invoke: {
        id: 'authorize',
        src: 'authorize',
        input: ({ context: { credentials } }) => {
          if (!credentials) throw new Error('a reset is authorized without credentials')
          return credentials
        },
        onDone: [
          { guard: { type: 'isGranted', params: answered }, target: 'checking' },
          { actions: { type: 'noteRefusal', params: answered }, target: 'asking' },
        ],
      },
    },
    checking: {
      meta: shows('localReset', '2.6 [D]'),
      invoke: {
        id: 'checkRecovery',
        src: 'checkRecovery',
        onDone: [
          { guard: { type: 'isPossible', params: answered }, target: 'reset' },
          { actions: { type: 'noteTrouble', params: answered }, target: 'failed' },
        ],
      },
    },
    failed: { meta: asks('localReset', '2.6 [D]'), on: { 'user.close': 'cancelled' } },
    ...endings<LocalResetContext, LocalResetOutcome>({ reset: { kind: 'reset' }, cancelled: { kind: 'cancelled' } }),
  },
})
