import type { Carried } from '../../machines/carried.ts'
import type { SentProof } from '../../machines/pages/second-proof.ts'
import { beginProof } from '../service/entra/second-factor.ts'
import { PROOF, STARTED_PROOF, signInTrouble } from './authentication.ts'
import { working } from './bindings.ts'

/** Sends a notification to the person's phone. */
export const sendProof = working<SentProof, Carried>(async ({ service }, proof, signal) => {
  const { pending, password } = PROOF.open(proof)
  const started = await beginProof(service, pending, signal)
  if (!started.ok) return { kind: 'trouble', trouble: signInTrouble(started.trouble) }
  const { number } = started.value
  return { kind: 'sent', number, proof: STARTED_PROOF.pack({ pending, password, started: started.value }) }
})
