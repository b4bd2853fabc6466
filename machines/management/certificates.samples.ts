import type { Samples } from '../samples.ts'
import type { certificatesMachine } from './certificates.ts'

export const certificatesSamples: Samples<typeof certificatesMachine> = {
  inputs: { ordinary: undefined },
  events: [{ type: 'certificates.ordered' }, { type: 'network.restored' }],
  done: {
    nextCertificate: [{ kind: 'none' }, { kind: 'due', order: {} }, { kind: 'later', waitMs: 300_000 }],
    requestCertificate: [{ kind: 'settled' }, { kind: 'waits' }],
  },
}
