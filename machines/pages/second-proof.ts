import { fromPromise } from 'xstate'
import type { PageId } from '../../src/domain/pages.ts'
import type { Trouble } from '../../src/domain/trouble.ts'
import type { Carried } from '../carried.ts'
import { mustBeProvided } from '../must-be-provided.ts'
import { answered, known, troubleTo } from '../outcomes.ts'
import { shows } from '../page.ts'
import { type PhoneProofOutcome, phoneProofMachine } from './phone-proof.ts'

/** The sign-in that a page asks for once more, with a second proof whatever the organization asks of a sign-in. */
export type RequestedProof =
  | { kind: 'proofWanted'; proof: Carried }
  /** The person has signed in with more than a password, and is asked for nothing else. */
  | { kind: 'proven' }
  | { kind: 'trouble'; trouble: Trouble }

/** A notification was sent to the person's phone, which asks for this number. */
export type SentProof = { kind: 'sent'; number: string; proof: Carried } | { kind: 'trouble'; trouble: Trouble }

/** What a page knows of the second proof that its sign-in waits for. */
export interface ProofContext {
  proof: Carried | null
  /** What the person enters on the phone. */
  number: string
}

export const NO_PROOF = { proof: null, number: '' } as const

export const proofActors = {
  requestProof: fromPromise<RequestedProof>(mustBeProvided('requestProof')),
  sendProof: fromPromise<SentProof, Carried>(mustBeProvided('sendProof')),
  phoneProof: phoneProofMachine,
}

export const proofGuards = {
  isProofWanted: (_: unknown, answer: { kind: string }) => answer.kind === 'proofWanted',
  hasProof: (_: unknown, answer: RequestedProof) => answer.kind === 'proven',
  isSent: (_: unknown, sent: SentProof) => sent.kind === 'sent',
  isProven: (_: unknown, answer: PhoneProofOutcome) => answer.kind === 'signedIn',
}

/** What a step on the way may bring. */
export interface ProofStep {
  kind: string
  proof?: Carried
  number?: string
}

/** What is known of the proof after this step. */
export const proofAfter = ({ proof }: ProofContext, step: ProofStep): ProofContext => ({
  proof: step.proof ?? proof,
  number: step.number ?? '',
})

/** The organization asks for a second proof of the person. */
export const TO_PROOF = {
  guard: { type: 'isProofWanted', params: answered },
  actions: { type: 'noteProof', params: answered },
  target: 'sendingProof',
} as const

/** Where the page asks for a sign-in that has a second proof. `proven`: the state in which there is one. */
export const requestingProof = <Proven extends string>(page: PageId, source: string, proven: Proven) =>
  ({
    meta: shows(page, source),
    invoke: {
      id: 'requestProof',
      src: 'requestProof',
      onDone: [TO_PROOF, { guard: { type: 'hasProof', params: answered }, target: proven }, troubleTo('failed')],
    },
  }) as const

export const sendingProof = (page: PageId, source: string) =>
  ({
    meta: shows(page, source),
    invoke: {
      id: 'sendProof',
      src: 'sendProof',
      input: ({ context }: { context: ProofContext }) => known(context.proof, 'a proof'),
      onDone: [
        {
          guard: { type: 'isSent', params: answered },
          actions: { type: 'noteProof', params: answered },
          target: 'provingIdentity',
        },
        troubleTo('failed'),
      ],
    },
  }) as const

/** The person answers on the phone. `tenantOf`: the tenant that the account has to be of. */
export const askPhone = <Context extends ProofContext>(tenantOf: (context: Context) => string | undefined) =>
  ({
    id: 'phoneProof',
    src: 'phoneProof',
    input: ({ context }: { context: Context }) => ({
      proof: known(context.proof, 'a proof'),
      tenantId: tenantOf(context),
    }),
  }) as const

/** The phone's answer on a page that has the account already. */
export const provenTo = <Proven extends string>(proven: Proven) =>
  [{ guard: { type: 'isProven', params: answered }, target: proven }, troubleTo('failed')] as const
