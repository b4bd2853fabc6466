import { constants, type KeyObject, privateDecrypt } from 'node:crypto'
import { Secret } from '../../domain/secret.ts'
import { failure, type Result, success } from '../../domain/trouble.ts'
import {
  decodeSessionAnswer,
  decodeSessionKey,
  encodeDeviceRequest,
  encodeSessionRequest,
  JWT_BEARER,
  NONCE_GRANT,
} from '../../protocols/entra/device-bound-token.ts'
import { decodeAnswer, object, text } from '../../protocols/json-answer.ts'
import type { Service } from '../service.ts'
import { askForTokens, CLIENT_ID, type SignInSession, tokensOf } from './tokens.ts'

const MALFORMED = 'ERR_ENTRA_TOKEN_MALFORMED'
const CONTEXT_LENGTH = 24

const NONCE = object({ Nonce: text })
const PRIMARY = object({ session_key_jwe: text, refresh_token: text })

/** What a joined device proves itself with. */
export interface DeviceProof {
  /** DER, issued by the join. */
  certificate: Uint8Array
  key: KeyObject
  transportKey: KeyObject
  /** `10.0.26100.4652` */
  osVersion: string
}

/**
 * A token of a person on this device, with `deviceid` in it: a nonce, a primary refresh token for a request that the
 * device signs, and an access token for that ([MS-OAPXBC] 3.1.5.1.2 and 3.1.5.1.3).
 */
export async function requestDeviceToken(
  service: Service,
  { tokenEndpoint, refreshToken, scope, device }: SignInSession & { scope: string; device: DeviceProof },
  signal?: AbortSignal,
): Promise<Result<Secret>> {
  const call = (operation: string) => ({ tokenEndpoint, operation, signal })
  const nonce = await askForTokens(service, call('Entra nonce'), { grant_type: NONCE_GRANT }, (response) =>
    success(decodeAnswer(response.body, NONCE, MALFORMED).Nonce),
  )
  if (!nonce.ok) return nonce
  const common = {
    client_id: CLIENT_ID,
    grant_type: 'refresh_token',
    request_nonce: nonce.value,
    win_ver: device.osVersion,
    windows_api_version: '2.0.1',
  }
  const asking = { ...common, scope: 'openid aza ugs', refresh_token: refreshToken.reveal() }
  const request = encodeDeviceRequest(asking, device.certificate, device.key)
  const primary = await askForTokens(
    service,
    call('Entra primary refresh token'),
    { grant_type: JWT_BEARER, request },
    (response) => {
      const answer = decodeAnswer(response.body, PRIMARY, MALFORMED)
      const key = sessionKeyOf(decodeSessionKey(answer.session_key_jwe), device.transportKey)
      if (!key)
        return failure(MALFORMED, 'the session key is not under the transport key of this device', tokenEndpoint)
      return success({ token: new Secret(answer.refresh_token), key })
    },
  )
  if (!primary.ok) return primary
  const { token, key } = primary.value
  const context = new Uint8Array(Buffer.from(service.ids.short() + service.ids.short()).subarray(0, CONTEXT_LENGTH))
  const exchange = encodeSessionRequest(
    { ...common, scope: `openid ${scope}`, refresh_token: token.reveal() },
    key,
    context,
  )
  return askForTokens(
    service,
    call('OIDC token (device)'),
    { grant_type: JWT_BEARER, request: exchange },
    (response) => {
      const answer = decodeSessionAnswer(new TextDecoder().decode(response.body), key)
      return success(tokensOf(answer).accessToken)
    },
  )
}

/** RSA-OAEP of RFC 7518, 4.3, which is the one with SHA-1. */
function sessionKeyOf(encrypted: Uint8Array, transportKey: KeyObject): Uint8Array | undefined {
  const padding = { padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha1' }
  try {
    const key = privateDecrypt({ key: transportKey, ...padding }, encrypted)
    return key.length === 32 ? new Uint8Array(key) : undefined
  } catch {
    // For another key, or cut: the sender has to know that it was not valid.
    return undefined
  }
}
