import { createHash } from 'node:crypto'
import type { AadstsNumber } from '../../domain/explanations/aadsts.ts'
import type { HttpResponse } from '../../domain/http.ts'
import { DecodeError } from '../../domain/trouble.ts'
import {
  decodeDeviceRequest,
  encodeSessionAnswer,
  encodeSessionKey,
  isDeviceRequestSignedBy,
  isUnderSessionKey,
} from '../../protocols/entra/device-bound-token.ts'
import { type Claims, decodeJwt, textClaim } from '../../protocols/jwt/jwt.ts'
import { oaepEncrypt } from '../../protocols/oaep.ts'
import { decodeCertificate, isInForce, thumbprint } from '../../protocols/x509/certificate.ts'
import { publicKeyFrom } from '../../protocols/x509/public-key.ts'
import { json, reply } from '../responses.ts'
import type { Tenant } from '../tenant.ts'
import { clientOf } from './clients.ts'
import type { Nonce } from './entra-part.ts'
import { issueIdToken, issueTokens, longToken } from './issue-tokens.ts'
import { Refusal } from './refusal.ts'
import { wantedOf } from './scopes.ts'
import type { TokenGrant } from './token-grant.ts'

/** How long a nonce is good: five minutes, an assumption. The server "SHOULD verify that the nonce was issued recently" [MS-OAPXBC]. */
const NONCE_LIFETIME_MS = 300_000

const invalidGrant = (number: AadstsNumber, text: string): Refusal => new Refusal('invalid_grant', number, text)

/** `grant_type=srv_challenge`. */
export function issueNonce(tenant: Tenant): Record<string, unknown> {
  const nonce = tenant.ids.short()
  // They came in order: the first good one has only good ones behind it.
  for (const [old, { goodUntil }] of tenant.state.entra.nonces) {
    if (goodUntil > tenant.now()) break
    tenant.state.entra.nonces.delete(old)
  }
  tenant.state.entra.nonces.set(nonce, { goodUntil: tenant.now() + NONCE_LIFETIME_MS, answered: [] })
  return { Nonce: nonce }
}

/**
 * Both requests of a device ([MS-OAPXBC] 3.2.5.1): which one it is, its algorithm says. A client keeps a nonce, and may have more than
 * one request for it (3.1.1); so it serves for one primary refresh token and for requests under that, and no request is answered twice.
 * That Entra remembers what it has answered to a nonce is an assumption.
 */
export function answerDevice(
  tenant: Tenant,
  request: string,
  { version, from }: Pick<TokenGrant, 'version' | 'from'>,
): HttpResponse | Refusal {
  try {
    const { header, claims } = decodeJwt(request)
    const id = textClaim(claims, 'request_nonce')
    const nonce = tenant.state.entra.nonces.get(id)
    if (!nonce || nonce.goodUntil <= tenant.now()) return invalidGrant(90055, 'the nonce is unknown or too old')
    const spend = (spent: Pick<Nonce, 'primaryToken' | 'answered'>) =>
      tenant.state.entra.nonces.set(id, { ...nonce, ...spent })
    return header.alg === 'HS256'
      ? exchange(tenant, request, claims, { nonce, spend, version, from })
      : issuePrimaryToken(tenant, request, nonce, spend)
  } catch (error) {
    if (error instanceof DecodeError) return invalidGrant(50027, `${error.code}: ${error.message}`)
    throw error
  }
}

interface Exchange {
  nonce: Nonce
  spend: Spend
  version: 1 | 2
  from: TokenGrant['from']
}

type Spend = (spent: Pick<Nonce, 'primaryToken' | 'answered'>) => void

const used = () => invalidGrant(90055, 'the nonce has been used')

function issuePrimaryToken(tenant: Tenant, request: string, nonce: Nonce, spend: Spend): HttpResponse | Refusal {
  if (nonce.primaryToken !== undefined) return used()
  const { certificate, claims } = decodeDeviceRequest(request)
  const device = tenant.state.entra.joined.get(thumbprint(certificate))
  if (!device || !Buffer.from(device.certificate).equals(Buffer.from(certificate))) {
    return invalidGrant(70002, 'the certificate is of no device of this directory')
  }
  const object = tenant.directory.entra.byDeviceId(device.deviceId)
  if (!object) return invalidGrant(70002, 'the device was deleted from this directory')
  if (!object.accountEnabled) return invalidGrant(135011, 'Device used during the authentication is disabled.')
  const decoded = decodeCertificate(certificate)
  if (!isInForce(decoded, tenant.now())) return invalidGrant(50027, 'the certificate is out of its time')
  const { spki } = decoded
  const key = publicKeyFrom(spki)
  if (!isDeviceRequestSignedBy(request, key)) return invalidGrant(50027, 'the signature of the device does not verify')
  const grant = tenant.state.entra.refreshTokens.get(textClaim(claims, 'refresh_token'))
  if (!grant || claims.grant_type !== 'refresh_token') {
    return invalidGrant(70043, 'the refresh token is unknown or has expired')
  }
  if (claims.client_id !== grant.clientId) {
    return invalidGrant(700007, 'the grant was issued for a different client id')
  }
  const { clientId, user, tenantId, hasProof } = grant
  const sessionKey = bytesFrom(tenant, 32)
  const token = longToken(tenant)
  tenant.state.entra.primaryTokens.set(token, { user, tenantId, hasProof, deviceId: device.deviceId, sessionKey })
  spend({ primaryToken: token, answered: [] })
  const encrypted = oaepEncrypt(publicKeyFrom(device.transportSpki), sessionKey, '', bytesFrom(tenant, 20), 'sha1')
  return json(200, {
    token_type: 'pop',
    refresh_token: token,
    refresh_token_expires_in: 1_209_600,
    session_key_jwe: encodeSessionKey(encrypted),
    id_token: issueIdToken(tenant, { user, tenantId, client: clientOf(tenant, clientId), version: 2 }),
  })
}

function exchange(
  tenant: Tenant,
  request: string,
  claims: Claims,
  { nonce, spend, version, from }: Exchange,
): HttpResponse | Refusal {
  const primaryToken = textClaim(claims, 'refresh_token')
  const primary = tenant.state.entra.primaryTokens.get(primaryToken)
  if (!primary) return invalidGrant(70043, 'the primary refresh token is unknown or has expired')
  const { sessionKey, ...grant } = primary
  if (!isUnderSessionKey(request, sessionKey)) return invalidGrant(50027, 'the request is not under the session key')
  // Of what is signed: a signature can be written in several ways.
  const digest = createHash('sha256')
    .update(request.slice(0, request.lastIndexOf('.')))
    .digest('base64url')
  if ((nonce.primaryToken ?? primaryToken) !== primaryToken || nonce.answered.includes(digest)) return used()
  // A primary token serves every application of its person on its device.
  const clientId = textClaim(claims, 'client_id')
  if (clientId === '') return invalidGrant(900144, 'the request must contain client_id')
  spend({ primaryToken, answered: [...nonce.answered, digest] })
  // A resource or scopes, at either endpoint: brokers write what they have (mdm-protocols.md, 4.1 [O]).
  const [scope, resource] = [textClaim(claims, 'scope'), textClaim(claims, 'resource') || undefined]
  const wanted = wantedOf(tenant, { scope: scopesIn(scope), resource, version: 1 })
  if (wanted instanceof Refusal) return wanted
  const client = clientOf(tenant, clientId)
  const tokens = issueTokens(tenant, { ...grant, client, scope, resource, wanted, version, from, isRefreshed: true })
  if (tokens instanceof Refusal) return tokens
  const [ctx, iv] = [bytesFrom(tenant, 24), bytesFrom(tenant, 12)]
  return reply(200, 'application/jose', encodeSessionAnswer(JSON.stringify(tokens), sessionKey, ctx, iv))
}

/** `aza` and `ugs` ask for what a primary token is, and are scopes of no resource. */
const scopesIn = (scope: string): string =>
  scope
    .split(' ')
    .filter((one) => one !== 'aza' && one !== 'ugs')
    .join(' ')

/** The run's own chance: what Node draws would make two runs differ. */
const bytesFrom = (tenant: Tenant, length: number): Uint8Array =>
  new Uint8Array(createHash('sha256').update(tenant.ids.guid()).digest().subarray(0, length))
