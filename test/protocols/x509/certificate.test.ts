import 'reflect-metadata'
import { X509Certificate } from 'node:crypto'
import * as peculiar from '@peculiar/x509'
import { describe, expect, test } from 'vitest'
import { readDer } from '../../../src/protocols/der/reader.ts'
import { contextTag, integer, sequence } from '../../../src/protocols/der/writer.ts'
import {
  createCertificate,
  decodeCertificate,
  thumbprint,
  verifyCertificate,
} from '../../../src/protocols/x509/certificate.ts'
import {
  authorityKeyIdentifier,
  basicConstraints,
  EXTENDED_KEY_USAGE,
  extendedKeyUsage,
  keyUsage,
  subjectKeyIdentifier,
} from '../../../src/protocols/x509/extensions.ts'
import type { NameAttribute } from '../../../src/protocols/x509/name.ts'
import { flipWithin, issuerKey, signWith, spkiOf, subjectKey, webKeys } from './keys.ts'

const rootName: NameAttribute[] = [
  { type: 'O', value: 'Contoso School' },
  { type: 'CN', value: 'Root' },
]
const leafName: NameAttribute[] = [{ type: 'CN', value: '7E980AD9-B86D-4306-9425-9AC066FB014A' }]
const notBefore = new Date('2026-01-01T00:00:00Z')

const root = () =>
  createCertificate({
    serial: Uint8Array.of(0, 0x9a, 1),
    issuer: rootName,
    subject: rootName,
    notBefore,
    notAfter: new Date('2051-01-01T00:00:00Z'),
    spki: spkiOf(issuerKey),
    sign: signWith(issuerKey),
    extensions: [
      basicConstraints({ ca: true, pathLength: 0 }),
      keyUsage('keyCertSign', 'cRLSign'),
      subjectKeyIdentifier(spkiOf(issuerKey)),
    ],
  })

const leafExtensions = () => [
  basicConstraints({ ca: false }),
  keyUsage('digitalSignature'),
  extendedKeyUsage(EXTENDED_KEY_USAGE.clientAuth),
  subjectKeyIdentifier(spkiOf(subjectKey)),
  authorityKeyIdentifier(spkiOf(issuerKey)),
]

const leaf = () =>
  createCertificate({
    serial: Uint8Array.of(0x12, 0x34),
    issuer: rootName,
    subject: leafName,
    notBefore,
    notAfter: new Date('2036-01-01T00:00:00Z'),
    spki: spkiOf(subjectKey),
    sign: signWith(issuerKey),
    extensions: leafExtensions(),
  })

describe('a certificate', () => {
  test('comes back whole', () => {
    const { tbs, signature, ...decoded } = decodeCertificate(leaf())
    expect(decoded).toEqual({
      version: 3,
      serial: Uint8Array.of(0x12, 0x34),
      issuer: rootName,
      subject: leafName,
      notBefore,
      notAfter: new Date('2036-01-01T00:00:00Z'),
      spki: spkiOf(subjectKey),
      extensions: leafExtensions(),
      signatureAlgorithm: '1.2.840.113549.1.1.11',
    })
    expect([tbs.length > 300, signature.length]).toEqual([true, 256])
  })

  test('and its root are a chain for Node', () => {
    const [ca, device] = [new X509Certificate(root()), new X509Certificate(leaf())]
    expect({
      rootOfItself: ca.checkIssued(ca) && ca.verify(ca.publicKey),
      issued: device.checkIssued(ca),
      verified: device.verify(ca.publicKey),
      isCa: [ca.ca, device.ca],
      serials: [ca.serialNumber, device.serialNumber],
      subjects: [ca.subject, device.subject],
      validTo: [ca.validTo, device.validTo],
      keyUsage: device.keyUsage,
      thumbprint: device.fingerprint.replaceAll(':', ''),
    }).toEqual({
      rootOfItself: true,
      issued: true,
      verified: true,
      isCa: [true, false],
      serials: ['9A01', '1234'],
      subjects: ['O=Contoso School\nCN=Root', `CN=${leafName[0]!.value}`],
      validTo: ['Jan  1 00:00:00 2051 GMT', 'Jan  1 00:00:00 2036 GMT'],
      keyUsage: [EXTENDED_KEY_USAGE.clientAuth],
      thumbprint: thumbprint(leaf()),
    })
  })

  test('and its extensions are understood by @peculiar/x509', async () => {
    const [ca, device] = [new peculiar.X509Certificate(root()), new peculiar.X509Certificate(leaf())]
    const { ca: isCa, pathLength, critical } = ca.getExtension(peculiar.BasicConstraintsExtension)!
    expect({
      verified: await device.verify({ publicKey: ca.publicKey, signatureOnly: true }),
      constraints: { isCa, pathLength, critical },
      usages: [ca, device].map((certificate) => certificate.getExtension(peculiar.KeyUsagesExtension)!.usages),
      purposes: device.getExtension(peculiar.ExtendedKeyUsageExtension)!.usages,
      chained:
        device.getExtension(peculiar.AuthorityKeyIdentifierExtension)!.keyId ===
        ca.getExtension(peculiar.SubjectKeyIdentifierExtension)!.keyId,
    }).toEqual({
      verified: true,
      constraints: { isCa: true, pathLength: 0, critical: true },
      usages: [
        peculiar.KeyUsageFlags.keyCertSign | peculiar.KeyUsageFlags.cRLSign,
        peculiar.KeyUsageFlags.digitalSignature,
      ],
      purposes: [EXTENDED_KEY_USAGE.clientAuth],
      chained: true,
    })
  })

  test('of @peculiar/x509 is read and verified', async () => {
    const keys = await webKeys(issuerKey)
    const made = await peculiar.X509CertificateGenerator.createSelfSigned({
      serialNumber: '00a1b2',
      name: 'DC=net, CN=Zürich',
      notBefore,
      notAfter: new Date('2049-12-31T23:59:59Z'),
      keys,
      extensions: [new peculiar.BasicConstraintsExtension(true, undefined, true)],
    })
    const name = [
      { type: 'DC', value: 'net' },
      { type: 'CN', value: 'Zürich' },
    ]
    const { tbs, signature, ...decoded } = decodeCertificate(new Uint8Array(made.rawData))
    expect(decoded).toEqual({
      version: 3,
      serial: Uint8Array.of(0xa1, 0xb2),
      issuer: name,
      subject: name,
      notBefore,
      notAfter: new Date('2049-12-31T23:59:59Z'),
      spki: spkiOf(issuerKey),
      extensions: [basicConstraints({ ca: true })],
      signatureAlgorithm: '1.2.840.113549.1.1.11',
    })
    expect(verifyCertificate({ ...decoded, tbs, signature }, spkiOf(issuerKey))).toBe(true)
  })

  test('is verified with the key of its issuer and no other, and not with a flipped bit', () => {
    const der = leaf()
    const { signature } = decodeCertificate(der)
    const verify = (form: Uint8Array, key = spkiOf(issuerKey)) => verifyCertificate(decodeCertificate(form), key)
    const flippedBody = flipWithin(der, Buffer.from(leafName[0]!.value))
    expect([
      verify(der),
      verify(der, spkiOf(subjectKey)),
      verify(flipWithin(der, signature)),
      verify(flippedBody),
    ]).toEqual([true, false, false, false])
  })

  test('may go without a subject and without extensions', () => {
    const options = { serial: Uint8Array.of(1), issuer: rootName, subject: [], extensions: [] }
    const der = createCertificate({
      ...options,
      notBefore,
      notAfter: notBefore,
      spki: spkiOf(subjectKey),
      sign: signWith(issuerKey),
    })
    const { serial, issuer, subject, extensions } = decodeCertificate(der)
    expect({ serial, issuer, subject, extensions }).toEqual(options)
    expect(new X509Certificate(der).serialNumber).toBe('01')
  })

  test('with two algorithms is refused', () => {
    const der = leaf()
    const algorithm = Buffer.from('2a864886f70d01010b', 'hex')
    expect(() => decodeCertificate(flipWithin(der, algorithm))).toThrow(
      expect.objectContaining({ name: 'DecodeError', code: 'ERR_X509_ALGORITHM' }),
    )
  })

  test('with a value behind its signature is refused', () => {
    const parts = readDer(leaf()).children.map((part) => part.raw)
    expect(() => decodeCertificate(sequence(...parts, integer(1)))).toThrow(
      expect.objectContaining({ name: 'DecodeError', code: 'ERR_DER_TRAILING' }),
    )
  })

  test('of version 1, which states none, is read; one of version 2 is refused', () => {
    const [body, algorithm, signature] = readDer(leaf()).children
    const members = body!.children.slice(1).filter(({ tag }) => tag < 0xa0)
    const first = sequence(sequence(...members.map(({ raw }) => raw)), algorithm!.raw, signature!.raw)
    expect(decodeCertificate(first)).toMatchObject({ version: 1, extensions: [] })
    const second = [contextTag(0, integer(1)), ...members.map(({ raw }) => raw)]
    const der = sequence(sequence(...second), algorithm!.raw, signature!.raw)
    expect(() => decodeCertificate(der)).toThrow(expect.objectContaining({ code: 'ERR_X509_VERSION' }))
  })
})

test('key usage leaves no bit unused that it uses', () => {
  expect([keyUsage('digitalSignature'), keyUsage('keyEncipherment'), keyUsage('keyCertSign', 'cRLSign')]).toEqual(
    ['03020780', '03020520', '03020106'].map((value) => ({
      oid: '2.5.29.15',
      critical: true,
      value: Uint8Array.from(Buffer.from(value, 'hex')),
    })),
  )
})
