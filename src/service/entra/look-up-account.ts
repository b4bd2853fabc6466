import type { Branding } from '../../domain/autopilot.ts'
import { safeText } from '../../domain/safe-text.ts'
import { TENANT_LIMITS } from '../../domain/tenant-limits.ts'
import { failure, type Result, success } from '../../domain/trouble.ts'
import { decodeLogo } from '../../protocols/entra/logo-text.ts'
import { decodeAnswer, flag, number, object, optional, optionalList, text } from '../../protocols/json-answer.ts'
import { ask, get, postJson, type Service, unexpectedStatus } from '../service.ts'

/** `IfExistsResult` (reference: mdm-protocols.md, 4.1); the other values are observed: 5 and 6 exist elsewhere too. */
const EXISTS = new Set([0, 5, 6])
const EXISTS_NOT = 1

/** `DomainType` of a domain whose accounts sign in at a page of their own. */
const FEDERATED = 4

const CREDENTIAL_TYPE = object({
  IfExistsResult: number,
  EstsProperties: optional(object({ DomainType: optional(number) })),
  Credentials: optional(object({ HasAccessPass: optional(flag) })),
})

const REALM_MALFORMED = 'ERR_ENTRA_REALM_MALFORMED'

/** A realm, as far as a sign-in needs it: what is wrong with a colour stops none. */
const REALM = object({ NameSpaceType: text, AuthURL: optional(text), FederationBrandName: text })
/** The same realm, as far as the look of a page needs it. */
const BRANDED_REALM = object({
  FederationBrandName: text,
  TenantBrandingInfo: optionalList(
    object({
      TileLogo: optional(text),
      BackgroundColor: optional(text),
      BoilerPlateText: optional(text),
      UserIdLabel: optional(text),
    }),
  ),
})

export type AccountRealm =
  | { kind: 'unknown' }
  | { kind: 'managed'; hasAccessPass?: boolean }
  /** The organization's own sign-in page. */
  | { kind: 'federated'; url: string; brand: string }

/** The tenant's name and colours, from the realm of its domain. Null when there are none to be had. */
export async function loadBranding(service: Service, domain: string, signal?: AbortSignal): Promise<Branding | null> {
  if (domain === '') return null
  const answer = await askForBranding(service, domain, signal)
  return answer.ok ? answer.value : null
}

/** The same, with the trouble of an answer that cannot be read. */
export const askForBranding = (service: Service, domain: string, signal?: AbortSignal): Promise<Result<Branding>> =>
  userRealm(service, `someone@${domain}`, (body) => success(brandingOf(body)), signal)

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
  let hasAccessPass = false
  const type = await ask<'unknown' | 'managed' | 'federated'>(service, postJson(url, body), options, (response) => {
    if (response.status !== 200) return unexpectedStatus('Entra GetCredentialType', response, url)
    const answer = decodeAnswer(response.body, CREDENTIAL_TYPE, 'ERR_ENTRA_CREDENTIAL_TYPE_MALFORMED')
    const { IfExistsResult: result, EstsProperties } = answer
    hasAccessPass = answer.Credentials?.HasAccessPass === true
    if (result === EXISTS_NOT) return success('unknown')
    if (!EXISTS.has(result)) {
      return failure('ERR_ENTRA_THROTTLED', `the account cannot be looked up now (IfExistsResult ${result})`, url)
    }
    return success(EstsProperties?.DomainType === FEDERATED ? 'federated' : 'managed')
  })
  if (!type.ok) return type
  if (type.value === 'unknown') return success({ kind: 'unknown' })
  if (type.value === 'managed') return success({ kind: 'managed', ...(hasAccessPass ? { hasAccessPass } : {}) })
  return userRealm(
    service,
    email,
    (body, realmUrl) => {
      const { NameSpaceType, AuthURL: page = '', FederationBrandName } = decodeAnswer(body, REALM, REALM_MALFORMED)
      if (NameSpaceType !== 'Federated' || !isSignInPage(page, realmUrl)) {
        return failure(REALM_MALFORMED, 'a federated domain without a sign-in page', realmUrl)
      }
      return success({ kind: 'federated', url: page, brand: safeText(FederationBrandName, 60) })
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
  read: (body: Uint8Array, url: string) => Result<Value>,
  signal: AbortSignal | undefined,
): Promise<Result<Value>> {
  const url = `${service.endpoints.login}/common/userrealm/${encodeURIComponent(upn).replaceAll('%40', '@')}?api-version=2.0`
  const options = { operation: 'Entra user realm', ...(signal ? { signal } : {}) }
  return ask<Value>(service, get(url), options, (response) =>
    response.status === 200 ? read(response.body, url) : unexpectedStatus('Entra user realm', response, url),
  )
}

function brandingOf(body: Uint8Array): Branding {
  const { FederationBrandName, TenantBrandingInfo: [info] = [] } = decodeAnswer(body, BRANDED_REALM, REALM_MALFORMED)
  const branding: Branding = { name: safeText(FederationBrandName, 60) }
  const { TileLogo: tile, BackgroundColor: color, BoilerPlateText: words, UserIdLabel: hint } = info ?? {}
  const logo = tile ? decodeLogo(tile) : undefined
  if (logo) branding.logo = logo.map((row) => safeText(row, TENANT_LIMITS.logoColumns))
  if (color && /^#[0-9a-f]{6}$/i.test(color)) branding.color = color
  if (words) branding.signInPageText = safeText(words, 300)
  if (hint) branding.usernameHint = safeText(hint, 64)
  return branding
}
