import { encodeEnvelope, expectBody, type ResponseHeader, type SoapEnvelope } from '../soap/envelope.ts'
import { XCEP, XSI } from '../soap/namespaces.ts'
import { child, children, filledTextOf, path, type XmlElement } from '../xml/element.ts'
import { compact, decodeBoolean, decodeInteger } from '../xml/schema-values.ts'
import { element, leaf, optionalLeaf, type Xml } from '../xml/write.ts'
import { GET_POLICIES_ACTION } from './get-policies-request.ts'
import {
  ATTESTATION_FAILURE_BEHAVIORS,
  type EnrollmentPolicy,
  type GetPoliciesResponse,
  type PolicyOid,
} from './policy-types.ts'

const MALFORMED = 'ERR_XCEP_GET_POLICIES_MALFORMED'

export const GET_POLICIES_RESPONSE_ACTION = `${GET_POLICIES_ACTION}Response`

type Value = string | number | boolean | undefined

const nil = (name: string): Xml => element(name, { 'xsi:nil': 'true' })
const orNil = (name: string, value: Value): Xml => (value === undefined ? nil(name) : leaf(name, value))

/** What the policy service answers. Attestation is written in the newer place. */
export const encodeGetPoliciesResponse = (response: GetPoliciesResponse, header: ResponseHeader): string =>
  encodeEnvelope({
    ...header,
    action: GET_POLICIES_RESPONSE_ACTION,
    bodyAttributes: { 'xmlns:xsi': XSI },
    body: element(
      'GetPoliciesResponse',
      { xmlns: XCEP },
      element(
        'response',
        {},
        response.policyId === undefined ? element('policyID') : leaf('policyID', response.policyId),
        orNil('policyFriendlyName', response.policyFriendlyName),
        orNil('nextUpdateHours', response.nextUpdateHours),
        orNil('policiesNotChanged', response.policiesNotChanged),
        element('policies', {}, response.policies.map(encodePolicy)),
      ),
      nil('cAs'),
      element('oIDs', {}, response.oids.map(encodeOid)),
    ),
  })

const encodeOid = ({ value, group, referenceId, defaultName }: PolicyOid): Xml =>
  element(
    'oID',
    {},
    leaf('value', value),
    optionalLeaf('group', group),
    leaf('oIDReferenceID', referenceId),
    optionalLeaf('defaultName', defaultName),
  )

const encodePolicy = (policy: EnrollmentPolicy): Xml =>
  element(
    'policy',
    {},
    orNil('policyOIDReference', policy.oidReference),
    nil('cAs'),
    element(
      'attributes',
      {},
      optionalLeaf('commonName', policy.commonName),
      orNil('policySchema', policy.policySchema),
      element(
        'certificateValidity',
        {},
        orNil('validityPeriodSeconds', policy.validityPeriodSeconds),
        orNil('renewalPeriodSeconds', policy.renewalPeriodSeconds),
      ),
      element('permission', {}, orNil('enroll', policy.enroll), orNil('autoEnroll', policy.autoEnroll)),
      element(
        'privateKeyAttributes',
        {},
        orNil('minimalKeyLength', policy.minimalKeyLength),
        ...['keySpec', 'keyUsageProperty', 'permissions', 'algorithmOIDReference'].map(nil),
        policy.cryptoProviders.length === 0
          ? nil('cryptoProviders')
          : element(
              'cryptoProviders',
              {},
              policy.cryptoProviders.map((provider) => leaf('provider', provider)),
            ),
      ),
      encodeAttestation(policy),
      element(
        'revision',
        {},
        orNil('majorRevision', policy.majorRevision),
        orNil('minorRevision', policy.minorRevision),
      ),
      ...['supersededPolicies', 'privateKeyFlags', 'subjectNameFlags', 'enrollmentFlags', 'generalFlags'].map(nil),
      orNil('hashAlgorithmOIDReference', policy.hashAlgorithmOidReference),
      ...['rARequirements', 'keyArchivalAttributes', 'extensions'].map(nil),
    ),
  )

function encodeAttestation(policy: EnrollmentPolicy): Xml | undefined {
  const { attestationFailureBehavior, operationTimeout, azureAttestation: azure } = policy
  if (attestationFailureBehavior === undefined && operationTimeout === undefined && azure === undefined) return
  return element(
    'attestation',
    {},
    optionalLeaf('attestationFailureBehavior', attestationFailureBehavior),
    optionalLeaf('operationTimeout', operationTimeout),
    azure &&
      element(
        'azureAttestation',
        {},
        optionalLeaf('nonce', azure.nonce),
        optionalLeaf('relyingPartyId', azure.relyingPartyId),
        optionalLeaf('endpointUri', azure.endpointUri),
      ),
  )
}

/**
 * Reads the answer. Nil or empty parts are absent, an undeclared prefix is no obstacle, and providers are found with
 * and without their wrapper: deployed services send all three.
 *
 * @throws DecodeError `ERR_XCEP_GET_POLICIES_MALFORMED` when the body is another one or a number is none.
 */
export function decodeGetPoliciesResponse(envelope: SoapEnvelope): GetPoliciesResponse {
  const root = expectBody(envelope, 'GetPoliciesResponse', XCEP, MALFORMED)
  const response = child(root, 'response')
  return compact({
    policyId: filledTextOf(response, 'policyID'),
    policyFriendlyName: filledTextOf(response, 'policyFriendlyName'),
    nextUpdateHours: integer(response, 'nextUpdateHours'),
    policiesNotChanged: boolean(response, 'policiesNotChanged'),
    policies: children(child(response, 'policies'), 'policy').map(decodePolicy),
    oids: children(child(root, 'oIDs'), 'oID').map(decodeOid),
  })
}

const integer = (at: XmlElement | undefined, ...locals: string[]): number | undefined =>
  decodeInteger(filledTextOf(at, ...locals), MALFORMED, locals.join('/'))

const boolean = (at: XmlElement | undefined, ...locals: string[]): boolean | undefined =>
  decodeBoolean(filledTextOf(at, ...locals), MALFORMED, locals.join('/'))

const decodeOid = (oid: XmlElement): PolicyOid =>
  compact({
    value: filledTextOf(oid, 'value') ?? '',
    group: integer(oid, 'group'),
    referenceId: filledTextOf(oid, 'oIDReferenceID') ?? '',
    defaultName: filledTextOf(oid, 'defaultName'),
  })

function decodePolicy(policy: XmlElement): EnrollmentPolicy {
  const attributes = child(policy, 'attributes')
  const key = child(attributes, 'privateKeyAttributes')
  const attestation = child(attributes, 'attestation')
  const azure = child(attestation, 'azureAttestation')
  const wanted =
    filledTextOf(attestation, 'attestationFailureBehavior') ?? filledTextOf(key, 'AttestationFailureBehavior')
  return compact({
    oidReference: filledTextOf(policy, 'policyOIDReference'),
    commonName: filledTextOf(attributes, 'commonName'),
    policySchema: integer(attributes, 'policySchema'),
    validityPeriodSeconds: integer(attributes, 'certificateValidity', 'validityPeriodSeconds'),
    renewalPeriodSeconds: integer(attributes, 'certificateValidity', 'renewalPeriodSeconds'),
    enroll: boolean(attributes, 'permission', 'enroll'),
    autoEnroll: boolean(attributes, 'permission', 'autoEnroll'),
    minimalKeyLength: integer(key, 'minimalKeyLength'),
    cryptoProviders: [...children(path(key, 'cryptoProviders'), 'provider'), ...children(key, 'provider')]
      .map((provider) => provider.text.trim())
      .filter((provider) => provider !== ''),
    // A behaviour that this does not know is no wish, so the default applies.
    attestationFailureBehavior: ATTESTATION_FAILURE_BEHAVIORS.find((one) => one === wanted),
    operationTimeout: integer(attestation, 'operationTimeout') ?? integer(key, 'OperationTimeout'),
    azureAttestation:
      azure &&
      compact({
        nonce: filledTextOf(azure, 'nonce'),
        relyingPartyId: filledTextOf(azure, 'relyingPartyId'),
        endpointUri: filledTextOf(azure, 'endpointUri'),
      }),
    majorRevision: integer(attributes, 'revision', 'majorRevision'),
    minorRevision: integer(attributes, 'revision', 'minorRevision'),
    hashAlgorithmOidReference: filledTextOf(attributes, 'hashAlgorithmOIDReference'),
  })
}
