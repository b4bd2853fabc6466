import { createPublicKey } from 'node:crypto'
import { expect, test } from 'vitest'
import { derivedKeys } from '../../../src/ports/rsa-keys.ts'
import {
  type Assertion,
  assertionFault,
  decodeAssertion,
  signAssertion,
} from '../../../src/protocols/webauthn/assertion.ts'
import { credentialIdOf, keySeedOf, userHandleOf } from '../../../src/protocols/webauthn/synthetic-key.ts'

const key = derivedKeys.rsa2048(...keySeedOf('YK-0417'))
const publicKey = createPublicKey(key)
const request = { challenge: 'O.a-challenge', origin: 'https://login.microsoftonline.test' }
const signer = { id: credentialIdOf('YK-0417'), userHandle: userHandleOf('alice@contoso.example'), key }
const good = signAssertion(request, signer)

const fault = (changes: Partial<Assertion> = {}, asked: Partial<typeof request> = {}) =>
  assertionFault({ ...good, ...changes }, { ...request, ...asked, publicKey })

/** The same with one bit turned. */
function flipped(member: 'clientDataJSON' | 'authenticatorData' | 'signature', index: number): Partial<Assertion> {
  const bytes = Buffer.from(good[member], 'base64url')
  bytes[index]! ^= 1
  return { [member]: bytes.toString('base64url') }
}

test('a round trip', () => {
  expect(decodeAssertion(JSON.stringify(good))).toEqual(good)
  expect(fault()).toBeUndefined()
  expect(signAssertion(request, signer)).toEqual(good)
})

test('the authenticator data are the hash of the host, the flags and the counter', () => {
  const data = Buffer.from(good.authenticatorData, 'base64url')
  expect([data.length, data[32], data.readUInt32BE(33)]).toEqual([37, 0b101, 0])
})

test.each<[string, Partial<Assertion>, Partial<typeof request>, RegExp]>([
  ['a bit of the signature', flipped('signature', 20), {}, /signature does not verify/],
  ['a bit of the counter, which is signed', flipped('authenticatorData', 36), {}, /signature does not verify/],
  ['a bit of the relying party', flipped('authenticatorData', 0), {}, /relying party/],
  ['the user was not present', flipped('authenticatorData', 32), {}, /no user was present/],
  ['the user was not verified', withFlags(0x01), {}, /no user was verified/],
  ['another challenge', {}, { challenge: 'O.another' }, /challenge/],
  ['another origin', {}, { origin: 'https://login.example' }, /origin is/],
  ['too few bytes', { authenticatorData: 'AAAA' }, {}, /too short/],
  ['another ceremony', { clientDataJSON: clientData('webauthn.create') }, {}, /type is webauthn.create/],
])('%s is refused', (_, changes, asked, why) => {
  expect(fault(changes, asked)).toMatch(why)
})

function withFlags(flags: number): Partial<Assertion> {
  const data = Buffer.from(good.authenticatorData, 'base64url')
  data[32] = flags
  return { authenticatorData: data.toString('base64url') }
}

function clientData(type: string): string {
  const challenge = Buffer.from(request.challenge).toString('base64url')
  return Buffer.from(JSON.stringify({ type, challenge, origin: request.origin })).toString('base64url')
}

test.each(['', '{', '{"id":"x"}', '[]'])('%s is no assertion', (json) => {
  expect(() => decodeAssertion(json)).toThrow(expect.objectContaining({ code: 'ERR_WEBAUTHN_ASSERTION' }))
})
