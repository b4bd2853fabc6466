import { createHash, type KeyObject, sign, verify } from 'node:crypto'
import { decodeAnswer, object, optional, text } from '../json-answer.ts'

/** Text of a signed-in page's script, and what an authenticator signs for it (Web Authentication Level 2, 5.8.1 and 6.1). */
export interface AssertionRequest {
  /** As the page has it; it is signed in base64url. */
  challenge: string
  /** Of the page. */
  origin: string
}

/** The five members that the sign-in page of Microsoft Entra posts, each but the id in base64url. */
export interface Assertion {
  id: string
  clientDataJSON: string
  authenticatorData: string
  signature: string
  userHandle: string
}

interface Signer {
  id: string
  userHandle: string
  key: KeyObject
}

const FLAGS = { userPresent: 0x01, userVerified: 0x04 }
const DATA_LENGTH = 37

const base64url = (bytes: Uint8Array | string): string => Buffer.from(bytes).toString('base64url')
const bytesOf = (encoded: string): Uint8Array => new Uint8Array(Buffer.from(encoded, 'base64url'))
const sha256 = (bytes: Uint8Array | string): Buffer => createHash('sha256').update(bytes).digest()

/** The relying party of a page: its host (5.4.2, the default). */
const relyingPartyOf = (origin: string): string => new URL(origin).hostname

/** What a key signs once its user has touched it and entered the PIN: RS256, with a counter of 0, which means that it has none (6.1.1). */
export function signAssertion({ challenge, origin }: AssertionRequest, { id, userHandle, key }: Signer): Assertion {
  const clientData = JSON.stringify({
    type: 'webauthn.get',
    challenge: base64url(challenge),
    origin,
    crossOrigin: false,
  })
  const data = Buffer.alloc(DATA_LENGTH)
  sha256(relyingPartyOf(origin)).copy(data)
  data[32] = FLAGS.userPresent | FLAGS.userVerified
  const signature = sign('sha256', Buffer.concat([data, sha256(clientData)]), key)
  return {
    id,
    clientDataJSON: base64url(clientData),
    authenticatorData: base64url(data),
    signature: base64url(signature),
    userHandle,
  }
}

const ASSERTION = object({
  id: text,
  clientDataJSON: text,
  authenticatorData: text,
  signature: text,
  userHandle: optional(text),
})
const CLIENT_DATA = object({ type: text, challenge: text, origin: text })

/** @throws DecodeError `ERR_WEBAUTHN_ASSERTION` */
export function decodeAssertion(json: string): Assertion {
  const { userHandle = '', ...rest } = decodeAnswer(json, ASSERTION, 'ERR_WEBAUTHN_ASSERTION')
  return { ...rest, userHandle }
}

/**
 * Why an assertion proves nothing; undefined for one that does (7.2).
 *
 * @throws DecodeError `ERR_WEBAUTHN_ASSERTION`
 */
export function assertionFault(
  { clientDataJSON, authenticatorData, signature }: Assertion,
  { challenge, origin, publicKey }: AssertionRequest & { publicKey: KeyObject },
): string | undefined {
  const clientData = bytesOf(clientDataJSON)
  const client = decodeAnswer(clientData, CLIENT_DATA, 'ERR_WEBAUTHN_ASSERTION')
  if (client.type !== 'webauthn.get') return `the type is ${client.type.slice(0, 40)}`
  if (client.challenge !== base64url(challenge)) return 'the challenge is of another page'
  if (client.origin !== origin) return `the origin is ${client.origin.slice(0, 100)}`
  const data = Buffer.from(bytesOf(authenticatorData))
  if (data.length < DATA_LENGTH) return 'the authenticator data are too short'
  if (!data.subarray(0, 32).equals(sha256(relyingPartyOf(origin)))) return 'the relying party is another one'
  const flags = data[32]!
  if ((flags & FLAGS.userPresent) === 0) return 'no user was present'
  if ((flags & FLAGS.userVerified) === 0) return 'no user was verified'
  const isSigned = verify('sha256', Buffer.concat([data, sha256(clientData)]), publicKey, bytesOf(signature))
  return isSigned ? undefined : 'the signature does not verify'
}
