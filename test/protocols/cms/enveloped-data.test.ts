import { describe, expect, test } from 'vitest'
import { seededChance } from '../../../src/ports/seeded-chance.ts'
import { type ContentCipher, seal, unseal } from '../../../src/protocols/cms/enveloped-data.ts'
import { createCertificate } from '../../../src/protocols/x509/certificate.ts'
import { openEnvelope, sealedByOpenssl } from '../../openssl.ts'
import { isWithout } from '../../without.ts'
import { refusal } from '../fuzz.ts'
import { issuerKey, signWith, spkiOf, subjectKey } from '../x509/keys.ts'

const certificateOf = (key: typeof subjectKey, cn: string) =>
  createCertificate({
    serial: Uint8Array.of(0x42),
    issuer: [{ type: 'CN', value: cn }],
    subject: [{ type: 'CN', value: cn }],
    notBefore: new Date('2024-01-01'),
    notAfter: new Date('2034-01-01'),
    spki: spkiOf(key),
    sign: signWith(key),
    extensions: [],
  })

const recipient = certificateOf(subjectKey, 'Recipient')
const content = new TextEncoder().encode('a certification request')
const sealed = (cipher: ContentCipher) => {
  const chance = seededChance(1, 'service')
  return seal({ content, recipient, cipher, random: (length) => chance.bytes(length) })
}

test.each<ContentCipher>(['aes128', 'aes256', 'tripleDes'])('what is sealed by %s is opened again', (cipher) => {
  expect(Buffer.from(unseal(sealed(cipher), recipient, subjectKey)).equals(content)).toBe(true)
  expect(sealed(cipher)).toEqual(sealed(cipher))
})

describe.skipIf(isWithout('openssl'))('by openssl', () => {
  test.each<ContentCipher>(['aes128', 'tripleDes'])('an envelope of ours is opened: %s', (cipher) => {
    expect(openEnvelope(sealed(cipher), recipient, subjectKey)).toBe('a certification request')
  })

  test.each(['aes128', 'aes256', 'des3'])('an envelope of theirs is opened: %s', (cipher) => {
    const theirs = sealedByOpenssl(content, recipient, cipher)
    expect(Buffer.from(unseal(theirs, recipient, subjectKey)).toString()).toBe('a certification request')
  })
})

test.each<[string, () => unknown, string]>([
  [
    'for another certificate',
    () => unseal(sealed('aes128'), certificateOf(issuerKey, 'Other'), subjectKey),
    'ERR_CMS_RECIPIENT',
  ],
  ['opened with another key', () => unseal(sealed('aes128'), recipient, issuerKey), 'ERR_CMS_DECRYPT'],
  ['that is none', () => unseal(recipient, recipient, subjectKey), 'ERR_DER_TYPE'],
  ['cut off', () => unseal(sealed('aes128').slice(0, 100), recipient, subjectKey), 'ERR_DER_TRUNCATED'],
])('an envelope %s is refused', (_, open, code) => {
  expect(refusal(open)).toBe(code)
})
