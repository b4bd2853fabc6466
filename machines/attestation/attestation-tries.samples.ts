import type { Trouble } from '../../src/domain/trouble.ts'
import { CODE } from '../../src/domain/windows-codes.ts'
import type { Samples } from '../samples.ts'
import type { attestationTriesMachine } from './attestation-tries.ts'

const trouble: Trouble = { code: CODE.timedOut, text: 'the TPM is not ready' }

export const attestationTriesSamples: Samples<typeof attestationTriesMachine> = {
  inputs: { ordinary: undefined },
  events: [],
  done: {
    checkTpm: [
      { kind: 'ready', tpm: {} },
      { kind: 'notReady', trouble },
      { kind: 'refused', trouble },
    ],
    attestOnce: [{ kind: 'attested' }, { kind: 'badRequest', trouble }, { kind: 'refused', trouble }],
  },
}
