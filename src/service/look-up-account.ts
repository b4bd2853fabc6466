import type { Branding } from '../domain/autopilot.ts'
import { safeText } from '../domain/safe-text.ts'
import { failure, type Result, success } from '../domain/trouble.ts'
import { decodeJson, type JsonObject } from '../protocols/json.ts'
import { ask, get, postJson, type Service, unexpectedStatus } from './service.ts'

/** `IfExistsResult` (reference: mdm-protocols.md, 4.1); the other values are observed: 5 and 6 exist elsewhere too. */
const EXISTS = new Set([0, 5, 6])
const EXISTS_NOT = 1

/** `DomainType` of a domain whose accounts sign in at a page of their own. */
const FEDERATED = 4

export type AccountRealm =
  | { kind: 'unknown' }
  | { kind: 'managed' }
  /** The organization's own sign-in page. */
  | { kind: 'federated'; url: string; brand: string }

/** The tenant's name and colours, from the realm of its domain. Null when there are none to be had. */
export async function loadBranding(service: Service, domain: string, signal?: AbortSignal): Promise<Branding | null> {
  if (domain === '') return null
  const answer = await userRealm(service, `someone@${domain}`, (json) => success(brandingOf(json)), signal)
  return answer.ok ? answer.value : null
}

/**
 * Whether an account exists, and where it signs in: `GetCredentialType`, and for a federated domain its realm.
 */
export async function lookUpAccount(
  service: Service,
  email: string,
  signal?: AbortSignal,
): Promise<Result<AccountRealm>> {
  const url = `${service.endpoints.login}/common/GetCredentialType`
  const body = { username: email, isOtherIdpSupported: true, checkPhones: false, isRemoteNGCSupported: true }
  const options = { operation: 'Entra GetCredentialType', ...(signal ? { signal } : {}) }
  const type = await ask<'unknown' | 'managed' | 'federated'>(service, postJson(url, body), options, (response) => {
    if (response.status !== 200) return unexpectedStatus('Entra GetCredentialType', response, url)
    const json = decodeJson(response.body, 'ERR_ENTRA_CREDENTIAL_TYPE_MALFORMED')
    const result = json.number('IfExistsResult')
    if (result === EXISTS_NOT) return success('unknown')
    if (!EXISTS.has(result)) {
      return failure('ERR_ENTRA_THROTTLED', `the account cannot be looked up now (IfExistsResult ${result})`, url)
    }
    const domainType = json.optionalObject('EstsProperties')?.optionalNumber('DomainType')
    return success(domainType === FEDERATED ? 'federated' : 'managed')
  })
  if (!type.ok) return type
  if (type.value !== 'federated') return success({ kind: type.value })
  return userRealm(
    service,
    email,
    (json, realmUrl) => {
      const page = json.optionalString('AuthURL') ?? ''
      if (json.string('NameSpaceType') !== 'Federated' || !isSignInPage(page, realmUrl)) {
        return failure('ERR_ENTRA_REALM_MALFORMED', 'a federated domain without a sign-in page', realmUrl)
      }
      return success({ kind: 'federated', url: page, brand: safeText(json.string('FederationBrandName'), 60) })
    },
    signal,
  )
}

/** A page without TLS only where the lookup itself goes without: a service on loopback. */
function isSignInPage(page: string, realmUrl: string): boolean {
  if (!URL.canParse(page)) return false
  const { protocol, origin } = new URL(page)
  return protocol === 'https:' || origin === new URL(realmUrl).origin
}

function userRealm<Value>(
  service: Service,
  upn: string,
  read: (json: JsonObject, url: string) => Result<Value>,
  signal: AbortSignal | undefined,
): Promise<Result<Value>> {
  const url = `${service.endpoints.login}/common/userrealm/${encodeURIComponent(upn).replaceAll('%40', '@')}?api-version=2.0`
  const options = { operation: 'Entra user realm', ...(signal ? { signal } : {}) }
  return ask<Value>(service, get(url), options, (response) =>
    response.status === 200
      ? read(decodeJson(response.body, 'ERR_ENTRA_REALM_MALFORMED'), url)
      : unexpectedStatus('Entra user realm', response, url),
  )
}

function brandingOf(json: JsonObject): Branding {
  const [info] = json.list('TenantBrandingInfo')
  const branding: Branding = { name: safeText(json.string('FederationBrandName'), 60) }
  const color = info?.optionalString('BackgroundColor')
  const text = info?.optionalString('BoilerPlateText')
  const hint = info?.optionalString('UserIdLabel')
  if (color && /^#[0-9a-f]{6}$/i.test(color)) branding.color = color
  if (text) branding.signInPageText = safeText(text, 300)
  if (hint) branding.usernameHint = safeText(hint, 64)
  return branding
}
