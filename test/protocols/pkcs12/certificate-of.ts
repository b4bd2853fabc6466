import { createCertificate } from '../../../src/protocols/x509/certificate.ts'
import { issuerKey, signWith, spkiOf, type subjectKey } from '../x509/keys.ts'

/** A certificate of the test's authority for a key. */
export const certificateOf = (key: typeof subjectKey, cn: string) =>
  createCertificate({
    serial: Uint8Array.of(0x42),
    issuer: [{ type: 'CN', value: 'Printing' }],
    subject: [{ type: 'CN', value: cn }],
    notBefore: new Date('2024-01-01'),
    notAfter: new Date('2034-01-01'),
    spki: spkiOf(key),
    sign: signWith(issuerKey),
    extensions: [],
  })
