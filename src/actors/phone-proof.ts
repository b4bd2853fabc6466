import { type PhoneProofInput, type ProofAnswer, phoneProofMachine } from '../../machines/pages/phone-proof.ts'
import { pollProof } from '../service/entra/second-factor.ts'
import { accept, STARTED_PROOF, signInTrouble } from './authentication.ts'
import { working } from './bindings.ts'

export const phoneProof = phoneProofMachine.provide({
  actors: {
    pollProof: working<ProofAnswer, PhoneProofInput>(async (run, { proof, tenantId }, signal) => {
      const sent = STARTED_PROOF.open(proof)
      const answer = await pollProof(run.service, sent.started, signal)
      if (!answer.ok) return { kind: 'refused', trouble: signInTrouble(answer.trouble) }
      if (answer.value.kind === 'pending') {
        return { kind: 'pending', proof: STARTED_PROOF.pack({ ...sent, started: answer.value.started }) }
      }
      const accepted = accept(run, answer.value, sent.password, tenantId)
      return accepted.kind === 'signedIn' ? accepted : { kind: 'refused', trouble: null }
    }),
  },
})
