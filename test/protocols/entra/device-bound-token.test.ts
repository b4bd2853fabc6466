import { execFileSync } from 'node:child_process'
import { constants, createHash, createPublicKey, privateDecrypt } from 'node:crypto'
import { expect, test } from 'vitest'
import { derivedKeys } from '../../../src/ports/rsa-keys.ts'
import { decodeCngPublicKey, encodeCngPublicKey } from '../../../src/protocols/entra/cng-key-blob.ts'
import {
  decodeDeviceRequest,
  decodeSessionAnswer,
  decodeSessionKey,
  deriveMessageKey,
  encodeDeviceRequest,
  encodeSessionAnswer,
  encodeSessionKey,
  encodeSessionRequest,
  isDeviceRequestSignedBy,
  isUnderSessionKey,
} from '../../../src/protocols/entra/device-bound-token.ts'
import { decodeLoginPage, encodeLoginPage } from '../../../src/protocols/entra/login-page.ts'
import { decodeJwt, encodeJwt } from '../../../src/protocols/jwt/jwt.ts'
import { oaepEncrypt } from '../../../src/protocols/oaep.ts'
import { isWithout } from '../../without.ts'
import { fuzz, refusal } from '../fuzz.ts'

const key = derivedKeys.rsa2048('tenant:contoso-school', 'mdm-root')
const sessionKey = new Uint8Array(createHash('sha256').update('session').digest())
const ctx = new Uint8Array(24).fill(7)
const iv = new Uint8Array(12).fill(9)

test.skipIf(isWithout('openssl'))('the key of a message is what OpenSSL derives [point 63: openssl]', () => {
  const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')
  const derived = (context: Uint8Array) =>
    execFileSync(
      'openssl',
      [
        [
          'kdf',
          '-keylen',
          '32',
          '-kdfopt',
          'mac:HMAC',
          '-kdfopt',
          'digest:SHA256',
          '-kdfopt',
          `hexkey:${hex(sessionKey)}`,
        ],
        ['-kdfopt', 'salt:AzureAD-SecureConversation', '-kdfopt', `hexinfo:${hex(context)}`, 'KBKDF'],
      ].flat(),
      { encoding: 'utf8' },
    )
      .replaceAll(':', '')
      .trim()
      .toLowerCase()
  expect(hex(deriveMessageKey(sessionKey, ctx))).toBe(derived(ctx))
  const payload = Buffer.from('{"a":1}')
  const context = createHash('sha256').update(ctx).update(payload).digest()
  expect(hex(deriveMessageKey(sessionKey, ctx, payload))).toBe(derived(context))
})

test('RSA-OAEP with SHA-1 and a given seed is what Node decrypts', () => {
  const encrypted = oaepEncrypt(createPublicKey(key), sessionKey, '', new Uint8Array(20).fill(3), 'sha1')
  const padding = { padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha1' }
  expect(privateDecrypt({ key, ...padding }, encrypted).equals(sessionKey)).toBe(true)
  expect(decodeSessionKey(encodeSessionKey(encrypted))).toEqual(encrypted)
  expect(() => oaepEncrypt(createPublicKey(key), sessionKey, '', new Uint8Array(32), 'sha1')).toThrow(RangeError)
})

test('a request that a device signs has its certificate in it [point 63]', () => {
  const request = encodeDeviceRequest({ scope: 'openid' }, Uint8Array.of(1, 2, 3), key)
  expect(decodeDeviceRequest(request)).toEqual({ certificate: Uint8Array.of(1, 2, 3), claims: { scope: 'openid' } })
  expect(isDeviceRequestSignedBy(request, createPublicKey(key))).toBe(true)
  expect(
    isDeviceRequestSignedBy(
      request.replace(/.$/, (end) => (end === 'A' ? 'Q' : 'A')),
      createPublicKey(key),
    ),
  ).toBe(false)
  expect(refusal(() => decodeDeviceRequest(encodeJwt({}, key, 'k')))).toBe('ERR_ENTRA_DEVICE_REQUEST')
})

test('requests and answers of a session are good under its key alone [point 63]', () => {
  const request = encodeSessionRequest({ scope: 'openid' }, sessionKey, ctx)
  expect(isUnderSessionKey(request, sessionKey)).toBe(true)
  expect(isUnderSessionKey(request, new Uint8Array(32))).toBe(false)
  const answer = encodeSessionAnswer('{"access_token":"é"}', sessionKey, ctx, iv)
  expect(decodeSessionAnswer(answer, sessionKey)).toBe('{"access_token":"é"}')
  expect(refusal(() => decodeSessionAnswer(answer, new Uint8Array(32)))).toBe('ERR_ENTRA_DEVICE_REQUEST')
  for (const part of [0, 2, 3, 4]) {
    const parts = answer.split('.')
    const bytes = Buffer.from(parts[part]!, 'base64url')
    bytes[5]! ^= 1
    parts[part] = bytes.toString('base64url')
    expect(
      refusal(() => decodeSessionAnswer(parts.join('.'), sessionKey)),
      `part ${part}`,
    ).toBe('ERR_ENTRA_DEVICE_REQUEST')
  }
})

test('mutations of tokens, answers and pages are read or refused, and nothing else is thrown', () => {
  const page = encodeLoginPage({
    urlPost: '/common/SAS/ProcessAuth',
    flowToken: 'f',
    context: 'c',
    proof: { methods: ['PhoneAppNotification'], urlBegin: '/b', urlEnd: '/e' },
  })
  expect(decodeLoginPage(page).proof?.methods).toEqual(['PhoneAppNotification'])
  const decoders: [string, (text: string) => unknown][] = [
    [encodeJwt({ a: 1 }, key, 'k'), decodeJwt],
    [encodeDeviceRequest({}, Uint8Array.of(1), key), decodeDeviceRequest],
    [encodeSessionRequest({ a: 'b' }, sessionKey, ctx), (text) => isUnderSessionKey(text, sessionKey)],
    [encodeSessionAnswer('{}', sessionKey, ctx, iv), (text) => decodeSessionAnswer(text, sessionKey)],
    [encodeSessionKey(new Uint8Array(256)), decodeSessionKey],
    [page, decodeLoginPage],
  ]
  for (const [valid, decode] of decoders) expect(fuzz(valid, decode).other).toEqual([])
})

test('a CNG blob of 2048 bits has 283 bytes, and comes back [point 62]', () => {
  const blob = encodeCngPublicKey(key)
  expect(blob.length).toBe(283)
  expect(decodeCngPublicKey(blob).export({ format: 'jwk' })).toEqual(createPublicKey(key).export({ format: 'jwk' }))
  for (let length = 0; length < blob.length; length += 13) {
    expect(refusal(() => decodeCngPublicKey(blob.subarray(0, length)))).toBe('ERR_CNG_KEY_MALFORMED')
  }
  for (let at = 0; at < 24; at++) {
    const bytes = blob.slice()
    bytes[at]! ^= 0x80
    // The lengths of the primes are none of a public key.
    if (at >= 16) expect(decodeCngPublicKey(bytes).type).toBe('public')
    else
      expect(
        refusal(() => decodeCngPublicKey(bytes)),
        `byte ${at}`,
      ).toBe('ERR_CNG_KEY_MALFORMED')
  }
})
