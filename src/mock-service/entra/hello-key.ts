import { DecodeError } from '../../domain/trouble.ts'
import { decodeCngPublicKey } from '../../protocols/entra/cng-key-blob.ts'
import { decodeJson } from '../../protocols/json.ts'
import { type Claims, textClaim } from '../../protocols/jwt/jwt.ts'
import type { Handler } from '../handler.ts'
import { requestIdOf } from '../request-id.ts'
import { bearerOf, json } from '../responses.ts'
import { isAudienceOf } from './resources.ts'
import { verifyIssuedToken } from './tokens.ts'

const MALFORMED = 'ERR_HELLO_KEY_MALFORMED'

/** Values of `amr` that say that the person gave a second proof ([MS-KPP] 3.1.5.1.1.3). */
const PROOFS: readonly unknown[] = ['ngcmfa', 'mfa', 'http://schemas.microsoft.com/claims/multipleauthn']

/** Takes the public key of Windows Hello for the person and the device of the token ([MS-KPP] 3.1.5.1.1). */
export const handleHelloKey: Handler = (request, tenant) => {
  const refuse = (status: 400 | 401, message: string) =>
    json(status, {
      code: status === 401 ? 'unauthorized' : 'bad_request',
      message,
      response: status === 401 ? 'unauthorized' : 'invalid',
      target: request.url,
      clientrequestid: request.headers['client-request-id'] ?? '',
      time: new Date(tenant.now()).toISOString(),
    })
  if (new URL(request.url).searchParams.get('api-version') !== '1.0') return refuse(400, 'api-version has to be 1.0')
  if (!(request.headers.accept ?? '').includes('application/json')) {
    return refuse(400, 'the header Accept has to be application/json')
  }
  let claims: Claims
  try {
    claims = verifyIssuedToken(tenant, bearerOf(request) ?? '')
  } catch (error) {
    if (error instanceof DecodeError) return refuse(401, `${error.code}: ${error.message}`)
    throw error
  }
  if (!isAudienceOf(tenant, 'registration', claims.aud)) {
    return refuse(401, `the token is for ${textClaim(claims, 'aud')}`)
  }
  const deviceId = textClaim(claims, 'deviceid')
  if (deviceId === '' || !tenant.directory.entra.byDeviceId(deviceId)) {
    return refuse(401, 'the token names no device of this directory')
  }
  const proofs = Array.isArray(claims.amr) ? claims.amr : []
  if (!proofs.some((proof) => PROOFS.includes(proof)))
    return refuse(401, 'the sign-in of the token had no second proof')
  const found = tenant.findUser(textClaim(claims, 'upn'))
  if (found?.tenantId !== tenant.definition.tenantId) return refuse(400, 'the token names no user of this directory')
  const key = readKey(request.body)
  if (typeof key === 'string') return refuse(400, key)
  const kid = tenant.ids.guid()
  const { entra } = tenant.state
  const keys = entra.helloKeys ?? new Map()
  tenant.changes.note()
  entra.helloKeys = keys.set(kid, { userId: textClaim(claims, 'oid'), deviceId, spki: key, createdAt: tenant.now() })
  const response = json(200, { kid, upn: found.user.email })
  return { ...response, headers: { ...response.headers, 'request-id': requestIdOf(request, tenant) } }
}

/** DER of the key, or what is wrong with it. */
function readKey(bytes: Uint8Array): Uint8Array | string {
  try {
    const blob = decodeJson(bytes, MALFORMED).string('kngc')
    const key = decodeCngPublicKey(new Uint8Array(Buffer.from(blob, 'base64')))
    return new Uint8Array(key.export({ type: 'spki', format: 'der' }))
  } catch (error) {
    if (error instanceof DecodeError) return `${error.code}: ${error.message}`
    throw error
  }
}
