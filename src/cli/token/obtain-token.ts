import { Secret } from '../../domain/secret.ts'
import type { TokenSource } from '../../domain/target.ts'
import { InfrastructureError, UserError } from '../../domain/trouble.ts'
import { decodeJwt } from '../../protocols/jwt/jwt.ts'
import { codeFlow } from './code-flow.ts'
import { deviceFlow } from './device-flow.ts'
import { Provider, type ProviderParts, readable } from './provider.ts'

/**
 * Has a person sign in at an identity provider. Nothing is kept: the next command asks again, so that no token lies about
 * on a disk. Throws {@link UserError} and {@link InfrastructureError} with `ERR_OIDC_…`, and the guard's codes.
 */
export async function obtainToken(source: TokenSource, world: ProviderParts): Promise<Secret> {
  const provider = await Provider.find(source, world)
  const nonce = Buffer.from(world.random(16)).toString('base64url')
  const { accessToken, idToken } =
    source.flow === 'code' ? await codeFlow(source, provider, world, nonce) : await deviceFlow(source, provider, world)
  if (idToken !== undefined) checkIdToken(idToken, source, world, source.flow === 'code' ? nonce : undefined)
  if (source.use === 'accessToken') return new Secret(accessToken)
  if (idToken !== undefined) return new Secret(idToken)
  throw new UserError('ERR_OIDC_ANSWER', `${provider.metadata.tokenEndpoint} gave no ID token`, [
    'It gives one where scope has "openid"',
  ])
}

/** Seconds that clocks may differ. */
const LEEWAY_S = 120

/**
 * OpenID Connect Core 1.0, 3.1.3.7: issuer, audience, times, nonce. The signature is the MDM server's to check: the token came
 * from the issuer's own endpoint, over TLS or on this machine (item 6).
 */
function checkIdToken(token: string, source: TokenSource, { clock }: ProviderParts, nonce: string | undefined): void {
  const { claims } = readable('the ID token', () => decodeJwt(token))
  const refuse = (what: string) =>
    new InfrastructureError('ERR_OIDC_ID_TOKEN', `the ID token of ${source.issuer} ${what}`)
  if (claims.iss !== source.issuer) throw refuse('is from another issuer')
  if (![claims.aud].flat().includes(source.clientId)) throw refuse(`is not for ${source.clientId}`)
  if (typeof claims.exp !== 'number' || clock() / 1000 > claims.exp + LEEWAY_S) throw refuse('has expired')
  if (nonce !== undefined && claims.nonce !== nonce) throw refuse('has another nonce: it answers another request')
}
