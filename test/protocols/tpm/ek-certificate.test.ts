import { generateKeyPairSync, sign } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { unwrapped } from '../../../src/device/tpm/endorsement-certificate.ts'
import { createEkCertificate } from '../../../src/protocols/tpm/ek-certificate.ts'
import { amdLookupKey, intelLookupKey, lookupKey } from '../../../src/protocols/tpm/ek-lookup.ts'
import { ekP256, ekRsa } from '../../../src/protocols/tpm/templates.ts'
import { decodeCertificate } from '../../../src/protocols/x509/certificate.ts'
import { keyIdentifierOf } from '../../../src/protocols/x509/extensions.ts'
import {
  nameText,
  readAlternativeDirectoryName,
  readAuthorityKeyIdentifier,
  readBasicConstraints,
  readExtendedKeyUsage,
  readIssuerUrl,
  readKeyUsage,
} from '../../../src/protocols/x509/read-extensions.ts'
import { spkiOf } from '../../../src/protocols/x509/signature.ts'
import { refusal } from '../fuzz.ts'

const MODULUS = new Uint8Array(256).fill(0xa5)

describe('lookups of the key of vector T7', () => {
  test('are Intel’s and AMD’s', () => {
    expect([intelLookupKey(MODULUS), amdLookupKey(ekRsa(MODULUS))]).toEqual([
      'lKxO7KwblAaYuX-xViVFz99cjoqsXJ541aLFjnfXWdE%3D',
      '58b6eb282c36a5d77aedfe98e3e0e8d0',
    ])
  })

  test('go by the service, and only AMD has one for a curve', () => {
    const point = ekP256({ x: new Uint8Array(32).fill(1), y: new Uint8Array(32).fill(2) })
    expect(lookupKey('ekIntel', ekRsa(MODULUS))).toBe(intelLookupKey(MODULUS))
    expect(lookupKey('ekQualcomm', ekRsa(MODULUS))).toMatch(/^[\w-]{43}$/)
    expect(lookupKey('ekAmd', point)).toMatch(/^[0-9a-f]{32}$/)
    expect([lookupKey('ekIntel', point), lookupKey('ekQualcomm', point)]).toEqual([undefined, undefined])
  })
})

const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
const spki = spkiOf(privateKey)
const der = createEkCertificate({
  manufacturer: 'id:49465800',
  model: 'SLB9670',
  version: 'id:00070055',
  specification: { level: 0, revision: 138 },
  serial: Uint8Array.of(5),
  issuer: [{ type: 'CN', value: 'An authority' }],
  issuerSpki: spki,
  issuerUrl: 'http://pki.test/a.cer',
  notBefore: new Date(0),
  notAfter: new Date(1e12),
  spki,
  type: 'rsa',
  sign: (tbs) => new Uint8Array(sign('sha256', tbs, privateKey)),
})

test('a certificate says what the profile of the TCG requires', () => {
  const { subject, extensions } = decodeCertificate(der)
  expect(subject).toEqual([])
  expect(nameText(readAlternativeDirectoryName(extensions)!)).toBe(
    '2.23.133.2.1=id:49465800, 2.23.133.2.2=SLB9670, 2.23.133.2.3=id:00070055',
  )
  expect(extensions.find(({ oid }) => oid === '2.5.29.17')?.critical).toBe(true)
  expect(readExtendedKeyUsage(extensions)).toEqual(['2.23.133.8.1'])
  expect(readKeyUsage(extensions)).toEqual(['keyEncipherment'])
  expect(readBasicConstraints(extensions)).toEqual({ ca: false })
  expect(readAuthorityKeyIdentifier(extensions)).toEqual(keyIdentifierOf(spki))
  expect(readIssuerUrl(extensions)).toBe('http://pki.test/a.cer')
  expect(Buffer.from(extensions.find(({ oid }) => oid === '2.5.29.9')!.value).toString('hex')).toContain(
    // tpmSpecification: "2.0", level 0, revision 138.
    '06056781050210310e300c0c03322e3002010002 02008a'.replace(' ', ''),
  )
})

test('what a certificate has not is undefined, and what it has twice is refused', () => {
  expect([readBasicConstraints([]), readKeyUsage([]), readExtendedKeyUsage([])]).toEqual([
    undefined,
    undefined,
    undefined,
  ])
  expect([readAuthorityKeyIdentifier([]), readIssuerUrl([]), readAlternativeDirectoryName([])]).toEqual([
    undefined,
    undefined,
    undefined,
  ])
  const { extensions } = decodeCertificate(der)
  expect(refusal(() => readKeyUsage([...extensions, ...extensions]))).toBe('ERR_X509_EXTENSION')
})

describe('what an NV index has', () => {
  const padding = new Uint8Array(30).fill(0xff)

  test.each([
    ['bare', der],
    ['with something behind it', Buffer.concat([der, padding])],
    [
      'in the wrapper of older chips',
      Buffer.concat([Buffer.from('100100', 'hex'), Buffer.from([der.length >> 8, der.length & 0xff]), der]),
    ],
    ['in the wrapper, with something behind it', Buffer.concat([Buffer.from('1001000000', 'hex'), der, padding])],
  ])('is read %s', (_, content) => {
    expect(Buffer.compare(unwrapped(new Uint8Array(content)), der)).toBe(0)
  })
})
