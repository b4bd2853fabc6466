/** What a device asks the policy service ([MS-XCEP] 3.1.4.1.1.1). The TPM fields are newer than the specification. */
export interface GetPoliciesRequest {
  /** Three or four letters: `STM `, `INTC`. */
  tpmManufacturer?: string
  tpmFirmwareVersion?: string
}

/** [MS-XCEP] 3.1.4.1.1.2. */
export interface GetPoliciesResponse {
  policyId?: string
  policyFriendlyName?: string
  /** Hours. */
  nextUpdateHours?: number
  policiesNotChanged?: boolean
  policies: EnrollmentPolicy[]
  oids: PolicyOid[]
}

export interface PolicyOid {
  value: string
  /** Samples disagree about it: not to be relied on. */
  group?: number
  /** What `hashAlgorithmOidReference` points to. */
  referenceId: string
  defaultName?: string
}

/** [MS-XCEP] 3.1.4.1.3.1 and 3.1.4.1.3.23, as far as a device looks at it. */
export interface EnrollmentPolicy {
  oidReference?: string
  commonName?: string
  /** Has to be 3. */
  policySchema?: number
  validityPeriodSeconds?: number
  renewalPeriodSeconds?: number
  enroll?: boolean
  autoEnroll?: boolean
  /** Bits of an RSA key. */
  minimalKeyLength?: number
  /** In the order of preference. */
  cryptoProviders: string[]
  attestationFailureBehavior?: AttestationFailureBehavior
  /** Seconds of retrying attestation. */
  operationTimeout?: number
  azureAttestation?: { nonce?: string; relyingPartyId?: string; endpointUri?: string }
  majorRevision?: number
  minorRevision?: number
  hashAlgorithmOidReference?: string
}

export const ATTESTATION_FAILURE_BEHAVIORS = ['FailOnError', 'IgnoreOnError', 'RetryOnError'] as const
export type AttestationFailureBehavior = (typeof ATTESTATION_FAILURE_BEHAVIORS)[number]

/** What a device makes of the answer, with every gap filled. */
export interface EffectivePolicy {
  /** Bits. */
  keyLength: number
  hashAlgorithmOid: string
  /** The name that node:crypto has for it; undefined for an OID that no device would use. */
  hashAlgorithm: 'sha1' | 'sha256' | 'sha384' | 'sha512' | undefined
  cryptoProviders: readonly string[]
  /** Whether the policy says anything about attestation; what it leaves out has its default all the same. */
  asksForAttestation: boolean
  attestationFailureBehavior: AttestationFailureBehavior
  /** Seconds. */
  operationTimeout: number
}
