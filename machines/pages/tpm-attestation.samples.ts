import { TROUBLE } from '../sample-facts.ts'
import { press, type Samples } from '../samples.ts'
import type { tpmAttestationMachine } from './tpm-attestation.ts'

export const tpmAttestationSamples: Samples<typeof tpmAttestationMachine> = {
  inputs: {
    notEnrolled: { isEnrolled: false },
    enrolled: { isEnrolled: true },
    ofTechnician: { isEnrolled: false, endsAtFailure: true },
  },
  events: [press('user.tryAgain'), press('user.reset')],
  done: { attestationTries: [{ kind: 'attested' }, { kind: 'refused', trouble: TROUBLE }] },
}
