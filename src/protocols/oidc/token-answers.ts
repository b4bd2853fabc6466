import { DecodeError } from '../../domain/trouble.ts'
import { decodeJson } from '../json.ts'

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

/** @throws DecodeError `ERR_OIDC_DEVICE_MALFORMED` */
export function decodeDeviceAuthorization(body: Uint8Array): DeviceAuthorization {
  const code = 'ERR_OIDC_DEVICE_MALFORMED'
  const json = decodeJson(body, code)
  const complete = json.optionalString('verification_uri_complete')
  const expiresIn = json.number('expires_in')
  const interval = json.optionalNumber('interval') ?? INTERVAL_DEFAULT
  if (!(expiresIn > 0)) throw new DecodeError(code, `expires_in is ${expiresIn}`)
  return {
    deviceCode: json.string('device_code'),
    userCode: json.string('user_code'),
    // Older than the RFC, and still about.
    verificationUri: json.optionalString('verification_uri') ?? json.string('verification_url'),
    ...(complete === undefined ? {} : { verificationUriComplete: complete }),
    expiresIn,
    interval: Math.max(1, interval),
  }
}

/** @throws DecodeError `ERR_OIDC_TOKEN_MALFORMED`, also for a token that is no bearer token */
export function decodeTokenAnswer(body: Uint8Array): TokenAnswer {
  const code = 'ERR_OIDC_TOKEN_MALFORMED'
  const json = decodeJson(body, code)
  const type = json.string('token_type')
  if (type.toLowerCase() !== 'bearer') throw new DecodeError(code, `token_type is ${type}, not Bearer`)
  const idToken = json.optionalString('id_token')
  return { accessToken: json.string('access_token'), ...(idToken === undefined ? {} : { idToken }) }
}

/** Undefined for a body that is no such error: a proxy's page, an empty one. */
export function decodeOAuthError(body: Uint8Array): OAuthError | undefined {
  try {
    const json = decodeJson(body, 'ERR_OIDC_ERROR_MALFORMED')
    const description = json.optionalString('error_description')
    return { error: json.string('error'), ...(description === undefined ? {} : { description }) }
  } catch (error) {
    if (error instanceof DecodeError) return undefined
    throw error
  }
}
