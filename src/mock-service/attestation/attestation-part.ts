import type { PendingChallenge } from './pending-challenge.ts'

/** What the attestation service remembers. */
export interface AttestationPart {
  challenges: Map<string, PendingChallenge>
}

export const newAttestation = (): AttestationPart => ({ challenges: new Map() })
