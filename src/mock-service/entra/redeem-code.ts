import type { AadstsNumber } from '../../domain/explanations/aadsts.ts'
import { codeChallengeOf } from '../../protocols/oidc/authorization.ts'
import type { PendingCode } from './entra-part.ts'
import { issueTokens } from './issue-tokens.ts'
import { missing, Refusal } from './refusal.ts'
import { wantedOf } from './scopes.ts'
import { askedIn, clientIn, formOfAnswer, type TokenAnswer, type TokenRequest } from './token-request.ts'

const invalidGrant = (number: AadstsNumber, text: string) => new Refusal('invalid_grant', number, text)

/** A code for tokens (RFC 6749, 4.1.3; RFC 7636, 4.6). A code that was tried is used, whatever came of it. */
export function redeemCode(asking: TokenRequest): TokenAnswer {
  const { tenant, form } = asking
  const client = clientIn(asking)
  if (client instanceof Refusal) return client
  const code = form.get('code') ?? ''
  if (code === '') return missing('code')
  const { codes } = tenant.state.entra
  const pending = codes.get(code)
  if (!pending) return invalidGrant(9002313, 'Invalid request. Request is malformed or invalid: the code is unknown.')
  if (pending.isUsed) {
    return invalidGrant(
      54005,
      'OAuth2 Authorization code was already redeemed, please retry with a new valid code or use an existing refresh token.',
    )
  }
  if (tenant.now() >= (pending.expiresAt ?? Number.POSITIVE_INFINITY)) {
    return invalidGrant(70008, 'The provided authorization code or refresh token has expired due to inactivity.')
  }
  if (pending.clientId !== client.id) {
    return invalidGrant(700007, 'The grant was issued for a different client id.')
  }
  codes.set(code, { ...pending, isUsed: true })
  if (form.get('redirect_uri') !== pending.redirectUri) {
    const text = `The reply address '${(form.get('redirect_uri') ?? '').slice(0, 200)}' does not match the reply address '${pending.redirectUri.slice(0, 200)}' provided when requesting Authorization code.`
    return invalidGrant(500112, text)
  }
  const proof = checkVerifier(pending, form.get('code_verifier') ?? '')
  if (proof) return proof
  const asked = askedIn(asking, pending)
  const wanted = wantedOf(tenant, asked, !form.has('scope'))
  if (wanted instanceof Refusal) return wanted
  // What the sign-in was for decides on ID token and refresh token, whatever the client repeats of it.
  const openid = [
    ...new Set([...wanted.openid, ...pending.scope.split(/\s+/).filter((one) => OF_SIGN_IN.includes(one))]),
  ]
  const { user, tenantId, hasProof, nonce } = pending
  const grant = { user, tenantId, hasProof, client, nonce, ...formOfAnswer(asking) }
  return issueTokens(tenant, { ...grant, ...asked, wanted: { ...wanted, openid } })
}

const OF_SIGN_IN = ['openid', 'profile', 'email', 'offline_access']

/** A verifier belongs to a challenge, and a challenge to a verifier (RFC 9700, 2.1.1). */
function checkVerifier({ codeChallenge, codeChallengeMethod }: PendingCode, verifier: string): Refusal | undefined {
  if (codeChallenge === '' && verifier === '') return undefined
  const challenge = codeChallengeMethod === 'plain' ? verifier : codeChallengeOf(verifier)
  if (codeChallenge !== '' && verifier !== '' && challenge === codeChallenge) return undefined
  return invalidGrant(
    501481,
    'The Code_Verifier does not match the code_challenge supplied in the authorization request.',
  )
}
