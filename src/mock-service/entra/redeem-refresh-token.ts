import { issueTokens } from './issue-tokens.ts'
import { missing, Refusal } from './refusal.ts'
import { wantedOf } from './scopes.ts'
import { askedIn, clientIn, formOfAnswer, type TokenAnswer, type TokenRequest } from './token-request.ts'

/** Tokens for the same, or for another resource (RFC 6749, 6). The old refresh token stays good, as at Entra. */
export function redeemRefreshToken(asking: TokenRequest): TokenAnswer {
  const { tenant, form } = asking
  const client = clientIn(asking)
  if (client instanceof Refusal) return client
  const token = form.get('refresh_token') ?? ''
  if (token === '') return missing('refresh_token')
  const grant = tenant.state.entra.refreshTokens.get(token)
  if (!grant)
    return new Refusal('invalid_grant', 70043, 'The refresh token has expired or is invalid: it is unknown here.')
  if (grant.clientId !== client.id) {
    return new Refusal('invalid_grant', 700007, 'The grant was issued for a different client id.')
  }
  const asked = askedIn(asking, grant)
  const wanted = wantedOf(tenant, asked)
  if (wanted instanceof Refusal) return wanted
  const { user, tenantId, hasProof } = grant
  const answer = { user, tenantId, hasProof, client, ...formOfAnswer(asking) }
  return issueTokens(tenant, { ...answer, ...asked, wanted, isRefreshed: true })
}
