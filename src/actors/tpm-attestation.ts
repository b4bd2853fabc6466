import {
  type AttestationTry,
  attestationTriesMachine,
  type TpmReadiness,
} from '../../machines/attestation/attestation-tries.ts'
import { tpmAttestationMachine } from '../../machines/pages/tpm-attestation.ts'
import type { AttestationInput } from './attest.ts'
import { working } from './bindings.ts'

/** Loaded when a device attests: other deployment modes do not pay for it. */
const attestation = () => import('./attest.ts')

export const tpmAttestation = tpmAttestationMachine.provide({
  actors: {
    attestationTries: attestationTriesMachine.provide({
      actors: {
        checkTpm: working<TpmReadiness>(async (run, _, signal) => (await attestation()).checkTpm(run, signal)),
        attestOnce: working<AttestationTry, AttestationInput>(async (run, input, signal) =>
          (await attestation()).attestOnce(run, input, signal),
        ),
      },
    }),
  },
})
