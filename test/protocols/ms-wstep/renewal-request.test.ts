import { createHash, sign } from 'node:crypto'
import { expect, test } from 'vitest'
import { derivedKeys } from '../../../src/ports/rsa-keys.ts'
import { encodeRenewalRequest, openRenewalRequest } from '../../../src/protocols/ms-wstep/renewal-request.ts'
import { createCertificate } from '../../../src/protocols/x509/certificate.ts'
import type { NameAttribute } from '../../../src/protocols/x509/name.ts'
import { type SignatureHash, spkiOf } from '../../../src/protocols/x509/signature.ts'
import { openCms } from '../../openssl.ts'
import { refusal } from '../fuzz.ts'

const NOW = Date.UTC(2026, 2, 1)
const key = derivedKeys.rsa2048('tenant:contoso-school', 'mdm-root')
const other = derivedKeys.rsa2048('tenant:contoso-school', 'token-signing')
const issuer: NameAttribute[] = [
  { type: 'DC', value: 'example' },
  { type: 'CN', value: 'Hillview Issuing' },
]

const certificateOf = (holder = key, serial = 0x92) =>
  createCertificate({
    serial: Uint8Array.of(serial, 7),
    issuer,
    subject: [{ type: 'CN', value: 'device' }],
    notBefore: new Date(NOW - 1),
    notAfter: new Date(NOW + 86_400_000),
    spki: spkiOf(holder),
    sign: (bytes) => new Uint8Array(sign('sha256', bytes, key)),
    extensions: [],
  })

const certificate = certificateOf()
const content = new TextEncoder().encode('in place of a PKCS#10')
const renewal = (hash: SignatureHash = 'sha256') =>
  encodeRenewalRequest({ certificateRequest: content, certificate, key, hash, now: NOW })

test.each(['sha1', 'sha256', 'sha384', 'sha512'] as const)('with %s the request comes out as it went in', (hash) => {
  expect(openRenewalRequest(renewal(hash), certificate)).toEqual(content)
})

test('OpenSSL verifies it by the present certificate, and by no other one [point 27: openssl]', () => {
  expect(openCms(renewal(), certificate)).toEqual({ isVerified: true, content: Buffer.from(content) })
  expect(openCms(renewal(), certificateOf(other)).isVerified).toBe(false)
})

test('a bit less, and nothing comes out of it', () => {
  const der = renewal()
  expect(openRenewalRequest(der, certificateOf(other))).toBeUndefined()
  expect(openRenewalRequest(der, certificateOf(key, 0x93))).toBeUndefined()
  const at = (part: Uint8Array) => Buffer.from(der).indexOf(part)
  const digest = new Uint8Array(createHash('sha256').update(content).digest())
  for (const place of [der.length - 1, at(content), at(digest)]) {
    const flipped = Uint8Array.from(der, (byte, index) => (index === place ? byte ^ 1 : byte))
    expect([place, openRenewalRequest(flipped, certificate)]).toEqual([place, undefined])
  }
})

test('what is no signed message is refused', () => {
  expect(refusal(() => openRenewalRequest(Uint8Array.of(0x30, 0), certificate))).toMatch(/^ERR_DER_/)
  expect(refusal(() => openRenewalRequest(certificate, certificate))).toMatch(/^ERR_/)
})
