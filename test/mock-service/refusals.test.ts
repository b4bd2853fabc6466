import { createHash, createPublicKey, sign as signBytes } from 'node:crypto'
import { beforeEach, expect, test } from 'vitest'
import { hardwareHashOf } from '../../src/device/hardware-hash-of.ts'
import { MOCK_ENDPOINTS } from '../../src/domain/endpoints.ts'
import type { HttpRequest, HttpResponse, Peer } from '../../src/domain/http.ts'
import { startTenant } from '../../src/mock-service/connect.ts'
import { issuerOf, KEY_ID, MDM_APPLICATION, objectIdOf } from '../../src/mock-service/entra/issue-tokens.ts'
import type { Tenant } from '../../src/mock-service/tenant.ts'
import { seededIds } from '../../src/ports/ids.ts'
import { derivedKeys } from '../../src/ports/rsa-keys.ts'
import { seededChance } from '../../src/ports/seeded-chance.ts'
import { encodeCngPublicKey } from '../../src/protocols/entra/cng-key-blob.ts'
import { encodeJwt } from '../../src/protocols/jwt/jwt.ts'
import { encodeDiscoverRequest } from '../../src/protocols/ms-mde2/discover.ts'
import { encodeRequestSecurityToken, PKCS10_VALUE_TYPE } from '../../src/protocols/ms-wstep/request-security-token.ts'
import { encodeGetPoliciesRequest } from '../../src/protocols/ms-xcep/get-policies.ts'
import { decodeEnvelope } from '../../src/protocols/soap/envelope.ts'
import { SOAP_11, SOAP_CONTENT_TYPE } from '../../src/protocols/soap/namespaces.ts'
import { jwtSecurityToken } from '../../src/protocols/soap/security.ts'
import { encodeSyncML } from '../../src/protocols/syncml/encode.ts'
import { createCertificationRequest } from '../../src/protocols/x509/certification-request.ts'
import type { Extension } from '../../src/protocols/x509/extensions.ts'
import { loadDeviceFile, loadTenantFile } from '../../src/scenario/library.ts'
import { enrollmentCertificateRequest } from '../../src/service/enroll.ts'

const NOW = Date.parse('2024-11-04T08:00:00Z')
const device = loadDeviceFile('surface-laptop-se')
const hash = hardwareHashOf(device, derivedKeys, NOW)
const key = derivedKeys.rsa2048(device.tpm!.endorsementSeed, 'mdm')
const DEVICE = '0c0ffee0-0000-4000-8000-000000000001'
const MDM = 'https://enrollment.manage.microsoft.test'

let tenant: Tenant
let send: (request: HttpRequest, peer?: Peer) => HttpResponse

beforeEach(() => {
  const started = startTenant(
    {
      definition: loadTenantFile('contoso-school'),
      endpoints: MOCK_ENDPOINTS,
      keys: derivedKeys,
      ids: seededIds(seededChance(1, 'service')),
      registered: () => [
        { hardwareHash: hash, details: { groupTag: 'Classroom', purchaseOrder: '', assignedUser: '' } },
      ],
    },
    () => NOW,
  )
  tenant = started.tenant
  const publicKey = createPublicKey(key)
  tenant.joined.set('A', { deviceId: DEVICE, displayName: 'X', certificate: new Uint8Array(), transportKey: publicKey })
  send = (request, peer = {}) => started.handle(request, peer)
})

const post = (url: string, body: string | object, headers: Record<string, string> = {}): HttpRequest => ({
  method: 'POST',
  url,
  headers,
  body: new TextEncoder().encode(typeof body === 'string' ? body : JSON.stringify(body)),
})

const postSoap = (url: string, message: string, type = SOAP_CONTENT_TYPE) =>
  post(url, message, { 'content-type': type })

const jsonOf = (response: HttpResponse) => JSON.parse(new TextDecoder().decode(response.body)) as Record<string, string>

/** Changes one bit of the text's last base64 group but one, so that it stays base64. */
function flipped(base64: string): string {
  const bytes = Buffer.from(base64, 'base64url')
  bytes[bytes.length - 2]! ^= 1
  return bytes.toString('base64url')
}

const claims = (changes: object = {}) => ({
  iss: issuerOf(tenant, tenant.definition.tenantId, 1),
  ver: '1.0',
  deviceid: DEVICE,
  iat: NOW / 1000,
  nbf: NOW / 1000 - 300,
  exp: NOW / 1000 + 3600,
  tid: tenant.definition.tenantId,
  aud: `${MDM}/`,
  scp: 'mdm_delegation',
  upn: 'alice@contoso.example',
  oid: objectIdOf(tenant.definition.users[0]!),
  ...changes,
})
const tokenOf = (changes: object = {}, keyId = KEY_ID) => encodeJwt(claims(changes), tenant.tokenKey(), keyId)
const joinTokenOf = (changes: object = {}) =>
  tokenOf({ aud: 'urn:ms-drs:enterpriseregistration.windows.net', scp: 'user_impersonation', ...changes })

function withFlippedSignature(token: string): string {
  const [header, body, signature] = token.split('.')
  return `${header}.${body}.${flipped(signature!)}`
}

const unsigned = () => {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  return `${part({ alg: 'none' })}.${part(claims())}.`
}

const MESSAGE_ID = 'urn:uuid:748132ec-a575-4329-b01b-6171a9cf8478'

const soap = (token: string, to = `${MDM}/EnrollmentServer/Policy.svc`) => ({
  messageId: MESSAGE_ID,
  to,
  security: { binarySecurityToken: jwtSecurityToken(token) },
})

const policies = (token: string) => {
  const response = send(postSoap(`${MDM}/EnrollmentServer/Policy.svc`, encodeGetPoliciesRequest({}, soap(token))))
  const { fault, body } = decodeEnvelope(response.body)
  return fault ? { subcode: fault.subcode, reason: fault.reason } : body?.local
}

test('a good token gets the policies', () => {
  expect(policies(tokenOf())).toBe('GetPoliciesResponse')
})

test.each([
  ['one flipped bit of its signature', () => withFlippedSignature(tokenOf()), 's:Authentication', /^ERR_JWT_SIGNATURE/],
  ['no signature', unsigned, 's:Authentication', /^ERR_JWT_ALGORITHM/],
  ['a past expiry', () => tokenOf({ exp: NOW / 1000 }), 's:Authentication', /^ERR_JWT_EXPIRED/],
  ['another audience', () => tokenOf({ aud: 'https://other.test/' }), 's:Authorization', /other\.test/],
  [
    'another tenant',
    () => tokenOf({ tid: 'elsewhere', iss: issuerOf(tenant, 'elsewhere', 1) }),
    's:Authorization',
    /another tenant/,
  ],
  ['another issuer', () => tokenOf({ iss: 'https://sts.evil.test/' }), 's:Authentication', /^ERR_JWT_ISSUER/],
  ['an unknown key', () => tokenOf({}, 'other'), 's:Authentication', /^ERR_JWT_KEY/],
  ['no device', () => tokenOf({ deviceid: undefined }), 's:Authorization', /names no device/],
  ['a device that never joined', () => tokenOf({ deviceid: 'x' }), 's:Authorization', /has not joined/],
  ['the audience of version 2', () => tokenOf({ ver: '2.0' }), 's:Authorization', /the token is for/],
  ['another purpose', () => tokenOf({ scp: 'user_impersonation' }), 's:Authorization', /not for device management/],
])('a token with %s is refused', (_, makeToken, subcode, reason) => {
  expect(policies(makeToken())).toEqual({ subcode, reason: expect.stringMatching(reason) })
})

const good = { deviceId: 'D'.repeat(32), key, hash: 'sha256' as const, guid: 'f0000000-0000-4000-8000-000000000001' }
const csr = (spoil: (der: Uint8Array) => Uint8Array = (der) => der, changes: Partial<typeof good> = {}) =>
  spoil(enrollmentCertificateRequest({ ...good, ...changes }))

const flipLast = (der: Uint8Array) => {
  const copy = der.slice()
  copy[copy.length - 1]! ^= 1
  return copy
}

const ITEMS: Record<string, string> = {
  HWDevID: 'A'.repeat(64),
  OSEdition: '203',
  DeviceName: 'CLS-1',
  DeviceID: good.deviceId,
  EnrollmentType: 'Device',
  DeviceType: 'CIMClient_Windows',
  OSVersion: '10.0.26100.4652',
}

function enroll(der: Uint8Array, items: [string, string][] = Object.entries(ITEMS), token = tokenOf()) {
  const url = `${MDM}/EnrollmentServer/Enrollment.svc`
  const message = encodeRequestSecurityToken(
    {
      requestType: 'Issue',
      certificateRequest: { valueType: PKCS10_VALUE_TYPE, der },
      contextItems: items.map(([name, value]) => ({ name, value })),
    },
    soap(token, url),
  )
  return decodeEnvelope(send(postSoap(url, message)).body)
}

test('a certificate request that its own key signed is answered with a provisioning document', () => {
  expect(enroll(csr()).body?.local).toBe('RequestSecurityTokenResponseCollection')
})

test('a certificate request with one flipped bit is refused', () => {
  expect(enroll(csr(flipLast)).fault).toMatchObject({ subcode: 's:CertificateRequest' })
})

test('an enrolment that says too little of the device is refused', () => {
  expect(enroll(csr(), [['DeviceID', good.deviceId]]).fault).toMatchObject({
    subcode: 's:MessageFormat',
    reason: expect.stringContaining('HWDevID'),
  })
})

test('a user without a licence is refused with the type that Windows maps', () => {
  expect(enroll(csr(), undefined, tokenOf({ upn: 'carla@contoso.example' })).fault?.detail).toMatchObject({
    errorType: 'UserLicense',
  })
})

test.each<[string, [string, string][], string]>([
  ['an odd value', [['HWDevID', 'x']], 'odd context: HWDevID'],
  ['an odd optional value', [['MAC', '00:11:22:33:44:55']], 'odd context: MAC'],
  ['an odd correlator', [['OfflineAutoPilotEnrollmentCorrelator', 'a b']], 'odd context: OfflineAuto'],
])('an enrolment with %s is refused', (_, changes, reason) => {
  expect(enroll(csr(), Object.entries({ ...ITEMS, ...Object.fromEntries(changes) })).fault).toMatchObject({
    subcode: 's:MessageFormat',
    reason: expect.stringContaining(reason),
  })
})

test('addresses may come more than once, everything else may not', () => {
  const mac: [string, string] = ['MAC', '02-00-00-00-00-01']
  expect(enroll(csr(), [...Object.entries(ITEMS), mac, mac]).fault).toBeUndefined()
  expect(enroll(csr(), [...Object.entries(ITEMS), ['DeviceName', 'B']]).fault?.reason).toBe('context twice: DeviceName')
})

const unsigning = (extensions: Extension[], name = `x!${good.deviceId}`) =>
  createCertificationRequest({
    subject: [{ type: 'CN', value: name }],
    publicKey: key,
    sign: (bytes) => new Uint8Array(signBytes('sha256', bytes, key)),
    extensions,
  })
const idOf = (text: string) => ({ oid: '1.3.6.1.4.1.311.66.1.0', value: new TextEncoder().encode(text) })
const own = idOf(`${good.deviceId}\0`)

test.each<[string, () => Uint8Array, RegExp]>([
  ['for another device', () => csr(undefined, { deviceId: 'E'.repeat(32) }), /names another device/],
  [
    'with a hash that nobody asked for',
    () => csr(undefined, { hash: 'sha512' as 'sha256' }),
    /the policy wants sha256/,
  ],
  [
    'with SHA-1 where a policy asks for SHA-256',
    () => csr(undefined, { hash: 'sha1' as 'sha256' }),
    /not signed by its own/,
  ],
  ['without a purpose', () => unsigning([own]), /client authentication/],
  ['with a device id that lacks its end', () => unsigning([idOf(good.deviceId)]), /names another device/],
  ['with another subject', () => unsigning([own], 'somebody'), /the subject/],
])('a certificate request %s is refused', (_, make, reason) => {
  expect(enroll(make()).fault).toMatchObject({
    subcode: 's:CertificateRequest',
    reason: expect.stringMatching(reason),
  })
})

test('a token of version 2 is for the application, and names the person its own way [point 63]', () => {
  const second = {
    ver: '2.0',
    iss: issuerOf(tenant, tenant.definition.tenantId, 2),
    aud: MDM_APPLICATION,
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
  tenant.codes.set('one', { ...pending, codeChallenge })
  tenant.codes.set('two', { ...pending, codeChallenge })
  expect(jsonOf(token('wrong', 'one')).error_description).toMatch(/AADSTS501481/)
  expect(jsonOf(token('right', 'one')).error_description).toMatch(/AADSTS70008/)
  expect(jsonOf(token('right', 'two')).token_type).toBe('Bearer')
})

test('a path that nobody serves is 404, a wrong method 405, and another host nothing of ours', () => {
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
    ['7.0', '8.0', 'RequestVersion'],
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
