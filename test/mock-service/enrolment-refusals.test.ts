import { sign as signBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { issuerOf } from '../../src/mock-service/entra/claims.ts'
import { createCertificationRequest } from '../../src/protocols/x509/certification-request.ts'
import type { Extension } from '../../src/protocols/x509/extensions.ts'
import {
  csr,
  enroll,
  flipLast,
  good,
  ITEMS,
  key,
  NOW,
  policies,
  tenant,
  tokenOf,
  unsigned,
  withFlippedSignature,
} from './refusals-scene.ts'

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
    'with a hash that the policy does not ask for',
    () => csr(undefined, { hash: 'sha512' as 'sha256' }),
    /the policy requires sha256/,
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
