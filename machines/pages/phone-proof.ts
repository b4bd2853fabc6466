import { assign, fromPromise, setup } from 'xstate'
import type { Account } from '../../src/domain/autopilot.ts'
import type { Trouble } from '../../src/domain/trouble.ts'
import type { Carried } from '../carried.ts'
import { mustBeProvided } from '../must-be-provided.ts'
import { answered, endings, fromEnding, known } from '../outcomes.ts'
import { hidden, type StateMeta } from '../page.ts'

export interface PhoneProofInput {
  /** The notification on its way to the phone. */
  proof: Carried
  /** The tenant of the profile; undefined without one. */
  tenantId: string | undefined
}

export type ProofAnswer =
  | { kind: 'pending'; proof: Carried }
  | { kind: 'signedIn'; account: Account }
  | { kind: 'refused'; trouble: Trouble | null }

export type PhoneProofOutcome = Exclude<ProofAnswer, { kind: 'pending' }>

export interface PhoneProofContext extends PhoneProofInput {
  account: Account | null
  trouble: Trouble | null
}

/** Asks again and again whether the person has answered on the phone. */
export const phoneProofMachine = setup({
  types: {} as {
    input: PhoneProofInput
    context: PhoneProofContext
    output: PhoneProofOutcome
    meta: StateMeta
  },
  actors: { pollProof: fromPromise<ProofAnswer, PhoneProofInput>(mustBeProvided('pollProof')) },
  guards: {
    isPending: (_, answer: ProofAnswer) => answer.kind === 'pending',
    isSignedIn: (_, answer: ProofAnswer) => answer.kind === 'signedIn',
  },
  actions: {
    noteProof: assign({
      proof: ({ context }, answer: ProofAnswer) => (answer.kind === 'pending' ? answer.proof : context.proof),
    }),
    noteAccount: assign({ account: (_, answer: ProofAnswer) => (answer.kind === 'signedIn' ? answer.account : null) }),
    noteTrouble: assign({ trouble: (_, answer: ProofAnswer) => (answer.kind === 'refused' ? answer.trouble : null) }),
  },
  // Between two questions: observed of the sign-in page's script.
  delays: { untilNextPoll: 1_000 },
}).createMachine({
  id: 'phoneProof',
  context: ({ input }) => ({ ...input, account: null, trouble: null }),
  output: fromEnding<PhoneProofOutcome>(),
  initial: 'waiting',
  states: {
    waiting: { meta: hidden('1.6 [C, M]'), after: { untilNextPoll: 'polling' } },
    polling: {
      meta: hidden('1.6 [C, M]'),
      invoke: {
        id: 'pollProof',
        src: 'pollProof',
        input: ({ context: { proof, tenantId } }) => ({ proof, tenantId }),
        onDone: [
          {
            guard: { type: 'isPending', params: answered },
            actions: { type: 'noteProof', params: answered },
            target: 'waiting',
          },
          {
            guard: { type: 'isSignedIn', params: answered },
            actions: { type: 'noteAccount', params: answered },
            target: 'signedIn',
          },
          { actions: { type: 'noteTrouble', params: answered }, target: 'refused' },
        ],
      },
    },
    ...endings<PhoneProofContext, PhoneProofOutcome>({
      signedIn: ({ account }) => ({ kind: 'signedIn', account: known(account, 'an account') }),
      refused: ({ trouble }) => ({ kind: 'refused', trouble }),
    }),
  },
})
