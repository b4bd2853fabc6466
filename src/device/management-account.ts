import type { CertificateRenewal } from '../protocols/ms-mde2/provisioning-document.ts'
import type { SyncMLEncoding } from '../protocols/syncml/encodings.ts'
import type { SignatureHash } from '../protocols/x509/signature.ts'
import type { ManagementKeyLabel } from './device-keys.ts'

/** What enrolment leaves on the device: where its server is, and what it shows to it. */
export interface ManagementAccount {
  providerId: string
  address: string
  certificate: Uint8Array
  /** What the device shows to a server that asks for MD5: `APPAUTH` of level `APPSRV`. */
  md5?: { name: string; password: string; nonce: string }
  /** The key of the certificate is gone: the TPM that had it was cleared. */
  hasLostKey?: true
  /** How a connection is tried; left out, as Windows does it. */
  connection?: { tries?: number; initialBackoffMs?: number; maxBackoffMs?: number }
  /** `DEFAULTENCODING`; left out, it is XML. */
  encoding?: SyncMLEncoding
  /** Where the certificate is: `System` in an Entra join. */
  store: 'System' | 'User'
  /** DER of the certificates that the enrolment brought, for the management channel. */
  roots: Uint8Array[]
  intermediates: Uint8Array[]
  /** `My/WSTEP/Renew` of the provisioning document. */
  renewal?: CertificateRenewal
  /** Who issued the certificate, and what its key is. */
  issuer?: CertificateIssuer
  /** What a server has ordered, and the next session begins with. */
  orderedRenewal?: 'renew' | 'recover' | undefined
  /** When the device last tried for another certificate in vain; Unix milliseconds. */
  renewalTriedAt?: number | undefined
}

export interface CertificateIssuer {
  /** The enrolment service. */
  url: string
  label: ManagementKeyLabel
  bits: number
  hash: SignatureHash
}
