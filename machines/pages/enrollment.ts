import { assign, fromPromise, setup } from 'xstate'
import type { Trouble } from '../../src/domain/trouble.ts'
import type { Carried } from '../carried.ts'
import { mustBeProvided } from '../must-be-provided.ts'
import { answered, endings, fromEnding, known, skips, troubleTo } from '../outcomes.ts'
import {
  asks,
  type DoesNotApply,
  type EndsAtFailure,
  endsAtFailure,
  FAILING,
  type GaveUp,
  hidden,
  type StateMeta,
  shows,
  type UserEvent,
} from '../page.ts'
import type { JoinsAs } from './device-join.ts'

export interface EnrollmentInput extends EndsAtFailure {
  isEnrolled: boolean
  enrollsAs: JoinsAs
  isPersonal: boolean
}

/** The enrolment was ended with an HRESULT. */
export interface Refused {
  kind: 'refused'
  trouble: Trouble
}

/** The services that the tenant's discovery names, and what the requests to them are authenticated with. */
export type Discovery = { kind: 'done'; services: Carried } | Refused | { kind: 'notInScope' }

/** The key that the policy asks for. `waitMs`: its attestation failed, and is tried for so long. */
export type PolicyAnswer = { kind: 'done'; key: Carried; waitMs: number } | Refused

/** The provisioning document. */
export type Certificate = { kind: 'done'; document: Carried } | Refused

export type Provisioning = { kind: 'done' } | Refused

export interface CertificateInput {
  services: Carried
  key: Carried
  enrollsAs: JoinsAs
}

export interface ProvisioningInput {
  document: Carried
  key: Carried
}

export type EnrollmentOutcome = { kind: 'enrolled' } | { kind: 'startOver' } | GaveUp | DoesNotApply

export interface EnrollmentContext extends EnrollmentInput {
  services: Carried | null
  key: Carried | null
  waitMs: number
  document: Carried | null
  trouble: Trouble | null
  /** The tenant's MDM user scope does not have this person. */
  isOutOfScope: boolean
}

type Step = Discovery | PolicyAnswer | Certificate | Provisioning

const SKIPS = skips<EnrollmentContext>('enrolment skipped')({
  isPersonal: { when: ({ isPersonal }) => isPersonal, fact: 'a personal account', effect: 'no MDM enrolment' },
  isEnrolled: { when: ({ isEnrolled }) => isEnrolled, fact: 'the device is enrolled' },
  isOutOfScope: {
    when: ({ isOutOfScope }) => isOutOfScope,
    fact: 'the sign-in names no device management: the MDM user scope does not have this user',
    later: true,
  },
})

const REFUSED = { guard: { type: 'isRefused', params: answered }, ...troubleTo('failing') } as const

/**
 * MS-MDE2 from discovery to the provisioning document: `Registering your device for mobile management`.
 * A step that failed is not repeated; the page offers to try again.
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
    discover: fromPromise<Discovery>(mustBeProvided('discover')),
    getPolicies: fromPromise<PolicyAnswer, Carried>(mustBeProvided('getPolicies')),
    requestSecurityToken: fromPromise<Certificate, CertificateInput>(mustBeProvided('requestSecurityToken')),
    applyProvisioning: fromPromise<Provisioning, ProvisioningInput>(mustBeProvided('applyProvisioning')),
  },
  guards: {
    ...SKIPS.guards,
    endsAtFailure,
    isNotInScope: (_, step: Discovery) => step.kind === 'notInScope',
    isRefused: (_, step: Step) => step.kind === 'refused',
    mustWait: (_, answer: PolicyAnswer) => answer.kind === 'done' && answer.waitMs > 0,
  },
  actions: {
    noteServices: assign({ services: (_, step: Discovery) => ('services' in step ? step.services : null) }),
    noteKey: assign({
      key: (_, step: PolicyAnswer) => ('key' in step ? step.key : null),
      waitMs: (_, step: PolicyAnswer) => ('waitMs' in step ? step.waitMs : 0),
    }),
    noteDocument: assign({ document: (_, step: Certificate) => ('document' in step ? step.document : null) }),
    leaveOut: assign({ isOutOfScope: true }),
    noteTrouble: assign({ trouble: (_, trouble: Trouble | null) => trouble }),
  },
  delays: { attestationTime: ({ context }) => context.waitMs },
}).createMachine({
  id: 'enrollment',
  context: ({ input }) => ({
    ...input,
    services: null,
    key: null,
    waitMs: 0,
    document: null,
    trouble: null,
    isOutOfScope: false,
  }),
  output: fromEnding<EnrollmentOutcome>(),
  initial: 'deciding',
  states: {
    deciding: { meta: hidden('2.2 [D]'), always: [...SKIPS.always, { target: 'discovering' }] },
    discovering: {
      meta: shows('enrollment', '2.2 [D]', '4.1 [D]'),
      invoke: {
        id: 'discover',
        src: 'discover',
        onDone: [
          { guard: { type: 'isNotInScope', params: answered }, actions: 'leaveOut', target: 'doesNotApply' },
          REFUSED,
          { actions: { type: 'noteServices', params: answered }, target: 'gettingPolicies' },
        ],
      },
    },
    gettingPolicies: {
      meta: shows('enrollment', '4.1 [D]'),
      invoke: {
        id: 'getPolicies',
        src: 'getPolicies',
        input: ({ context }) => known(context.services, 'services'),
        onDone: [
          REFUSED,
          {
            guard: { type: 'mustWait', params: answered },
            actions: { type: 'noteKey', params: answered },
            target: 'attestingKey',
          },
          { actions: { type: 'noteKey', params: answered }, target: 'requestingCertificate' },
        ],
      },
    },
    // RetryOnError: that the device continues once the time is up is an assumption.
    attestingKey: {
      meta: shows('enrollment', 'mdm-protocols 1.4 [S]'),
      after: { attestationTime: 'requestingCertificate' },
    },
    requestingCertificate: {
      meta: shows('enrollment', '4.1 [D]'),
      invoke: {
        id: 'requestSecurityToken',
        src: 'requestSecurityToken',
        input: ({ context: { services, key, enrollsAs } }) => ({
          services: known(services, 'services'),
          key: known(key, 'a key'),
          enrollsAs,
        }),
        onDone: [REFUSED, { actions: { type: 'noteDocument', params: answered }, target: 'applyingProvisioning' }],
      },
    },
    applyingProvisioning: {
      meta: shows('enrollment', '4.1 [D]'),
      invoke: {
        id: 'applyProvisioning',
        src: 'applyProvisioning',
        input: ({ context: { document, key } }) => ({
          document: known(document, 'a provisioning document'),
          key: known(key, 'a key'),
        }),
        onDone: [REFUSED, { target: 'enrolled' }],
      },
    },
    failing: FAILING,
    failed: {
      meta: asks('enrollment', '4.9 [D]', '4.9 [S]'),
      on: { 'user.tryAgain': 'discovering', 'user.startOver': 'startOver' },
    },
    ...endings<EnrollmentContext, EnrollmentOutcome>({
      enrolled: { kind: 'enrolled' },
      startOver: { kind: 'startOver' },
      gaveUp: ({ trouble }) => ({ kind: 'gaveUp', trouble: known(trouble, 'trouble') }),
      doesNotApply: SKIPS.outcome,
    }),
  },
})
