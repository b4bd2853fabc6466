import { ACCOUNT_SENTENCES } from './account-state.ts'
import { mayEnter } from './authority.ts'
import { unknownClient } from './clients.ts'
import { issueTokens } from './issue-tokens.ts'
import { missing, Refusal } from './refusal.ts'
import { wantedOf } from './scopes.ts'
import { askedIn, clientIn, formOfAnswer, type TokenAnswer, type TokenRequest } from './token-request.ts'

/**
 * The password of a person (RFC 6749, 4.3). As at Entra it is for applications that show their secret, and for those that allow public
 * client flows: `isPublicClient` in the tenant's file.
 */
export function redeemPassword(asking: TokenRequest): TokenAnswer {
  const { tenant, form, authority } = asking
  const client = clientIn(asking)
  if (client instanceof Refusal) return client
  if (!client.application && !client.isWellKnown) return unknownClient(tenant, client.id)
  const [username, password] = [form.get('username') ?? '', form.get('password') ?? '']
  if (username === '' || password === '') return missing(username === '' ? 'username' : 'password')
  const found = tenant.findUser(username)
  if (!found) {
    const text = `The user account ${username.slice(0, 100)} does not exist in the ${tenant.definition.name} directory. To sign into this application, the account must be added to the directory.`
    return new Refusal('invalid_grant', 50034, text)
  }
  const { user, tenantId } = found
  if (user.locked) return new Refusal('invalid_grant', 50053, ACCOUNT_SENTENCES[50053])
  const isFederated = tenant.definition.signIn === 'federated' && tenantId === tenant.definition.tenantId
  // A federated domain keeps its passwords to itself.
  if (isFederated || user.password !== password) {
    return new Refusal('invalid_grant', 50126, 'Error validating credentials due to invalid username or password.')
  }
  if (!mayEnter(tenant, authority, tenantId)) {
    const text = `User account '${user.email}' from another tenant does not exist in the tenant of the request.`
    return new Refusal('invalid_grant', 50020, text)
  }
  const asked = askedIn(asking)
  const wanted = wantedOf(tenant, asked)
  if (wanted instanceof Refusal) return wanted
  return issueTokens(tenant, { user, tenantId, client, ...formOfAnswer(asking), ...asked, wanted })
}
