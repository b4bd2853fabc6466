import { assign, setup } from 'xstate'
import type { Trouble } from '../../src/domain/trouble.ts'
import { type AttestationOutcome, attestationTriesMachine } from '../attestation/attestation-tries.ts'
import { answered, endings, fromEnding, known, skips } from '../outcomes.ts'
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

export interface TpmAttestationInput extends EndsAtFailure {
  /** The token of the attestation is for the join and for the enrolment: it is needed until the second is done. */
  isEnrolled: boolean
}

export type TpmAttestationOutcome = { kind: 'attested' } | { kind: 'reset' } | GaveUp | DoesNotApply

export interface TpmAttestationContext extends TpmAttestationInput {
  trouble: Trouble | null
}

const SKIPS = skips<TpmAttestationContext>('attestation skipped')({
  isEnrolled: { when: ({ isEnrolled }) => isEnrolled, fact: 'the device is enrolled' },
})

/** `Securing your hardware`: the device proves its TPM. */
export const tpmAttestationMachine = setup({
  types: {} as {
    input: TpmAttestationInput
    context: TpmAttestationContext
    events: UserEvent<'user.tryAgain'> | UserEvent<'user.reset'>
    output: TpmAttestationOutcome
    meta: StateMeta
  },
  actors: { attestationTries: attestationTriesMachine },
  guards: {
    ...SKIPS.guards,
    isAttested: (_, outcome: AttestationOutcome) => outcome.kind === 'attested',
    endsAtFailure,
  },
  actions: {
    noteTrouble: assign({
      trouble: (_, outcome: AttestationOutcome) => (outcome.kind === 'refused' ? outcome.trouble : null),
    }),
  },
}).createMachine({
  id: 'tpmAttestation',
  context: ({ input }) => ({ ...input, trouble: null }),
  output: fromEnding<TpmAttestationOutcome>(),
  initial: 'deciding',
  states: {
    deciding: { meta: hidden('2.1 [D]'), always: [...SKIPS.always, { target: 'attesting' }] },
    attesting: {
      meta: shows('tpmAttestation', '2.3 [D]', '4.1 [D]'),
      invoke: {
        id: 'attestationTries',
        src: 'attestationTries',
        onDone: [
          { guard: { type: 'isAttested', params: answered }, target: 'attested' },
          { actions: { type: 'noteTrouble', params: answered }, target: 'failing' },
        ],
      },
    },
    failing: FAILING,
    failed: {
      meta: asks('tpmAttestation', '4.1 [S]', '4.9 [D]'),
      on: { 'user.tryAgain': 'attesting', 'user.reset': 'reset' },
    },
    ...endings<TpmAttestationContext, TpmAttestationOutcome>({
      attested: { kind: 'attested' },
      reset: { kind: 'reset' },
      gaveUp: ({ trouble }) => ({ kind: 'gaveUp', trouble: known(trouble, 'trouble') }),
      doesNotApply: SKIPS.outcome,
    }),
  },
})
