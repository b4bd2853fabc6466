import type { EffectivePolicy, GetPoliciesResponse } from './policy-types.ts'

const SHA_1 = '1.3.14.3.2.26'

const HASHES = new Map<string, EffectivePolicy['hashAlgorithm']>([
  [SHA_1, 'sha1'],
  // sha1RSA: one published sample has the signature's OID where the hash's belongs.
  ['1.3.14.3.2.29', 'sha1'],
  ['2.16.840.1.101.3.4.2.1', 'sha256'],
  ['2.16.840.1.101.3.4.2.2', 'sha384'],
  ['2.16.840.1.101.3.4.2.3', 'sha512'],
])

/** Without a policy service, or when it gives no policy: 2048-bit RSA and SHA-1, as a published capture shows. */
export const DEFAULT_POLICY: EffectivePolicy = {
  keyLength: 2048,
  hashAlgorithmOid: SHA_1,
  hashAlgorithm: 'sha1',
  cryptoProviders: [],
  asksForAttestation: false,
  attestationFailureBehavior: 'RetryOnError',
  operationTimeout: 100,
}

/**
 * The first policy of an answer with the defaults of a device. The hash is found by reference id alone, because
 * the `group` of an OID differs between servers.
 */
export function effectivePolicy(response: GetPoliciesResponse | undefined): EffectivePolicy {
  const policy = response?.policies[0]
  if (response === undefined || policy === undefined) return DEFAULT_POLICY
  const oid = response.oids.find((one) => one.referenceId === policy.hashAlgorithmOidReference)?.value ?? SHA_1
  return {
    keyLength: policy.minimalKeyLength ?? DEFAULT_POLICY.keyLength,
    hashAlgorithmOid: oid,
    hashAlgorithm: HASHES.get(oid),
    cryptoProviders: policy.cryptoProviders,
    asksForAttestation:
      (policy.attestationFailureBehavior ?? policy.operationTimeout ?? policy.azureAttestation) !== undefined,
    attestationFailureBehavior: policy.attestationFailureBehavior ?? DEFAULT_POLICY.attestationFailureBehavior,
    operationTimeout: policy.operationTimeout ?? DEFAULT_POLICY.operationTimeout,
  }
}
