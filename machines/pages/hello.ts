import { assign, fromPromise, setup } from 'xstate'
import type { PinFault, PinRules } from '../../src/domain/hello.ts'
import { pinFault } from '../../src/domain/hello.ts'
import type { Why } from '../../src/domain/screen.ts'
import type { Secret } from '../../src/domain/secret.ts'
import type { Trouble } from '../../src/domain/trouble.ts'
import { mustBeProvided } from '../must-be-provided.ts'
import { answered, endings, fromEnding, known, skips, troubleTo } from '../outcomes.ts'
import { asks, type DoesNotApply, hidden, type StateMeta, shows, type UserEvent } from '../page.ts'
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

export interface HelloInput {
  /** This person has set it up, or left it out. */
  isDone: boolean
  isJoined: boolean
  /** Whose key it is: the tenant of the person at the device. */
  tenantId: string | undefined
}

/** What the prerequisites of Windows Hello say. */
export type HelloCheck = { kind: 'launches'; rules: PinRules; why: Why[] } | { kind: 'refused'; why: Why[] }

export type HelloKey = { kind: 'registered' } | { kind: 'trouble'; trouble: Trouble }

export type HelloOutcome = { kind: 'setUp' } | { kind: 'skipped' } | DoesNotApply

export interface HelloContext extends HelloInput, ProofContext {
  rules: PinRules | null
  why: Why[]
  /** Of the PIN that was entered last. */
  fault: PinFault | null
  trouble: Trouble | null
}

const SKIPS = skips<HelloContext>('Windows Hello skipped')({
  isDone: { when: ({ isDone }) => isDone, fact: 'Windows Hello was dealt with before' },
  isNotJoined: { when: ({ isJoined }) => !isJoined, fact: 'the device has not joined an organization' },
})

export interface NewPin {
  pin: Secret | undefined
  confirmation: Secret | undefined
}

const newPin = ({ event }: { event: UserEvent<'user.ok'> }): NewPin => ({
  pin: event.secrets.pin,
  confirmation: event.secrets.confirmPin,
})

const faultOf = ({ rules }: HelloContext, { pin, confirmation }: NewPin): PinFault | undefined =>
  pinFault(pin?.reveal() ?? '', confirmation?.reveal() ?? '', known(rules, 'rules for a PIN'))

/** Windows Hello for Business, at the first sign-in of a person to a device that has joined: a second proof, a PIN, a key. */
export const helloMachine = setup({
  types: {} as {
    input: HelloInput
    context: HelloContext
    events: UserEvent<'user.ok'> | UserEvent<'user.cancel'> | UserEvent<'user.tryAgain'> | UserEvent<'user.skip'>
    output: HelloOutcome
    meta: StateMeta
  },
  actors: {
    checkPrerequisites: fromPromise<HelloCheck, { tenantId: string | undefined }>(mustBeProvided('checkPrerequisites')),
    ...proofActors,
    registerKey: fromPromise<HelloKey>(mustBeProvided('registerKey')),
  },
  guards: {
    ...SKIPS.guards,
    launches: (_, check: HelloCheck) => check.kind === 'launches',
    ...proofGuards,
    isGood: ({ context }, pins: NewPin) => faultOf(context, pins) === undefined,
    isRegistered: (_, key: HelloKey) => key.kind === 'registered',
  },
  actions: {
    noteCheck: assign({
      rules: (_, check: HelloCheck) => (check.kind === 'launches' ? check.rules : null),
      why: (_, check: HelloCheck) => check.why,
    }),
    noteProof: assign(({ context }, step: ProofStep) => proofAfter(context, step)),
    noteFault: assign({ fault: ({ context }, pins: NewPin) => faultOf(context, pins) ?? null }),
    noteTrouble: assign({ trouble: (_, trouble: Trouble | null) => trouble }),
    beginAnew: assign({ ...NO_PROOF, fault: null, trouble: null }),
    /** The event log says how it ended. */
    reportSkip: mustBeProvided('reportSkip') as () => void,
  },
}).createMachine({
  id: 'hello',
  context: ({ input }) => ({
    ...input,
    rules: null,
    why: [],
    ...NO_PROOF,
    fault: null,
    trouble: null,
  }),
  output: fromEnding<HelloOutcome>(),
  initial: 'deciding',
  states: {
    deciding: { meta: hidden('10 S25'), always: [...SKIPS.always, { target: 'checking' }] },
    checking: {
      meta: hidden('1.7 [M]', '8.3 [F]'),
      invoke: {
        id: 'checkPrerequisites',
        src: 'checkPrerequisites',
        input: ({ context }) => ({ tenantId: context.tenantId }),
        onDone: [
          {
            guard: { type: 'launches', params: answered },
            actions: { type: 'noteCheck', params: answered },
            target: 'introducing',
          },
          { actions: { type: 'noteCheck', params: answered }, target: 'doesNotApply' },
        ],
      },
    },
    // There is no button but this one.
    introducing: { meta: asks('hello', '1.7 [M]'), on: { 'user.ok': 'requestingProof' } },
    requestingProof: requestingProof('hello', '1.7 [C]', 'enteringPin'),
    sendingProof: sendingProof('hello', '1.7 [C]'),
    provingIdentity: {
      meta: shows('hello', '1.7 [C]'),
      on: { 'user.cancel': 'failed' },
      invoke: { ...askPhone(({ tenantId }: HelloContext) => tenantId), onDone: provenTo('enteringPin') },
    },
    enteringPin: {
      meta: asks('hello', '1.7 [C]'),
      on: {
        'user.ok': [
          {
            guard: { type: 'isGood', params: newPin },
            actions: { type: 'noteFault', params: newPin },
            target: 'registeringKey',
          },
          { actions: { type: 'noteFault', params: newPin } },
        ],
        'user.cancel': 'failed',
      },
    },
    registeringKey: {
      meta: shows('hello', '1.7 [C]'),
      invoke: {
        id: 'registerKey',
        src: 'registerKey',
        onDone: [{ guard: { type: 'isRegistered', params: answered }, target: 'allSet' }, troubleTo('failed')],
      },
    },
    allSet: { meta: asks('hello', '1.7 [C]'), on: { 'user.ok': 'setUp' } },
    failed: {
      meta: asks('hello', '1.7 [C]', '4.9 [F]'),
      on: {
        'user.tryAgain': { actions: 'beginAnew', target: 'requestingProof' },
        'user.skip': { actions: 'reportSkip', target: 'skipped' },
      },
    },
    ...endings<HelloContext, HelloOutcome>({
      setUp: { kind: 'setUp' },
      skipped: { kind: 'skipped' },
      doesNotApply: (context) =>
        context.why.length > 0 ? { kind: 'doesNotApply', why: context.why } : SKIPS.outcome(context),
    }),
  },
})
