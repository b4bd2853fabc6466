import type { EnrollmentKey } from '../device/enrollment-key.ts'
import { failure, type Result, success } from '../domain/trouble.ts'
import { CODE } from '../domain/windows-codes.ts'
import type { EffectivePolicy } from '../protocols/ms-xcep/get-policies.ts'

/** First version of the enrolment with attestation (reference: mdm-protocols.md, 1.4). */
const FIRST_VERSION = 5

/** How the attestation of the management key ended: with nothing to report, or with what the device reports to the service. */
export type KeyAttestation = { hresult: string; message: string } | undefined

/**
 * Attests the management key as the policy asks ([MS-MDE2] 3.3.4.1.1.2). The layout of Windows' claim is unpublished, so
 * this device makes none and every try fails: what is simulated is what the policy then asks for. FailOnError ends the
 * enrolment after one try, IgnoreOnError continues at once, RetryOnError continues once its time is up (that it continues
 * then is an assumption).
 *
 * @returns what the service hears of it, and how many virtual milliseconds the tries take
 */
export function attestEnrollmentKey(
  policy: EffectivePolicy,
  key: EnrollmentKey,
  version: number,
): Result<{ attestation: KeyAttestation; waitMs: number }> {
  // Only a key that a TPM holds can be attested.
  if (!policy.asksForAttestation || version < FIRST_VERSION || key.provider !== 'tpm') {
    return success({ attestation: undefined, waitMs: 0 })
  }
  const message = 'no attestation claim could be made'
  const attestation = { hresult: CODE.keyOperationNotSupported, message }
  switch (policy.attestationFailureBehavior) {
    case 'FailOnError':
      return failure(CODE.privateKeyCreationFailed, `${message}, and the policy insists on one`)
    case 'IgnoreOnError':
      return success({ attestation, waitMs: 0 })
    case 'RetryOnError':
      return success({ attestation, waitMs: policy.operationTimeout * 1000 })
  }
}
