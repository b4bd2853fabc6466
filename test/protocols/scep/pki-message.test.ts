import { expect, test } from 'vitest'
import { certificatesOnly } from '../../../src/protocols/cms/signed-data.ts'
import { readSigned } from '../../../src/protocols/cms/verify.ts'
import {
  decodePkiMessage,
  encodePkiMessage,
  FAIL_INFO,
  type PkiMessage,
} from '../../../src/protocols/scep/pki-message.ts'
import { createCertificate } from '../../../src/protocols/x509/certificate.ts'
import { fuzz, refusal } from '../fuzz.ts'
import { flipWithin, signWith, spkiOf, subjectKey } from '../x509/keys.ts'

const name = [{ type: 'CN' as const, value: 'SCEP Protocol Certificate' }]
const certificate = createCertificate({
  serial: Uint8Array.of(1),
  issuer: name,
  subject: name,
  notBefore: new Date('2024-01-01'),
  notAfter: new Date('2034-01-01'),
  spki: spkiOf(subjectKey),
  sign: signWith(subjectKey),
  extensions: [],
})

const request: PkiMessage = {
  type: 'request',
  transactionId: '7E980AD9B86D4306',
  senderNonce: Uint8Array.of(1, 2, 3, 4),
  envelope: Uint8Array.of(0x30, 0),
}
const answer = (facts: Partial<PkiMessage>): PkiMessage => ({
  ...request,
  type: 'answer',
  recipientNonce: request.senderNonce,
  envelope: new Uint8Array(),
  ...facts,
})

test.each<[string, PkiMessage]>([
  ['a request', request],
  ['a poll', { ...request, type: 'poll' }],
  ['an answer that issues', answer({ status: 'issued', envelope: request.envelope })],
  ['an answer that is pending', answer({ status: 'pending' })],
  ...FAIL_INFO.map((failInfo): [string, PkiMessage] => [
    `a refusal: ${failInfo}`,
    answer({ status: 'refused', failInfo }),
  ]),
])('%s is read as it was written', (_, message) => {
  expect(decodePkiMessage(encodePkiMessage(message, certificate, subjectKey))).toEqual({
    recipientNonce: undefined,
    status: undefined,
    failInfo: undefined,
    ...message,
    signer: certificate,
  })
})

test('certificates travel without a signer', () => {
  const { certificates, signer, content } = readSigned(certificatesOnly([certificate, certificate]))
  expect({ certificates, signer, content }).toEqual({
    certificates: [certificate, certificate],
    signer: undefined,
    content: undefined,
  })
})

test('a message of another signer is refused', () => {
  const whole = encodePkiMessage(request, certificate, subjectKey)
  expect(refusal(() => decodePkiMessage(flipWithin(whole, Uint8Array.of(1, 2, 3, 4))))).toBe('ERR_SCEP_SIGNATURE')
  expect(refusal(() => decodePkiMessage(certificatesOnly([certificate])))).toBe('ERR_SCEP_SIGNATURE')
})

test('a message that is damaged is a refusal, and never a throw of another kind', () => {
  const whole = Buffer.from(encodePkiMessage(request, certificate, subjectKey)).toString('latin1')
  const { refused, other } = fuzz(whole, (text) => decodePkiMessage(Buffer.from(text, 'latin1')))
  expect(other).toEqual([])
  expect(refused).toBeGreaterThan(250)
})
