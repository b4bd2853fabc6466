import { expect, test } from 'vitest'
import {
  DEFAULT_POLICY,
  decodeGetPoliciesRequest,
  decodeGetPoliciesResponse,
  effectivePolicy,
  encodeGetPoliciesRequest,
  encodeGetPoliciesResponse,
  type GetPoliciesResponse,
} from '../../../src/protocols/ms-xcep/get-policies.ts'
import { decodeEnvelope } from '../../../src/protocols/soap/envelope.ts'
import { fuzz, refusal } from '../fuzz.ts'

const request = { tpmManufacturer: 'STM', tpmFirmwareVersion: '1.769.0.0' }
const requestText = encodeGetPoliciesRequest(request, {
  messageId: 'urn:uuid:1',
  to: 'https://mdm.contoso.example/policy',
})

const response: GetPoliciesResponse = {
  policies: [
    {
      oidReference: '0',
      policySchema: 3,
      validityPeriodSeconds: 31_536_000,
      renewalPeriodSeconds: 15_552_000,
      enroll: true,
      autoEnroll: false,
      minimalKeyLength: 4096,
      cryptoProviders: ['Microsoft Platform Crypto Provider', 'Microsoft Software Key Storage Provider'],
      attestationFailureBehavior: 'FailOnError',
      operationTimeout: 60,
      azureAttestation: { nonce: 'n', relyingPartyId: 'r', endpointUri: 'https://attest.contoso.example' },
      majorRevision: 101,
      minorRevision: 0,
      hashAlgorithmOidReference: '0',
    },
  ],
  oids: [{ value: '2.16.840.1.101.3.4.2.1', group: 1, referenceId: '0', defaultName: 'sha256' }],
}
const responseText = encodeGetPoliciesResponse(response, { relatesTo: 'urn:uuid:1' })

const envelope = (body: string, declarations = '') =>
  `<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope"${declarations}><s:Body>${body}</s:Body></s:Envelope>`

test('the request has the head and body of a real one [point 13: fixture]', () => {
  expect(requestText.startsWith('<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope" xmlns:a=')).toBe(true)
  expect(requestText.slice(requestText.indexOf('<s:Body'))).toBe(
    '<s:Body xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:xsd="http://www.w3.org/2001/XMLSchema">' +
      '<GetPolicies xmlns="http://schemas.microsoft.com/windows/pki/2009/01/enrollmentpolicy"><client>' +
      '<lastUpdate xsi:nil="true"/><preferredLanguage xsi:nil="true"/>' +
      '<TPMManufacturer>STM</TPMManufacturer><TPMFirmwareVersion>1.769.0.0</TPMFirmwareVersion>' +
      '</client><requestFilter xsi:nil="true"/></GetPolicies></s:Body></s:Envelope>',
  )
})

test('request and response come back as they went', () => {
  expect(decodeGetPoliciesRequest(decodeEnvelope(requestText))).toEqual(request)
  expect(decodeGetPoliciesResponse(decodeEnvelope(responseText))).toEqual(response)
  const other = {
    policyId: 'p',
    policyFriendlyName: 'f',
    nextUpdateHours: 8,
    policiesNotChanged: true,
    policies: [],
    oids: [],
  }
  expect(decodeGetPoliciesResponse(decodeEnvelope(encodeGetPoliciesResponse(other, {})))).toEqual(other)
})

test('a response without attestation is written exactly', () => {
  const {
    attestationFailureBehavior: _a,
    operationTimeout: _b,
    azureAttestation: _c,
    ...policy
  } = response.policies[0]!
  const text = encodeGetPoliciesResponse({ ...response, policies: [policy] }, {})
  const nil = (...names: string[]) => names.map((name) => `<${name} xsi:nil="true"/>`).join('')
  expect(text.slice(text.indexOf('<s:Body'))).toBe(
    '<s:Body xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">' +
      '<GetPoliciesResponse xmlns="http://schemas.microsoft.com/windows/pki/2009/01/enrollmentpolicy"><response><policyID/>' +
      `${nil('policyFriendlyName', 'nextUpdateHours', 'policiesNotChanged')}<policies><policy>` +
      '<policyOIDReference>0</policyOIDReference><cAs xsi:nil="true"/><attributes><policySchema>3</policySchema>' +
      '<certificateValidity><validityPeriodSeconds>31536000</validityPeriodSeconds>' +
      '<renewalPeriodSeconds>15552000</renewalPeriodSeconds></certificateValidity>' +
      '<permission><enroll>true</enroll><autoEnroll>false</autoEnroll></permission>' +
      '<privateKeyAttributes><minimalKeyLength>4096</minimalKeyLength>' +
      nil('keySpec', 'keyUsageProperty', 'permissions', 'algorithmOIDReference') +
      '<cryptoProviders><provider>Microsoft Platform Crypto Provider</provider>' +
      '<provider>Microsoft Software Key Storage Provider</provider></cryptoProviders></privateKeyAttributes>' +
      '<revision><majorRevision>101</majorRevision><minorRevision>0</minorRevision></revision>' +
      nil('supersededPolicies', 'privateKeyFlags', 'subjectNameFlags', 'enrollmentFlags', 'generalFlags') +
      '<hashAlgorithmOIDReference>0</hashAlgorithmOIDReference>' +
      `${nil('rARequirements', 'keyArchivalAttributes', 'extensions')}</attributes></policy></policies></response>` +
      '<cAs xsi:nil="true"/><oIDs><oID><value>2.16.840.1.101.3.4.2.1</value><group>1</group>' +
      '<oIDReferenceID>0</oIDReferenceID><defaultName>sha256</defaultName></oID></oIDs></GetPoliciesResponse></s:Body></s:Envelope>',
  )
})

test('what a device makes of it has the hash that the reference points to [point 14]', () => {
  expect(effectivePolicy(response)).toEqual({
    keyLength: 4096,
    hashAlgorithmOid: '2.16.840.1.101.3.4.2.1',
    hashAlgorithm: 'sha256',
    cryptoProviders: ['Microsoft Platform Crypto Provider', 'Microsoft Software Key Storage Provider'],
    asksForAttestation: true,
    attestationFailureBehavior: 'FailOnError',
    operationTimeout: 60,
  })
})

test('without a policy, or with an empty one, it is RSA 2048 and SHA-1 [point 12]', () => {
  expect(DEFAULT_POLICY).toMatchObject({ keyLength: 2048, hashAlgorithm: 'sha1' })
  expect(effectivePolicy(undefined)).toEqual(DEFAULT_POLICY)
  expect(effectivePolicy({ policies: [], oids: [] })).toEqual(DEFAULT_POLICY)
  expect(effectivePolicy({ policies: [{ cryptoProviders: [] }], oids: [] })).toEqual(DEFAULT_POLICY)
})

test('an undeclared prefix is read as Windows reads it [point 15]', () => {
  const text = envelope(
    '<xcep:GetPoliciesResponse><xcep:response><xcep:policies><xcep:policy><xcep:attributes><xcep:privateKeyAttributes>' +
      '<xcep:minimalKeyLength>3072</xcep:minimalKeyLength></xcep:privateKeyAttributes></xcep:attributes></xcep:policy>' +
      '</xcep:policies></xcep:response></xcep:GetPoliciesResponse>',
  )
  expect(decodeGetPoliciesResponse(decodeEnvelope(text))).toEqual({
    policies: [{ minimalKeyLength: 3072, cryptoProviders: [] }],
    oids: [],
  })
})

test('providers without their wrapper, the older attestation fields, nil lists and white space are read [point 15]', () => {
  const text = envelope(
    `<GetPoliciesResponse xmlns="http://schemas.microsoft.com/windows/pki/2009/01/enrollmentpolicy"><response>
      <policyID /><policyFriendlyName xsi:nil="true"/>
      <policies><policy><policyOIDReference>0</policyOIDReference><cAs xsi:nil="true" /><attributes>
        <policySchema> 3 </policySchema>
        <privateKeyAttributes>
          <minimalKeyLength xsi:nil="true" />
          <provider>One</provider> <provider> Two </provider>
          <AttestationFailureBehavior>IgnoreOnError</AttestationFailureBehavior><OperationTimeout>9</OperationTimeout>
        </privateKeyAttributes>
        <attestation><operationTimeout>5</operationTimeout></attestation>
      </attributes></policy></policies>
    </response><cAs xsi:nil="true" /><oIDs xsi:nil="true" /></GetPoliciesResponse>`,
    ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"',
  )
  expect(decodeGetPoliciesResponse(decodeEnvelope(text))).toEqual({
    policies: [
      {
        oidReference: '0',
        policySchema: 3,
        cryptoProviders: ['One', 'Two'],
        attestationFailureBehavior: 'IgnoreOnError',
        operationTimeout: 5,
      },
    ],
    oids: [],
  })
})

test('another body and a number that is none are refused', () => {
  const refused = (text: string) => refusal(() => decodeGetPoliciesResponse(decodeEnvelope(text)))
  expect([refused(requestText), refused(envelope('')), refused(responseText.replace('4096', '4096 bits'))]).toEqual(
    Array(3).fill('ERR_XCEP_GET_POLICIES_MALFORMED'),
  )
  expect(refusal(() => decodeGetPoliciesRequest(decodeEnvelope(responseText)))).toBe('ERR_XCEP_GET_POLICIES_MALFORMED')
})

test('mutations are read or refused, and nothing else is thrown', () => {
  expect(fuzz(requestText, (text) => decodeGetPoliciesRequest(decodeEnvelope(text))).other).toEqual([])
  expect(fuzz(responseText, (text) => effectivePolicy(decodeGetPoliciesResponse(decodeEnvelope(text)))).other).toEqual(
    [],
  )
})
