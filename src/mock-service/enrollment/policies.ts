import {
  decodeGetPoliciesRequest,
  encodeGetPoliciesResponse,
  GET_POLICIES_ACTION,
} from '../../protocols/ms-xcep/get-policies.ts'
import type { Handler } from '../handler.ts'
import { authorize } from './authorize.ts'
import { answerSoap, EnrollmentFault } from './soap.ts'

/** Object identifiers of the hashes that a policy can ask for. */
const HASH_OID = {
  sha1: '1.3.14.3.2.26',
  sha256: '2.16.840.1.101.3.4.2.1',
  sha384: '2.16.840.1.101.3.4.2.2',
  sha512: '2.16.840.1.101.3.4.2.3',
} as const

/** [MS-XCEP] 3.1.4.1: what the tenant's file says of keys. */
export const handlePolicies: Handler = (request, tenant) =>
  answerSoap(request, tenant, GET_POLICIES_ACTION, (envelope, header) => {
    authorize(request, envelope, tenant)
    decodeGetPoliciesRequest(envelope)
    const { keyPolicy } = tenant.definition.enrollment
    if (!keyPolicy) throw new EnrollmentFault('s:EnrollmentServer', 'this service has no policies')
    const { keyLength, hash, providers, attestation, attestationSeconds } = keyPolicy
    return encodeGetPoliciesResponse(
      {
        policies: [
          {
            oidReference: '0',
            policySchema: 3,
            validityPeriodSeconds: 31_536_000,
            renewalPeriodSeconds: 3_628_800,
            enroll: true,
            autoEnroll: false,
            minimalKeyLength: keyLength,
            cryptoProviders: providers,
            ...(attestation ? { attestationFailureBehavior: attestation, operationTimeout: attestationSeconds } : {}),
            majorRevision: 101,
            minorRevision: 0,
            hashAlgorithmOidReference: '0',
          },
        ],
        oids: [
          {
            value: HASH_OID[hash],
            group: 1,
            referenceId: '0',
            defaultName: hash === 'sha256' ? 'szOID_NIST_sha256' : hash,
          },
        ],
      },
      header,
    )
  })
