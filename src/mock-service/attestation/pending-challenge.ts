import type { Extension } from '../../protocols/x509/extensions.ts'

/** What is due from a device, until it answers. */
export interface PendingChallenge {
  secret: Uint8Array
  registrationId: string
  /** `ifx-keyid-…`. */
  authority: string
  attestationSpki: Uint8Array
  /** Of the endorsement certificate: the attestation certificate takes it over. */
  alternativeName: Extension
}
