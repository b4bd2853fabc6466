import { assign, fromPromise, setup } from 'xstate'
import type { Trouble } from '../../src/domain/trouble.ts'
import { mustBeProvided } from '../must-be-provided.ts'
import { asks, type DoesNotApply, doesNotApply, hidden, type StateMeta, shows, type UserEvent } from '../page.ts'

export interface TpmAttestationInput {
  isSelfDeploying: boolean
  /** The token of the attestation is for the join and for the enrolment: it is needed until the second is done. */
  isEnrolled: boolean
}

export type Attestation = { kind: 'attested' } | { kind: 'refused'; trouble: Trouble }

export type TpmAttestationOutcome = { kind: 'attested' } | { kind: 'reset' } | DoesNotApply

export interface TpmAttestationContext extends TpmAttestationInput {
  trouble: Trouble | null
  outcome: TpmAttestationOutcome
}

/** `Securing your hardware`: the device proves its TPM, in self-deploying mode only. */
export const tpmAttestationMachine = setup({
  types: {} as {
    input: TpmAttestationInput
    context: TpmAttestationContext
    events: UserEvent<'user.tryAgain'> | UserEvent<'user.reset'>
    output: TpmAttestationOutcome
    meta: StateMeta
  },
  actors: { attest: fromPromise<Attestation>(mustBeProvided('attest')) },
  guards: {
    isUserDriven: ({ context }) => !context.isSelfDeploying,
    isEnrolled: ({ context }) => context.isEnrolled,
    isAttested: (_, answer: Attestation) => answer.kind === 'attested',
  },
  actions: {
    conclude: assign({ outcome: (_, outcome: TpmAttestationOutcome) => outcome }),
    noteTrouble: assign({ trouble: (_, trouble: Trouble | null) => trouble }),
  },
}).createMachine({
  id: 'tpmAttestation',
  context: ({ input }) => ({ ...input, trouble: null, outcome: { kind: 'attested' } }),
  output: ({ context }) => context.outcome,
  initial: 'deciding',
  states: {
    deciding: {
      meta: hidden('2.1 [D]'),
      always: [
        {
          guard: 'isUserDriven',
          actions: {
            type: 'conclude',
            params: () => doesNotApply('user-driven mode: no attestation', 'Securing your hardware not required'),
          },
          target: 'settled',
        },
        {
          guard: 'isEnrolled',
          actions: { type: 'conclude', params: () => doesNotApply('the device is enrolled', 'attestation skipped') },
          target: 'settled',
        },
        { target: 'attesting' },
      ],
    },
    attesting: {
      meta: shows('tpmAttestation', '2.3 [D]', '4.1 [D]'),
      invoke: {
        id: 'attest',
        src: 'attest',
        onDone: [
          { guard: { type: 'isAttested', params: ({ event }) => event.output }, target: 'settled' },
          {
            actions: {
              type: 'noteTrouble',
              params: ({ event }) => (event.output.kind === 'refused' ? event.output.trouble : null),
            },
            target: 'failed',
          },
        ],
      },
    },
    failed: {
      meta: asks('tpmAttestation', '4.1 [S]', '4.9 [D]'),
      on: {
        'user.tryAgain': 'attesting',
        'user.reset': { actions: { type: 'conclude', params: { kind: 'reset' } }, target: 'settled' },
      },
    },
    settled: { type: 'final' },
  },
})
