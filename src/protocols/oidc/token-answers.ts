import { DecodeError } from '../../domain/trouble.ts'
import { parseJsonObject } from '../json.ts'
import { checked, decodeAnswer, number, object, optional, text } from '../json-answer.ts'

/** What a device shows to a person (RFC 8628, 3.2). */
export interface DeviceAuthorization {
  deviceCode: string
  userCode: string
  verificationUri: string
  /** With the code in it. */
  verificationUriComplete?: string
  /** Seconds. */
  expiresIn: number
  /** Seconds between two polls. */
  interval: number
}

/** Tokens as they come (RFC 6749, 5.1; OpenID Connect Core 1.0, 3.1.3.3). */
export interface TokenAnswer {
  accessToken: string
  idToken?: string
}

/** An error of the token or the device authorization endpoint (RFC 6749, 5.2; RFC 8628, 3.5). */
export interface OAuthError {
  error: string
  description?: string
}

/** Seconds, where a server does not say (RFC 8628, 3.2). */
const INTERVAL_DEFAULT = 5

const AUTHORIZATION = object({
  device_code: text,
  user_code: text,
  verification_uri: optional(text),
  // Older than the RFC, and still about.
  verification_url: optional(text),
  verification_uri_complete: optional(text),
  expires_in: number,
  interval: optional(number),
})

/** @throws DecodeError `ERR_OIDC_DEVICE_MALFORMED` */
export function decodeDeviceAuthorization(body: Uint8Array): DeviceAuthorization {
  const code = 'ERR_OIDC_DEVICE_MALFORMED'
  const json = decodeAnswer(body, AUTHORIZATION, code)
  const { verification_uri_complete: complete, expires_in: expiresIn, interval = INTERVAL_DEFAULT } = json
  const verificationUri = json.verification_uri ?? json.verification_url
  if (verificationUri === undefined) throw new DecodeError(code, 'verification_uri is missing')
  if (!(expiresIn > 0)) throw new DecodeError(code, `expires_in is ${expiresIn}`)
  return {
    deviceCode: json.device_code,
    userCode: json.user_code,
    verificationUri,
    ...(complete === undefined ? {} : { verificationUriComplete: complete }),
    expiresIn,
    interval: Math.max(1, interval),
  }
}

const TOKENS = object({ token_type: text, access_token: text, id_token: optional(text) })

/** @throws DecodeError `ERR_OIDC_TOKEN_MALFORMED`, also for a token that is no bearer token */
export function decodeTokenAnswer(body: Uint8Array): TokenAnswer {
  const code = 'ERR_OIDC_TOKEN_MALFORMED'
  const { token_type: type, access_token: accessToken, id_token: idToken } = decodeAnswer(body, TOKENS, code)
  if (type.toLowerCase() !== 'bearer') throw new DecodeError(code, `token_type is ${type}, not Bearer`)
  return { accessToken, ...(idToken === undefined ? {} : { idToken }) }
}

const REFUSAL = object({ error: text, error_description: optional(text) })

/**
 * Undefined for a body that is no such error: a proxy's page, an empty one.
 *
 * @throws DecodeError `ERR_OIDC_ERROR_MALFORMED` for an error whose description is no text
 */
export function decodeOAuthError(body: Uint8Array): OAuthError | undefined {
  const code = 'ERR_OIDC_ERROR_MALFORMED'
  const members = membersOf(body, code)
  if (typeof members?.error !== 'string') return undefined
  const { error, error_description: description } = checked(members, REFUSAL, code)
  return { error, ...(description === undefined ? {} : { description }) }
}

function membersOf(body: Uint8Array, code: string): Record<string, unknown> | undefined {
  try {
    return parseJsonObject(body, code)
  } catch (error) {
    if (error instanceof DecodeError) return undefined
    throw error
  }
}
