import { ACCOUNT, TROUBLE } from '../sample-facts.ts'
import type { Samples } from '../samples.ts'
import type { phoneProofMachine } from './phone-proof.ts'

export const phoneProofSamples: Samples<typeof phoneProofMachine> = {
  inputs: { ordinary: { proof: {}, tenantId: ACCOUNT.tenantId } },
  events: [],
  done: {
    pollProof: [
      { kind: 'pending', proof: {} },
      { kind: 'signedIn', account: ACCOUNT },
      { kind: 'refused', trouble: TROUBLE },
    ],
  },
}
