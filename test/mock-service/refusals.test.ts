import { createHash, createPublicKey } from 'node:crypto'
import { expect, test } from 'vitest'
import { hardwareHashOf } from '../../src/device/hardware-hash-of.ts'
import { ENTRA_RESOURCES } from '../../src/domain/entra-resources.ts'
import { issuerOf } from '../../src/mock-service/entra/claims.ts'
import { derivedKeys } from '../../src/ports/rsa-keys.ts'
import { encodeCngPublicKey } from '../../src/protocols/entra/cng-key-blob.ts'
import { encodeDiscoverRequest } from '../../src/protocols/ms-mde2/discover.ts'
import { encodeGetPoliciesRequest } from '../../src/protocols/ms-xcep/get-policies.ts'
import { decodeEnvelope } from '../../src/protocols/soap/envelope.ts'
import { SOAP_11 } from '../../src/protocols/soap/namespaces.ts'
import { encodeSyncML } from '../../src/protocols/syncml/encode.ts'
import { loadDeviceFile } from '../../src/scenario/library.ts'
import {
  csr,
  device,
  enroll,
  flipLast,
  hash,
  joinTokenOf,
  jsonOf,
  key,
  MDM,
  MESSAGE_ID,
  NOW,
  post,
  postSoap,
  send,
  soap,
  tenant,
  tokenOf,
  withFlippedSignature,
} from './refusals-scene.ts'

test('a token of version 2 is for the application, and names the person its own way [point 63]', () => {
  const second = {
    ver: '2.0',
    iss: issuerOf(tenant, tenant.definition.tenantId, 2),
    aud: ENTRA_RESOURCES.enrolment.id,
    upn: undefined,
    preferred_username: 'carla@contoso.example',
  }
  expect(
    enroll(csr(), undefined, tokenOf({ ...second, preferred_username: 'alice@contoso.example' })).fault,
  ).toBeUndefined()
  expect(enroll(csr(), undefined, tokenOf(second)).fault?.detail).toMatchObject({ errorType: 'UserLicense' })
})

const JOIN = 'https://enterpriseregistration.windows.test/EnrollmentServer/device/?api-version=2.0'

const joinBody = (der: Uint8Array, changes: object = {}) => ({
  CertificateRequest: { Type: 'pkcs10', Data: Buffer.from(der).toString('base64') },
  TransportKey: Buffer.from(encodeCngPublicKey(key)).toString('base64'),
  TargetDomain: 'contoso.example',
  DeviceType: 'Windows',
  OSVersion: '10.0.26100.4652',
  DeviceDisplayName: 'X',
  JoinType: 0,
  ...changes,
})

const join = (token: string, der: Uint8Array, changes: object = {}) =>
  send(post(JOIN, joinBody(der, changes), { authorization: `Bearer ${token}` }))

test('the join refuses a forged token and a forged request [point 62]', () => {
  expect(join(joinTokenOf(), csr()).status).toBe(200)
  const refused = 'error_invalid_token'
  expect(jsonOf(join(withFlippedSignature(joinTokenOf()), csr()))).toMatchObject({ subcode: refused })
  expect(jsonOf(join(tokenOf(), csr()))).toMatchObject({ subcode: refused, message: expect.stringContaining(MDM) })
  expect(jsonOf(join(joinTokenOf(), csr(flipLast)))).toMatchObject({ subcode: 'error_invalid_request' })
})

test.each<[string, object, RegExp]>([
  ['a transport key that is none', { TransportKey: 'AAAA' }, /ERR_CNG_KEY_MALFORMED/],
  ['another kind of join', { JoinType: 4 }, /JoinType/],
  ['another kind of device', { DeviceType: 'Phone' }, /DeviceType/],
  ['no name', { DeviceDisplayName: '' }, /DeviceDisplayName/],
])('the join refuses a request with %s [point 62]', (_, changes, message) => {
  expect(jsonOf(join(joinTokenOf(), csr(), changes))).toMatchObject({
    subcode: 'error_invalid_request',
    message: expect.stringMatching(message),
  })
})

test('the join refuses accounts of other tenants [points 62, 64]', () => {
  const token = joinTokenOf({ tid: 'elsewhere', iss: issuerOf(tenant, 'elsewhere', 1) })
  expect(jsonOf(join(token, csr()))).toMatchObject({ subcode: 'error_unauthorized' })
})

test.each<[string, (message: string) => string, string, RegExp]>([
  ['another action', (text) => text.replace('IPolicy/GetPolicies', 'IPolicy/Get'), 'a:ActionMismatch', /Action is/],
  ['a message id that is none', (text) => text.replace(MESSAGE_ID, 'urn:uuid:1'), 's:MessageFormat', /MessageID/],
  ['no message id', (text) => text.replace(/<a:MessageID>.*<\/a:MessageID>/, ''), 's:MessageFormat', /MessageID/],
  ['a reply to elsewhere', (text) => text.replace('/anonymous', '/none'), 's:MessageFormat', /ReplyTo/],
  ['another receiver', (text) => text.replace('Policy.svc', 'Other.svc'), 's:MessageFormat', /the message is to/],
  [
    'an action that may be misunderstood',
    (text) => text.replace(' s:mustUnderstand="1"', ''),
    's:MessageFormat',
    /Action lacks/,
  ],
  [
    'another version of SOAP',
    (text) => text.replaceAll('http://www.w3.org/2003/05/soap-envelope', SOAP_11),
    's:MessageFormat',
    /SOAP 1.2/,
  ],
])('a message with %s is refused', (_, spoil, subcode, reason) => {
  const url = `${MDM}/EnrollmentServer/Policy.svc`
  const message = spoil(encodeGetPoliciesRequest({}, soap(tokenOf())))
  expect(decodeEnvelope(send(postSoap(url, message)).body).fault).toMatchObject({
    subcode,
    reason: expect.stringMatching(reason),
  })
})

test('a message of another media type is refused', () => {
  const message = encodeGetPoliciesRequest({}, soap(tokenOf()))
  const answer = send(postSoap(`${MDM}/EnrollmentServer/Policy.svc`, message, 'text/xml'))
  expect(decodeEnvelope(answer.body).fault).toMatchObject({
    subcode: 's:MessageFormat',
    reason: 'the Content-Type is text/xml',
  })
})

test('the management channel knows a device by its certificate alone', () => {
  const text = encodeSyncML({
    header: { sessionId: '1', msgId: '1', target: MDM, source: 'D1' },
    commands: [{ kind: 'Alert', cmdId: '2', data: '1201', items: [] }],
    final: true,
  })
  enroll(csr())
  const request = post(`${MDM}/devicemanagement/sync?mode=Maintenance&Platform=WoA`, text)
  expect(send(request).status).toBe(401)
  expect(send(request, { certificate: csr() }).status).toBe(401)
  const foreign = tenant
    .authority('organization-access')
    .issue(
      [{ type: 'CN', value: 'x' }],
      new Uint8Array(createPublicKey(key).export({ type: 'spki', format: 'der' })),
      NOW,
    )
  expect(send(request, { certificate: foreign }).status).toBe(401)
})

test('the lookup tells an unknown device, a swapped board and a spoilt hash apart', () => {
  const look = (hardwareHash: string) =>
    send(post('https://ztd.dds.microsoft.test/profiles/lookup', { hardwareHash, productKeyId: '' }))
  expect(jsonOf(look(hash))).toMatchObject({
    CloudAssignedTenantDomain: 'contoso.example',
    CloudAssignedOobeConfig: 286,
  })
  expect(jsonOf(look(hardwareHashOf(loadDeviceFile('dell-latitude-3120'), derivedKeys, NOW)))).toMatchObject({
    code: 807,
  })
  const swapped = { ...device, smbios: { ...device.smbios, uuid: '11111111-2222-4333-8444-555555555555' } }
  expect(jsonOf(look(hardwareHashOf(swapped, derivedKeys, NOW)))).toMatchObject({ code: 908 })
  const bytes = Buffer.from(hash, 'base64')
  bytes[100]! ^= 1
  const spoilt = look(bytes.toString('base64'))
  expect([spoilt.status, jsonOf(spoilt).error]).toEqual([400, 'ERR_HASH_CHECKSUM'])
})

test('a code is good once, and for the verifier that its challenge was made of', () => {
  const base = 'https://login.microsoftonline.test/organizations'
  const token = (verifier: string, code: string) =>
    send(
      post(
        `${base}/oauth2/v2.0/token`,
        new URLSearchParams({
          grant_type: 'authorization_code',
          code,
          code_verifier: verifier,
          redirect_uri: 'r',
          client_id: 'c',
        }).toString(),
      ),
    )
  const pending = {
    ...tenant.findUser('alice@contoso.example')!,
    redirectUri: 'r',
    clientId: 'c',
    scope: '',
    nonce: undefined,
  }
  const codeChallenge = createHash('sha256').update('right').digest('base64url')
  tenant.state.entra.codes.set('one', { ...pending, codeChallenge })
  tenant.state.entra.codes.set('two', { ...pending, codeChallenge })
  expect(jsonOf(token('wrong', 'one')).error_description).toMatch(/AADSTS501481/)
  expect(jsonOf(token('right', 'one')).error_description).toMatch(/AADSTS54005/)
  expect(jsonOf(token('right', 'two')).token_type).toBe('Bearer')
})

test('an unknown path is 404, a wrong method 405, and another host nothing of ours', () => {
  expect(send(post('https://ztd.dds.microsoft.test/nowhere', {})).status).toBe(404)
  expect(send({ ...post('https://ztd.dds.microsoft.test/profiles/lookup', {}), method: 'GET' }).status).toBe(405)
  expect(send(post('https://elsewhere.test/profiles/lookup', {})).status).toBe(404)
})

test('a discovery that cannot be read is a fault, not a crash', () => {
  const good = encodeDiscoverRequest(
    {
      emailAddress: 'alice@contoso.example',
      requestVersion: '7.0',
      deviceType: 'CIMClient_Windows',
      applicationVersion: '10.0.26100.1',
      osEdition: '203',
      authPolicies: ['OnPremise', 'Federated'],
    },
    { messageId: MESSAGE_ID, to: `${MDM}/enrollmentserver/discovery.svc` },
  )
  const url = `${MDM}/enrollmentserver/discovery.svc`
  const faultOf = (message: string) => decodeEnvelope(send(postSoap(url, message)).body).fault
  for (const [right, wrong, name] of [
    ['alice@contoso.example', 'alice', 'EmailAddress'],
    ['7.0', 'seven', 'RequestVersion'],
    ['CIMClient_Windows', 'Phone', 'DeviceType'],
    ['10.0.26100.1', '10.0', 'ApplicationVersion'],
    ['>203<', '>SE<', 'OSEdition'],
    ['<AuthPolicy>OnPremise</AuthPolicy>', '', 'AuthPolicies'],
  ] as const) {
    expect(faultOf(good.replace(right, wrong))?.reason).toBe(`odd values: ${name}`)
  }
  expect(decodeEnvelope(send(postSoap(url, good)).body).body?.local).toBe('DiscoverResponse')
  expect(decodeEnvelope(send(postSoap(url, good.slice(0, 200))).body).fault).toMatchObject({
    subcode: 's:MessageFormat',
  })
  expect(decodeEnvelope(send(postSoap(url, '<!DOCTYPE a><a/>')).body).fault?.reason).toMatch(/ERR_XML_DOCTYPE/)
})
