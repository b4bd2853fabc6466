import 'reflect-metadata'
import { createPublicKey } from 'node:crypto'
import * as peculiar from '@peculiar/x509'
import { describe, expect, test } from 'vitest'
import { readDer } from '../../../src/protocols/der/reader.ts'
import { boolean, integer, octetString, oid, sequence } from '../../../src/protocols/der/writer.ts'
import {
  createCertificationRequest,
  decodeCertificationRequest,
  verifyCertificationRequest,
} from '../../../src/protocols/x509/certification-request.ts'
import { EXTENDED_KEY_USAGE, extendedKeyUsage, readExtensions } from '../../../src/protocols/x509/extensions.ts'
import { decodeName, encodeName, type NameAttribute } from '../../../src/protocols/x509/name.ts'
import { flipWithin, issuerKey, signWith, spkiOf, subjectKey, webKeys } from './keys.ts'

const DEVICE_ID = 'C7F43A2D0B8E4F619A5D3E2B1C0F9A87'
const DEVICE_ID_OID = '1.3.6.1.4.1.311.66.1.0'

/** mdm-protocols.md section 1.7: bare ASCII and a NUL, no DER inside. */
const deviceId = { oid: DEVICE_ID_OID, critical: false, value: Uint8Array.from(Buffer.from(`${DEVICE_ID}\0`)) }
const clientAuth = { critical: false, ...extendedKeyUsage(EXTENDED_KEY_USAGE.clientAuth) }
const subject: NameAttribute[] = [{ type: 'CN', value: `B1C43CD0-1624-5FBB-8E54-34CF17!${DEVICE_ID}` }]

const request = () =>
  createCertificationRequest({
    subject,
    publicKey: subjectKey,
    sign: signWith(subjectKey),
    extensions: [deviceId, clientAuth],
  })

describe('a certification request', () => {
  test('of an enrolment comes back whole, bare text in its extension', () => {
    const { tbs, signature, ...decoded } = decodeCertificationRequest(request())
    expect(decoded).toEqual({
      subject,
      spki: spkiOf(subjectKey),
      extensions: [deviceId, clientAuth],
      signatureAlgorithm: '1.2.840.113549.1.1.11',
    })
    expect([tbs.length > 300, signature.length]).toEqual([true, 256])
  })

  test('is verified by @peculiar/x509, which reads the same extensions', async () => {
    const parsed = new peculiar.Pkcs10CertificateRequest(request())
    expect({
      verified: await parsed.verify(),
      subject: parsed.subject,
      extensions: parsed.extensions.map(({ type, value }) => [type, new Uint8Array(value)]),
    }).toEqual({
      verified: true,
      subject: `CN=${subject[0]!.value}`,
      extensions: [
        [DEVICE_ID_OID, deviceId.value],
        [clientAuth.oid, clientAuth.value],
      ],
    })
  })

  test('of @peculiar/x509 is read and verified', async () => {
    const made = await peculiar.Pkcs10CertificateRequestGenerator.create({
      name: 'C=US, O=Contoso, OU=Lab, CN=device',
      keys: await webKeys(subjectKey),
      signingAlgorithm: { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' },
      extensions: [new peculiar.Extension(DEVICE_ID_OID, true, deviceId.value)],
    })
    const decoded = decodeCertificationRequest(new Uint8Array(made.rawData))
    expect(verifyCertificationRequest(decoded)).toBe(true)
    expect([decoded.subject, decoded.spki, decoded.extensions]).toEqual([
      [
        { type: 'C', value: 'US' },
        { type: 'O', value: 'Contoso' },
        { type: 'OU', value: 'Lab' },
        { type: 'CN', value: 'device' },
      ],
      spkiOf(subjectKey),
      [{ ...deviceId, critical: true }],
    ])
  })

  test('may go without extensions', async () => {
    const bare = createCertificationRequest({
      subject: [],
      publicKey: spkiOf(subjectKey),
      sign: signWith(subjectKey),
      extensions: [],
    })
    expect(await new peculiar.Pkcs10CertificateRequest(bare).verify()).toBe(true)
    const { subject: name, extensions } = decodeCertificationRequest(bare)
    expect({ name, extensions }).toEqual({ name: [], extensions: [] })
  })

  test('takes the public half of a private key, and a public key', () => {
    const [fromPrivate, fromPublic] = [subjectKey, createPublicKey(subjectKey)].map((publicKey) =>
      createCertificationRequest({ subject, publicKey, sign: signWith(subjectKey), extensions: [] }),
    )
    expect(fromPrivate).toEqual(fromPublic)
  })

  test('is verified as it is and not with a flipped bit in its body or its signature', () => {
    const der = request()
    const { signature } = decodeCertificationRequest(der)
    const forms = [der, flipWithin(der, signature), flipWithin(der, Buffer.from(DEVICE_ID))]
    const verified = forms.map((form) => verifyCertificationRequest(decodeCertificationRequest(form)))
    expect(verified).toEqual([true, false, false])
  })

  test('is not verified when another key signed it', () => {
    const der = createCertificationRequest({
      subject,
      publicKey: subjectKey,
      sign: signWith(issuerKey),
      extensions: [],
    })
    expect(verifyCertificationRequest(decodeCertificationRequest(der))).toBe(false)
  })

  test('is not verified under an algorithm that we do not trust', () => {
    const decoded = decodeCertificationRequest(request())
    const algorithms = ['1.2.840.113549.1.1.11', '1.2.840.113549.1.1.5', '1.2.840.10045.4.3.2']
    const verified = algorithms.map((signatureAlgorithm) =>
      verifyCertificationRequest({ ...decoded, signatureAlgorithm }),
    )
    expect(verified).toEqual([true, false, false])
  })

  test('is not verified with a key that is none', () => {
    const decoded = decodeCertificationRequest(request())
    expect(verifyCertificationRequest({ ...decoded, spki: sequence(integer(1)) })).toBe(false)
  })

  test('of another version is refused', () => {
    const [, algorithm, signature] = readDer(request()).children.map((part) => part.raw)
    const der = sequence(sequence(integer(1), sequence(), sequence()), algorithm!, signature!)
    expect(() => decodeCertificationRequest(der)).toThrow(expect.objectContaining({ code: 'ERR_X509_VERSION' }))
  })

  test('that is cut anywhere is refused', () => {
    const der = request()
    const accepted = [...der.keys()].filter((length) => {
      try {
        return decodeCertificationRequest(der.slice(0, length)) !== undefined
      } catch (error) {
        return (error as Error).name !== 'DecodeError'
      }
    })
    expect(accepted).toEqual([])
  })

  test('with any bit flipped is refused or not verified', () => {
    const der = request()
    const accepted = [...der.keys()].filter((index) => {
      const flipped = der.slice()
      flipped[index]! ^= 1 << (index % 8)
      try {
        return verifyCertificationRequest(decodeCertificationRequest(flipped))
      } catch (error) {
        return (error as Error).name !== 'DecodeError'
      }
    })
    expect(accepted).toEqual([])
  })
})

describe('a name', () => {
  test('keeps the order and the types of its attributes', () => {
    const name: NameAttribute[] = [
      { type: 'DC', value: 'windows' },
      { type: 'DC', value: 'net' },
      { type: 'C', value: 'DE' },
      { type: '2.5.4.7', value: 'Zürich' },
      { type: 'CN', value: 'MS-Organization-Access' },
    ]
    expect(decodeName(encodeName(name))).toEqual(name)
  })

  test('has the string types of RFC 5280', () => {
    const name = encodeName([
      { type: 'C', value: 'DE' },
      { type: 'DC', value: 'net' },
      { type: 'CN', value: 'a' },
    ])
    const tags = readDer(name).children.map((rdn) => rdn.children[0]!.children[1]!.tag)
    expect(tags).toEqual([0x13, 0x16, 0x0c])
  })
})

test('an extension with an explicit "critical FALSE" is read', () => {
  const extensions = sequence(sequence(oid('2.5.29.37'), boolean(false), octetString(Uint8Array.of(1))))
  expect(readExtensions(readDer(extensions))).toEqual([{ oid: '2.5.29.37', critical: false, value: Uint8Array.of(1) }])
})
