import { assign, fromPromise, setup } from 'xstate'
import type { Trouble } from '../../src/domain/trouble.ts'
import { mustBeProvided } from '../must-be-provided.ts'
import { asks, type DoesNotApply, doesNotApply, hidden, type StateMeta, shows, type UserEvent } from '../page.ts'

export interface EnrollmentInput {
  isEnrolled: boolean
  isSelfDeploying: boolean
  isPersonal: boolean
}

/** A step of the enrolment went well, or ended it with an HRESULT. */
export type EnrollmentStep = { kind: 'done' } | { kind: 'refused'; trouble: Trouble }

export type EnrollmentOutcome = { kind: 'enrolled' } | { kind: 'startOver' } | DoesNotApply

export interface EnrollmentContext extends EnrollmentInput {
  trouble: Trouble | null
  outcome: EnrollmentOutcome
}

/**
 * MS-MDE2 from discovery to the provisioning document: `Registering your device for mobile management`.
 * Nothing is repeated by itself; the page offers to try again.
 */
export const enrollmentMachine = setup({
  types: {} as {
    input: EnrollmentInput
    context: EnrollmentContext
    events: UserEvent<'user.tryAgain'> | UserEvent<'user.startOver'>
    output: EnrollmentOutcome
    meta: StateMeta
  },
  actors: {
    discover: fromPromise<EnrollmentStep>(mustBeProvided('discover')),
    getPolicies: fromPromise<EnrollmentStep>(mustBeProvided('getPolicies')),
    requestSecurityToken: fromPromise<EnrollmentStep>(mustBeProvided('requestSecurityToken')),
    applyProvisioning: fromPromise<EnrollmentStep>(mustBeProvided('applyProvisioning')),
  },
  guards: {
    isEnrolled: ({ context }) => context.isEnrolled,
    isPersonal: ({ context }) => context.isPersonal,
    isRefused: (_, step: EnrollmentStep) => step.kind === 'refused',
  },
  actions: {
    conclude: assign({ outcome: (_, outcome: EnrollmentOutcome) => outcome }),
    noteTrouble: assign({ trouble: (_, step: EnrollmentStep) => (step.kind === 'refused' ? step.trouble : null) }),
  },
}).createMachine({
  id: 'enrollment',
  context: ({ input }) => ({ ...input, trouble: null, outcome: { kind: 'enrolled' } }),
  output: ({ context }) => context.outcome,
  initial: 'deciding',
  states: {
    deciding: {
      meta: hidden('2.2 [D]'),
      always: [
        {
          guard: 'isPersonal',
          actions: { type: 'conclude', params: () => doesNotApply('a personal account', 'no MDM enrolment') },
          target: 'settled',
        },
        {
          guard: 'isEnrolled',
          actions: { type: 'conclude', params: () => doesNotApply('the device is enrolled', 'enrolment skipped') },
          target: 'settled',
        },
        { target: 'discovering' },
      ],
    },
    discovering: {
      meta: shows('enrollment', '2.2 [D]', '4.1 [D]'),
      invoke: {
        id: 'discover',
        src: 'discover',
        onDone: [
          {
            guard: { type: 'isRefused', params: ({ event }) => event.output },
            actions: { type: 'noteTrouble', params: ({ event }) => event.output },
            target: 'failed',
          },
          { target: 'gettingPolicies' },
        ],
      },
    },
    gettingPolicies: {
      meta: shows('enrollment', '4.1 [D]'),
      invoke: {
        id: 'getPolicies',
        src: 'getPolicies',
        onDone: [
          {
            guard: { type: 'isRefused', params: ({ event }) => event.output },
            actions: { type: 'noteTrouble', params: ({ event }) => event.output },
            target: 'failed',
          },
          { target: 'requestingCertificate' },
        ],
      },
    },
    requestingCertificate: {
      meta: shows('enrollment', '4.1 [D]'),
      invoke: {
        id: 'requestSecurityToken',
        src: 'requestSecurityToken',
        onDone: [
          {
            guard: { type: 'isRefused', params: ({ event }) => event.output },
            actions: { type: 'noteTrouble', params: ({ event }) => event.output },
            target: 'failed',
          },
          { target: 'applyingProvisioning' },
        ],
      },
    },
    applyingProvisioning: {
      meta: shows('enrollment', '4.1 [D]'),
      invoke: {
        id: 'applyProvisioning',
        src: 'applyProvisioning',
        onDone: [
          {
            guard: { type: 'isRefused', params: ({ event }) => event.output },
            actions: { type: 'noteTrouble', params: ({ event }) => event.output },
            target: 'failed',
          },
          { target: 'settled' },
        ],
      },
    },
    failed: {
      meta: asks('enrollment', '4.9 [D]', '4.9 [S]'),
      on: {
        'user.tryAgain': 'discovering',
        'user.startOver': { actions: { type: 'conclude', params: { kind: 'startOver' } }, target: 'settled' },
      },
    },
    settled: { type: 'final' },
  },
})
