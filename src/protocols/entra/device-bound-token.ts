import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  type KeyObject,
  sign,
  timingSafeEqual,
  verify,
} from 'node:crypto'
import { DecodeError } from '../../domain/trouble.ts'
import { type Claims, decodeJwt, encodeSigned } from '../jwt/jwt.ts'

/**
 * Requests for tokens that are bound to a device: [MS-OAPXBC] 3.1.5.1, in the cloud's variant (reference:
 * mdm-protocols.md, 4.1). First a request signed with the device's key, which is answered with a session key under its
 * transport key; then requests and answers under keys derived from that.
 */

/** `grant_type` of both requests; the JWT is in `request`. */
export const JWT_BEARER = 'urn:ietf:params:oauth:grant-type:jwt-bearer'
/** `grant_type` that is answered with a nonce. */
export const NONCE_GRANT = 'srv_challenge'

const MALFORMED = 'ERR_ENTRA_DEVICE_REQUEST'
const LENGTH_MAX = 64 * 1024

/** A request signed by the device: RS256, with its certificate in `x5c`. */
export const encodeDeviceRequest = (claims: Claims, certificate: Uint8Array, key: KeyObject): string =>
  encodeSigned({ alg: 'RS256', typ: 'JWT', x5c: Buffer.from(certificate).toString('base64') }, claims, (input) =>
    sign('sha256', input, key),
  )

/**
 * Certificate and claims of a request that a device signed.
 *
 * @throws DecodeError `ERR_JWT_MALFORMED`; `ERR_ENTRA_DEVICE_REQUEST` no RS256, or no certificate.
 */
export function decodeDeviceRequest(token: string): { certificate: Uint8Array; claims: Claims } {
  const { header, claims } = decodeJwt(token)
  // The cloud takes a text where RFC 7515 requires a list; both are read.
  const [chain] = Array.isArray(header.x5c) ? (header.x5c as unknown[]) : [header.x5c]
  if (header.alg !== 'RS256' || typeof chain !== 'string') {
    throw new DecodeError(MALFORMED, 'a request of a device is RS256 and has its certificate in x5c')
  }
  return { certificate: new Uint8Array(Buffer.from(chain, 'base64')), claims }
}

export function isDeviceRequestSignedBy(token: string, key: KeyObject): boolean {
  const cut = token.lastIndexOf('.')
  return verify('sha256', Buffer.from(token.slice(0, cut)), key, Buffer.from(token.slice(cut + 1), 'base64url'))
}

/**
 * The key of one message: SP 800-108 in counter mode with HMAC-SHA-256, label `AzureAD-SecureConversation`.
 *
 * @param payload of a request with `kdf_ver` 2, which goes into the context
 */
export function deriveMessageKey(sessionKey: Uint8Array, ctx: Uint8Array, payload?: Uint8Array): Uint8Array {
  const context = payload ? createHash('sha256').update(ctx).update(payload).digest() : Buffer.from(ctx)
  const input = Buffer.concat([
    Buffer.from([0, 0, 0, 1]),
    Buffer.from('AzureAD-SecureConversation'),
    Buffer.from([0]),
    context,
    // The length of the result: 256 bits.
    Buffer.from([0, 0, 1, 0]),
  ])
  return new Uint8Array(createHmac('sha256', sessionKey).update(input).digest())
}

/** A request under the session key: HS256, with the context and version 2 of the derivation in its header. */
export function encodeSessionRequest(claims: Claims, sessionKey: Uint8Array, ctx: Uint8Array): string {
  const key = deriveMessageKey(sessionKey, ctx, Buffer.from(JSON.stringify(claims)))
  const header = { alg: 'HS256', ctx: Buffer.from(ctx).toString('base64'), kdf_ver: 2 }
  return encodeSigned(header, claims, (input) => createHmac('sha256', key).update(input).digest())
}

/**
 * Whether a request is under a session key. Its claims say which, so they are read before this is asked.
 *
 * @throws DecodeError `ERR_JWT_MALFORMED`; `ERR_ENTRA_DEVICE_REQUEST` another algorithm, or no context.
 */
export function isUnderSessionKey(token: string, sessionKey: Uint8Array): boolean {
  const { header } = decodeJwt(token)
  if (header.alg !== 'HS256' || typeof header.ctx !== 'string') {
    throw new DecodeError(MALFORMED, 'a request of a session is HS256 and has its context in ctx')
  }
  const [head = '', body = '', signature = ''] = token.split('.')
  const payload = header.kdf_ver === 2 ? Buffer.from(body, 'base64url') : undefined
  const key = deriveMessageKey(sessionKey, Buffer.from(header.ctx, 'base64'), payload)
  const right = createHmac('sha256', key).update(`${head}.${body}`).digest()
  const given = Buffer.from(signature, 'base64url')
  return given.length === right.length && timingSafeEqual(given, right)
}

/** A compact JWE whose only content is the key in its second part: `session_key_jwe` (RFC 7516, 7.1; RSA-OAEP). */
export const encodeSessionKey = (encryptedKey: Uint8Array): string =>
  [
    Buffer.from('{"enc":"A256GCM","alg":"RSA-OAEP"}'),
    encryptedKey,
    new Uint8Array(12),
    new Uint8Array(1),
    new Uint8Array(16),
  ]
    .map((part) => Buffer.from(part).toString('base64url'))
    .join('.')

/** The encrypted key of a `session_key_jwe`. @throws DecodeError `ERR_ENTRA_DEVICE_REQUEST` */
export function decodeSessionKey(jwe: string): Uint8Array {
  const { header, encryptedKey } = partsOf(jwe)
  if (header.alg !== 'RSA-OAEP') throw new DecodeError(MALFORMED, `a session key under ${String(header.alg)}`)
  return encryptedKey
}

/** An answer under the session key: `dir`, A256GCM, the context of its key in the header. */
export function encodeSessionAnswer(text: string, sessionKey: Uint8Array, ctx: Uint8Array, iv: Uint8Array): string {
  const header = { alg: 'dir', enc: 'A256GCM', ctx: Buffer.from(ctx).toString('base64') }
  const head = Buffer.from(JSON.stringify(header)).toString('base64url')
  const cipher = createCipheriv('aes-256-gcm', deriveMessageKey(sessionKey, ctx), iv)
  cipher.setAAD(Buffer.from(head))
  const content = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  return [head, '', ...[iv, content, cipher.getAuthTag()].map((part) => Buffer.from(part).toString('base64url'))].join(
    '.',
  )
}

/** @throws DecodeError `ERR_ENTRA_DEVICE_REQUEST` not such an answer, or not under this key. */
export function decodeSessionAnswer(jwe: string, sessionKey: Uint8Array): string {
  const { head, header, iv, content, tag } = partsOf(jwe)
  if (header.alg !== 'dir' || header.enc !== 'A256GCM' || typeof header.ctx !== 'string') {
    throw new DecodeError(MALFORMED, 'the answer is not under the session key')
  }
  if (iv.length !== 12 || tag.length !== 16) throw new DecodeError(MALFORMED, 'the answer has an odd nonce or tag')
  const decipher = createDecipheriv('aes-256-gcm', deriveMessageKey(sessionKey, Buffer.from(header.ctx, 'base64')), iv)
  decipher.setAAD(Buffer.from(head))
  decipher.setAuthTag(tag)
  try {
    return Buffer.concat([decipher.update(content), decipher.final()]).toString('utf8')
  } catch (cause) {
    throw new DecodeError(MALFORMED, 'the answer does not decrypt', { cause })
  }
}

function partsOf(jwe: string) {
  const parts = jwe.trim().split('.')
  if (parts.length !== 5 || jwe.length > LENGTH_MAX) throw new DecodeError(MALFORMED, 'not a compact JWE')
  const [head = '', ...rest] = parts
  const [encryptedKey, iv, content, tag] = rest.map((part) => new Uint8Array(Buffer.from(part, 'base64url')))
  return { head, header: headerOf(head), encryptedKey: encryptedKey!, iv: iv!, content: content!, tag: tag! }
}

function headerOf(head: string): Claims {
  try {
    const value: unknown = JSON.parse(Buffer.from(head, 'base64url').toString('utf8'))
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Claims
  } catch {
    // falls through: not JSON is as malformed as not an object
  }
  throw new DecodeError(MALFORMED, 'the header is not a JSON object')
}
