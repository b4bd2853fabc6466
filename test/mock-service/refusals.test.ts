import { createHash, createPublicKey, sign as signBytes } from 'node:crypto'
import { beforeEach, expect, test } from 'vitest'
import { hardwareHashOf } from '../../src/device/hardware-hash-of.ts'
import { MOCK_ENDPOINTS } from '../../src/domain/endpoints.ts'
import type { HttpRequest, HttpResponse, Peer } from '../../src/domain/http.ts'
import { startTenant } from '../../src/mock-service/connect.ts'
import { objectIdOf } from '../../src/mock-service/entra/token.ts'
import type { Tenant } from '../../src/mock-service/tenant.ts'
import { seededIds } from '../../src/ports/ids.ts'
import { derivedKeys } from '../../src/ports/rsa-keys.ts'
import { seededChance } from '../../src/ports/seeded-chance.ts'
import { encodeJwt } from '../../src/protocols/jwt/jwt.ts'
import { encodeDiscoverRequest } from '../../src/protocols/ms-mde2/discover.ts'
import { encodeRequestSecurityToken, PKCS10_VALUE_TYPE } from '../../src/protocols/ms-wstep/request-security-token.ts'
import { encodeGetPoliciesRequest } from '../../src/protocols/ms-xcep/get-policies.ts'
import { decodeEnvelope } from '../../src/protocols/soap/envelope.ts'
import { jwtSecurityToken } from '../../src/protocols/soap/security.ts'
import { encodeSyncML } from '../../src/protocols/syncml/encode.ts'
import { createCertificationRequest } from '../../src/protocols/x509/certification-request.ts'
import { loadDeviceFile, loadTenantFile } from '../../src/scenario/library.ts'

const NOW = Date.parse('2024-11-04T08:00:00Z')
const device = loadDeviceFile('surface-laptop-se')
const hash = hardwareHashOf(device, derivedKeys, NOW)
const key = derivedKeys.rsa2048(device.tpm!.endorsementSeed, 'mdm')
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
  send = (request, peer = {}) => started.handle(request, peer)
})

const post = (url: string, body: string | object, headers: Record<string, string> = {}): HttpRequest => ({
  method: 'POST',
  url,
  headers,
  body: new TextEncoder().encode(typeof body === 'string' ? body : JSON.stringify(body)),
})

const jsonOf = (response: HttpResponse) => JSON.parse(new TextDecoder().decode(response.body)) as Record<string, string>

/** Changes one bit of the text's last base64 group but one, so that it stays base64. */
function flipped(base64: string): string {
  const bytes = Buffer.from(base64, 'base64url')
  bytes[bytes.length - 2]! ^= 1
  return bytes.toString('base64url')
}

const claims = (changes: object = {}) => ({
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
const tokenOf = (changes: object = {}) => encodeJwt(claims(changes), tenant.tokenKey(), 'k')

function withFlippedSignature(token: string): string {
  const [header, body, signature] = token.split('.')
  return `${header}.${body}.${flipped(signature!)}`
}

const unsigned = () => {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  return `${part({ alg: 'none' })}.${part(claims())}.`
}

const soap = (token: string) => ({
  messageId: 'urn:uuid:1',
  to: MDM,
  security: { binarySecurityToken: jwtSecurityToken(token) },
})

const policies = (token: string) => {
  const response = send(post(`${MDM}/EnrollmentServer/Policy.svc`, encodeGetPoliciesRequest({}, soap(token))))
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
  ['another tenant', () => tokenOf({ tid: 'elsewhere' }), 's:Authorization', /another tenant/],
  ['another purpose', () => tokenOf({ scp: 'user_impersonation' }), 's:Authorization', /not for device management/],
])('a token with %s is refused', (_, makeToken, subcode, reason) => {
  expect(policies(makeToken())).toEqual({ subcode, reason: expect.stringMatching(reason) })
})

const csr = (spoil: (der: Uint8Array) => Uint8Array = (der) => der) =>
  spoil(
    createCertificationRequest({
      subject: [{ type: 'CN', value: 'device' }],
      publicKey: createPublicKey(key),
      sign: (bytes) => new Uint8Array(signBytes('sha256', bytes, key)),
      extensions: [],
    }),
  )

const flipLast = (der: Uint8Array) => {
  const copy = der.slice()
  copy[copy.length - 1]! ^= 1
  return copy
}

const ITEMS = ['HWDevID', 'DeviceID', 'EnrollmentType', 'DeviceType', 'OSVersion', 'OSEdition', 'DeviceName']

function enroll(der: Uint8Array, items = ITEMS, token = tokenOf()) {
  const message = encodeRequestSecurityToken(
    {
      requestType: 'Issue',
      certificateRequest: { valueType: PKCS10_VALUE_TYPE, der },
      contextItems: items.map((name) => ({ name, value: name === 'DeviceID' ? 'D1' : 'x' })),
    },
    soap(token),
  )
  return decodeEnvelope(send(post(`${MDM}/EnrollmentServer/Enrollment.svc`, message)).body)
}

test('a certificate request that its own key signed is answered with a provisioning document', () => {
  expect(enroll(csr()).body?.local).toBe('RequestSecurityTokenResponseCollection')
})

test('a certificate request with one flipped bit is refused', () => {
  expect(enroll(csr(flipLast)).fault).toMatchObject({ subcode: 's:CertificateRequest' })
})

test('an enrolment that says too little of the device is refused', () => {
  expect(enroll(csr(), ['DeviceID']).fault).toMatchObject({
    subcode: 's:MessageFormat',
    reason: expect.stringContaining('HWDevID'),
  })
})

test('a user without a licence is refused with the type that Windows maps', () => {
  expect(enroll(csr(), ITEMS, tokenOf({ upn: 'carla@contoso.example' })).fault?.detail).toMatchObject({
    errorType: 'UserLicense',
  })
})

test('the join refuses a forged token and a forged request', () => {
  const url = 'https://enterpriseregistration.windows.test/EnrollmentServer/device/?api-version=2.0'
  const join = (token: string, der: Uint8Array) =>
    send(
      post(
        url,
        { CertificateRequest: { Type: 'pkcs10', Data: Buffer.from(der).toString('base64') }, DeviceDisplayName: 'X' },
        { authorization: `Bearer ${token}` },
      ),
    )
  expect(join(tokenOf(), csr()).status).toBe(200)
  expect(jsonOf(join(withFlippedSignature(tokenOf()), csr()))).toMatchObject({ subcode: 'error_invalid_token' })
  expect(jsonOf(join(tokenOf(), csr(flipLast)))).toMatchObject({ subcode: 'error_invalid_request' })
  expect(jsonOf(join(tokenOf({ tid: 'elsewhere' }), csr()))).toMatchObject({ subcode: 'error_unauthorized' })
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
  const pending = { ...tenant.findUser('alice@contoso.example')!, redirectUri: 'r', clientId: 'c' }
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
      emailAddress: 'a@b',
      requestVersion: '7.0',
      deviceType: 'CIMClient_Windows',
      applicationVersion: '10.0',
      osEdition: '203',
      authPolicies: ['OnPremise'],
    },
    { messageId: 'urn:uuid:2', to: MDM },
  )
  const url = `${MDM}/enrollmentserver/discovery.svc`
  expect(decodeEnvelope(send(post(url, good)).body).body?.local).toBe('DiscoverResponse')
  expect(decodeEnvelope(send(post(url, good.slice(0, 200))).body).fault).toMatchObject({ subcode: 's:MessageFormat' })
  expect(decodeEnvelope(send(post(url, '<!DOCTYPE a><a/>')).body).fault?.reason).toMatch(/ERR_XML_DOCTYPE/)
})
