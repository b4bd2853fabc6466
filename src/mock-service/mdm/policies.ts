import { decodeGetPoliciesRequest, encodeGetPoliciesResponse } from '../../protocols/ms-xcep/get-policies.ts'
import type { Handler } from '../router.ts'
import { answerSoap, authorize } from './soap.ts'

/** [MS-XCEP] 3.1.4.1: RSA of 2048 bits, SHA-256, the TPM's provider first. */
export const handlePolicies: Handler = (request, tenant) =>
  answerSoap(request, tenant, (envelope, header) => {
    authorize(envelope, tenant, `${new URL(request.url).origin}/`)
    decodeGetPoliciesRequest(envelope)
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
            minimalKeyLength: 2048,
            cryptoProviders: ['Microsoft Platform Crypto Provider', 'Microsoft Software Key Storage Provider'],
            majorRevision: 101,
            minorRevision: 0,
            hashAlgorithmOidReference: '0',
          },
        ],
        oids: [{ value: '2.16.840.1.101.3.4.2.1', group: 1, referenceId: '0', defaultName: 'szOID_NIST_sha256' }],
      },
      header,
    )
  })
