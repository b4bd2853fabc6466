import { createHash, X509Certificate } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { signDetached } from '../../../src/protocols/cms/signed-data.ts'
import { verifyDetached } from '../../../src/protocols/cms/verify.ts'
import { createCertificate } from '../../../src/protocols/x509/certificate.ts'
import { readSignature } from '../../openssl.ts'
import { isWithout } from '../../without.ts'
import { fuzz, refusal } from '../fuzz.ts'
import { flipWithin, issuerKey, signWith, spkiOf, subjectKey } from '../x509/keys.ts'

const name = [{ type: 'CN' as const, value: 'Contoso MDM' }]
const certificateOf = (key: typeof subjectKey) =>
  createCertificate({
    serial: Uint8Array.of(0x80, 1),
    issuer: name,
    subject: name,
    notBefore: new Date('2024-01-01'),
    notAfter: new Date('2034-01-01'),
    spki: spkiOf(key),
    sign: signWith(key),
    extensions: [],
  })
const certificate = certificateOf(subjectKey)
const content = new TextEncoder().encode('<SyncML xmlns="SYNCML:SYNCML1.2"/>')
const signingTime = new Date('2026-11-22T10:00:00Z')
const signature = signDetached({ content, certificate, key: subjectKey, signingTime })

describe.skipIf(isWithout('openssl'))('by openssl', () => {
  test('a signature is of its content, SHA-256, with certificate and signing time [point 45: openssl]', () => {
    const { isVerified, text, content: seen } = readSignature(signature, content, certificate)
    expect(isVerified).toBe(true)
    expect(Buffer.compare(seen, content)).toBe(0)
    expect(text).toMatch(/eContent: <ABSENT>/)
    expect(text).toMatch(/algorithm: sha256/)
    expect(text).toMatch(/object: signingTime[\s\S]*UTCTIME:Nov 22 10:00:00 2026 GMT/)
    expect(text).toContain(`serialNumber: ${BigInt(`0x${new X509Certificate(certificate).serialNumber}`)}`)
  })

  test('it is of no other content, and of no other key', () => {
    expect(readSignature(signature, Buffer.from('<SyncML/>'), certificate).isVerified).toBe(false)
    expect(readSignature(signature, content, certificateOf(issuerKey)).isVerified).toBe(false)
  })

  test('a signing time after 2049 is a GeneralizedTime', () => {
    const late = signDetached({ content, certificate, key: subjectKey, signingTime: new Date('2050-01-01T00:00:00Z') })
    const { isVerified, text } = readSignature(late, content, certificate)
    expect([isVerified, /GENERALIZEDTIME:Jan {2}1 00:00:00 2050 GMT/.test(text)]).toEqual([true, true])
    expect(verifyDetached(late, content)?.signingTime).toEqual(new Date('2050-01-01T00:00:00Z'))
  })
})

test('a signature is verified, with its certificate and its time', () => {
  expect(verifyDetached(signature, content)).toEqual({ certificate, signingTime })
})

test('a bit is flipped in the content, the digest, the time, the name of the signer and the signature: each is found', () => {
  expect(verifyDetached(signature, flipWithin(content, content))).toBeUndefined()
  const digest = createHash('sha256').update(content).digest()
  const parts = [digest, Buffer.from('261122100000'), Buffer.from('Contoso MDM'), signature.subarray(-256)]
  for (const part of parts) expect(verifyDetached(flipWithin(signature, part), content)).toBeUndefined()
})

test('a certificate of another key than the one that signed makes no signature', () => {
  const other = signDetached({ content, certificate, key: issuerKey, signingTime })
  expect(verifyDetached(other, content)).toBeUndefined()
})

test('what is no signature is refused with a code', () => {
  expect(refusal(() => verifyDetached(new Uint8Array(0), content))).toBe('ERR_DER_TRUNCATED')
  expect(refusal(() => verifyDetached(certificate, content))).toMatch(/^ERR_DER_/)
  const valid = Buffer.from(signature).toString('latin1')
  expect(fuzz(valid, (text) => verifyDetached(Buffer.from(text, 'latin1'), content)).other).toEqual([])
})
