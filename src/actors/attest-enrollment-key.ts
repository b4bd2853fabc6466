import type { EnrollmentKey } from '../device/enrollment-key.ts'
import { failure, type Result, success } from '../domain/trouble.ts'
import { ENROLLMENT_HRESULT } from '../protocols/ms-mde2/enrollment-results.ts'
import type { EffectivePolicy } from '../protocols/ms-xcep/get-policies.ts'
import type { Bindings } from './bindings.ts'

/** NTE_NOT_SUPPORTED. */
const NOT_SUPPORTED = '0x80090029'

/** First version of the enrolment with attestation (reference: mdm-protocols.md, 1.4). */
const FIRST_VERSION = 5

/** How the attestation of the management key ended: with nothing to say, or with what the service is told of it. */
export type KeyAttestation = { hresult: string; message: string } | undefined

/**
 * Attests the management key as the policy wants it ([MS-MDE2] 3.3.4.1.1.2). The layout of Windows' claim is
 * unpublished, so this device makes none and every try fails: what is simulated is what the policy then asks for.
 * FailOnError ends the enrolment after one try, IgnoreOnError goes on at once, RetryOnError goes on once its time is up
 * (that it goes on then is an assumption).
 */
export async function attestEnrollmentKey(
  { timeline }: Pick<Bindings, 'timeline'>,
  policy: EffectivePolicy,
  key: EnrollmentKey,
  version: number,
  signal?: AbortSignal,
): Promise<Result<KeyAttestation>> {
  // Only a key that a TPM holds can be attested.
  if (!policy.asksForAttestation || version < FIRST_VERSION || key.provider !== 'tpm') return success(undefined)
  const message = 'no attestation claim could be made'
  const refused = { hresult: NOT_SUPPORTED, message }
  switch (policy.attestationFailureBehavior) {
    case 'FailOnError':
      return failure(ENROLLMENT_HRESULT.privateKeyCreationFailed, `${message}, and the policy insists on one`)
    case 'IgnoreOnError':
      return success(refused)
    case 'RetryOnError':
      await timeline.sleep(policy.operationTimeout * 1000, signal)
      return success(refused)
  }
}
