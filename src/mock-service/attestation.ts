import { constants, createHash, createPublicKey, publicEncrypt } from 'node:crypto'
import { decodeJson } from '../protocols/json.ts'
import { encodeJwt } from '../protocols/jwt/jwt.ts'
import { KEY_ID } from './entra/token.ts'
import { recognise } from './registration.ts'
import { json } from './responses.ts'
import type { Handler } from './router.ts'

const MALFORMED = 'ERR_ATTESTATION_MALFORMED'
const REFUSED = '0x801c03ea'

/** First half of our own contract (docs/lookup.md): a secret that only the device's endorsement key opens. */
export const handleAttestationChallenge: Handler = (request, tenant) => {
  const body = decodeJson(request.body, MALFORMED)
  const modulus = Buffer.from(body.string('ekPub'), 'base64')
  const recognition = recognise(tenant, body.string('hardwareHash'))
  if (recognition.kind !== 'recognised') return json(403, { code: REFUSED, message: 'the device is not registered' })
  const { device } = recognition
  if (createHash('sha256').update(modulus).digest('hex') !== device.endorsementKeyHash) {
    return json(403, { code: REFUSED, message: 'the endorsement key is not the registered one' })
  }
  const id = tenant.ids.guid()
  const secret = createHash('sha256').update(`attestation\0${id}`).digest()
  const key = createPublicKey({ key: { kty: 'RSA', n: modulus.toString('base64url'), e: 'AQAB' }, format: 'jwk' })
  const encrypted = publicEncrypt(
    { key, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha256', oaepLabel: Buffer.from('IDENTITY\0') },
    secret,
  )
  tenant.challenges.set(id, { secret: new Uint8Array(secret), registrationId: device.id })
  return json(200, { id, secret: encrypted.toString('base64') })
}

/** Second half: the opened secret buys a device token. */
export const handleAttestationProof: Handler = (request, tenant) => {
  const body = decodeJson(request.body, MALFORMED)
  const challenge = tenant.challenges.get(body.string('id'))
  tenant.challenges.delete(body.string('id'))
  if (!challenge || Buffer.compare(challenge.secret, Buffer.from(body.string('secret'), 'base64')) !== 0) {
    return json(403, { code: REFUSED, message: 'the secret is wrong' })
  }
  const now = Math.floor(tenant.now() / 1000)
  const deviceToken = encodeJwt(
    {
      iss: `https://login.microsoftonline.test/${tenant.definition.tenantId}/v2.0`,
      iat: now,
      nbf: now - 300,
      exp: now + 3_600,
      tid: tenant.definition.tenantId,
      aud: 'urn:ms-drs:enterpriseregistration.windows.net',
      idtyp: 'device',
      scp: 'mdm_delegation',
      oid: challenge.registrationId,
      upn: '',
    },
    tenant.tokenKey(),
    KEY_ID,
  )
  return json(200, { deviceToken })
}
