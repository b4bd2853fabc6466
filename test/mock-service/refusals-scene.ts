import { createPublicKey } from 'node:crypto'
import { beforeEach } from 'vitest'
import { hardwareHashOf } from '../../src/device/hardware-hash-of.ts'
import { MOCK_ENDPOINTS } from '../../src/domain/endpoints.ts'
import type { HttpRequest, HttpResponse, Peer } from '../../src/domain/http.ts'
import { startTenant } from '../../src/mock-service/connect.ts'
import { issuerOf, objectIdOf } from '../../src/mock-service/entra/claims.ts'
import { KEY_ID } from '../../src/mock-service/entra/issue-tokens.ts'
import type { Tenant } from '../../src/mock-service/tenant.ts'
import { seededIds } from '../../src/ports/ids.ts'
import { derivedKeys } from '../../src/ports/rsa-keys.ts'
import { seededChance } from '../../src/ports/seeded-chance.ts'
import { encodeJwt } from '../../src/protocols/jwt/jwt.ts'
import { encodeRequestSecurityToken, PKCS10_VALUE_TYPE } from '../../src/protocols/ms-wstep/request-security-token.ts'
import { encodeGetPoliciesRequest } from '../../src/protocols/ms-xcep/get-policies.ts'
import { decodeEnvelope } from '../../src/protocols/soap/envelope.ts'
import { SOAP_CONTENT_TYPE } from '../../src/protocols/soap/namespaces.ts'
import { jwtSecurityToken } from '../../src/protocols/soap/security.ts'
import { loadDeviceFile, loadTenantFile } from '../../src/scenario/library.ts'
import { enrollmentCertificateRequest } from '../../src/service/enrollment/enroll.ts'
import { putJoined } from './joined.ts'

export const NOW = Date.parse('2024-11-04T08:00:00Z')
export const device = loadDeviceFile('surface-laptop-se')
export const hash = hardwareHashOf(device, derivedKeys, NOW)
export const key = derivedKeys.rsa2048(device.tpm!.endorsementSeed, 'mdm')
export const DEVICE = '0c0ffee0-0000-4000-8000-000000000001'
export const MDM = 'https://enrollment.manage.microsoft.test'

export let tenant: Tenant
export let send: (request: HttpRequest, peer?: Peer) => HttpResponse

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
  putJoined(tenant, DEVICE, new Uint8Array(), new Uint8Array(publicKey.export({ type: 'spki', format: 'der' })))
  send = (request, peer = {}) => started.handle(request, peer)
})

export const post = (url: string, body: string | object, headers: Record<string, string> = {}): HttpRequest => ({
  method: 'POST',
  url,
  headers,
  body: new TextEncoder().encode(typeof body === 'string' ? body : JSON.stringify(body)),
})

export const postSoap = (url: string, message: string, type = SOAP_CONTENT_TYPE) =>
  post(url, message, { 'content-type': type })

export const jsonOf = (response: HttpResponse) =>
  JSON.parse(new TextDecoder().decode(response.body)) as Record<string, string>

/** Changes one bit of the text's last base64 group but one, so that it stays base64. */
export function flipped(base64: string): string {
  const bytes = Buffer.from(base64, 'base64url')
  bytes[bytes.length - 2]! ^= 1
  return bytes.toString('base64url')
}

export const claims = (changes: object = {}) => ({
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
export const tokenOf = (changes: object = {}, keyId = KEY_ID) => encodeJwt(claims(changes), tenant.tokenKey(), keyId)
export const joinTokenOf = (changes: object = {}) =>
  tokenOf({ aud: 'urn:ms-drs:enterpriseregistration.windows.net', scp: 'user_impersonation', ...changes })

export function withFlippedSignature(token: string): string {
  const [header, body, signature] = token.split('.')
  return `${header}.${body}.${flipped(signature!)}`
}

export const unsigned = () => {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  return `${part({ alg: 'none' })}.${part(claims())}.`
}

export const MESSAGE_ID = 'urn:uuid:748132ec-a575-4329-b01b-6171a9cf8478'

export const soap = (token: string, to = `${MDM}/EnrollmentServer/Policy.svc`) => ({
  messageId: MESSAGE_ID,
  to,
  security: { binarySecurityToken: jwtSecurityToken(token) },
})

export const policies = (token: string) => {
  const response = send(postSoap(`${MDM}/EnrollmentServer/Policy.svc`, encodeGetPoliciesRequest({}, soap(token))))
  const { fault, body } = decodeEnvelope(response.body)
  return fault ? { subcode: fault.subcode, reason: fault.reason } : body?.local
}

export const good = {
  deviceId: 'D'.repeat(32),
  key,
  hash: 'sha256' as const,
  guid: 'f0000000-0000-4000-8000-000000000001',
}
export const csr = (spoil: (der: Uint8Array) => Uint8Array = (der) => der, changes: Partial<typeof good> = {}) =>
  spoil(enrollmentCertificateRequest({ ...good, ...changes }))

export const flipLast = (der: Uint8Array) => {
  const copy = der.slice()
  copy[copy.length - 1]! ^= 1
  return copy
}

export const ITEMS: Record<string, string> = {
  HWDevID: 'A'.repeat(64),
  OSEdition: '203',
  DeviceName: 'CLS-1',
  DeviceID: good.deviceId,
  EnrollmentType: 'Device',
  DeviceType: 'CIMClient_Windows',
  OSVersion: '10.0.26100.4652',
}

export function enroll(der: Uint8Array, items: [string, string][] = Object.entries(ITEMS), token = tokenOf()) {
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
