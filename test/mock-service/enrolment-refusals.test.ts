import { createPublicKey, sign as signBytes } from 'node:crypto'
import { expect, onTestFinished, test } from 'vitest'
import type { EnrollmentDefinition } from '../../src/domain/tenant.ts'
import { issuerOf } from '../../src/mock-service/entra/claims.ts'
import { bitString, contextTag, integer, nullValue, oid, sequence, set } from '../../src/protocols/der/writer.ts'
import { createCertificationRequest } from '../../src/protocols/x509/certification-request.ts'
import { type Extension, extendedKeyUsage } from '../../src/protocols/x509/extensions.ts'
import type { NameAttribute } from '../../src/protocols/x509/name.ts'
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

const request = (subject: NameAttribute[], extensions: Extension[] = [], hash: 'sha1' | 'sha256' = 'sha256') =>
  createCertificationRequest({
    subject,
    publicKey: key,
    sign: (bytes) => new Uint8Array(signBytes(hash, bytes, key)),
    hash,
    extensions,
  })
const named = (value: string): NameAttribute[] => [{ type: 'CN', value }]
const idOf = (text: string) => ({ oid: '1.3.6.1.4.1.311.66.1.0', value: new TextEncoder().encode(text) })
const own = idOf(`${good.deviceId}\0`)
const NAME = `x!${good.deviceId}`

/** The tenant's file says so, for one test. */
function enrolling(changes: Partial<EnrollmentDefinition>): void {
  const { enrollment } = tenant.definition
  tenant.definition.enrollment = { ...enrollment, ...changes }
  onTestFinished(() => {
    tenant.definition.enrollment = enrollment
  })
}

const refusedFor = (reason: RegExp) => ({ subcode: 's:CertificateRequest', reason: expect.stringMatching(reason) })

test.each<[string, () => Uint8Array, RegExp]>([
  ['for another device', () => csr(undefined, { deviceId: 'E'.repeat(32) }), /names another device/],
  [
    'with a hash that the policy does not ask for',
    () => csr(undefined, { hash: 'sha512' as 'sha256' }),
    /signed with sha512 .*, the policy requires sha256/,
  ],
  [
    'with SHA-1 where a policy asks for SHA-256',
    () => csr(undefined, { hash: 'sha1' as 'sha256' }),
    /signed with sha1 \(1\.2\.840\.113549\.1\.1\.5\), the policy requires sha256/,
  ],
  ['for another purpose', () => request(named(NAME), [own, extendedKeyUsage('1.3.6.1.5.5.7.3.1')]), /client authentic/],
  ['with a device id that lacks its end', () => request(named(NAME), [idOf(good.deviceId)]), /names another device/],
  ['without a name', () => request([]), /not one name/],
  ['with two names', () => request([...named('a'), ...named('b')]), /not one name/],
  ['with a name that is too long', () => request(named('a'.repeat(65))), /not one name/],
])('a certificate request %s is refused', (_, make, reason) => {
  expect(enroll(make()).fault).toMatchObject(refusedFor(reason))
})

test('a certificate request with a plain name, and nothing else, enrols as at Intune', () => {
  expect(enroll(request(named('device-1'))).fault).toBeUndefined()
})

test.each<[string, () => Uint8Array, RegExp]>([
  ['without a purpose', () => request(named(NAME), [own]), /client authentication/],
  ['without a device id', () => request(named(NAME)), /names another device/],
  ['with another subject', () => request(named('device-1'), [own]), /the subject/],
])('a tenant that checks certificate requests refuses one %s', (_, make, reason) => {
  enrolling({ checksCertificateRequest: true })
  expect(enroll(make()).fault).toMatchObject(refusedFor(reason))
  expect(enroll(csr()).fault).toBeUndefined()
})

/** As Windows 10 wrote it: the older name of SHA-1 with RSA, and a PrintableString with a character it may not have and a NUL. */
function ofWindows10(): Uint8Array {
  const text = Buffer.from(`${NAME}\0`, 'latin1')
  const value = Uint8Array.from([0x13, text.length, ...text])
  const spki = createPublicKey(key).export({ type: 'spki', format: 'der' })
  const subject = sequence(set(sequence(oid('2.5.4.3'), value)))
  const tbs = sequence(integer(0), subject, Uint8Array.from(spki), contextTag(0, new Uint8Array()))
  const signature = new Uint8Array(signBytes('sha1', tbs, key))
  return sequence(tbs, sequence(oid('1.3.14.3.2.29'), nullValue()), bitString(signature))
}

test('the certificate request of Windows 10 is taken where no policy asks for another hash, and refused for its hash elsewhere', () => {
  expect(enroll(ofWindows10()).fault).toMatchObject(refusedFor(/signed with sha1 \(1\.3\.14\.3\.2\.29\), the policy/))
  enrolling({ keyPolicy: null })
  expect(enroll(ofWindows10()).fault).toBeUndefined()
  expect(enroll(flipLast(ofWindows10())).fault).toMatchObject(refusedFor(/not signed by its own key/))
})

test('a certificate request with a signature of another kind is refused for that', () => {
  const der = Buffer.from(request(named('device-1')))
  // sha256WithRSAEncryption becomes RSASSA-PSS.
  const algorithm = Buffer.from(oid('1.2.840.113549.1.1.11'))
  Buffer.from(oid('1.2.840.113549.1.1.10')).copy(der, der.lastIndexOf(algorithm))
  expect(enroll(new Uint8Array(der)).fault).toMatchObject(refusedFor(/1\.2\.840\.113549\.1\.1\.10: RSA with SHA-1/))
})
