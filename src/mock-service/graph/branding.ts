import { TENANT_LIMITS } from '../../domain/tenant-limits.ts'
import type { JsonObject } from '../../protocols/json.ts'
import type { Tenant } from '../tenant.ts'
import { badRequest, entity, GraphError, type GraphRoute, noContent } from './call.ts'

const permission = 'Organization'
const { signInPageText: TEXT_MAX, usernameHint: HINT_MAX } = TENANT_LIMITS

const toJson = ({ directory }: Tenant): Record<string, unknown> => {
  const { color, signInPageText, usernameHint } = directory.now.branding
  return {
    '@odata.type': '#microsoft.graph.organizationalBranding',
    id: '0',
    ...Object.fromEntries(NOT_SIMULATED.map((name) => [name, null])),
    backgroundColor: color ?? null,
    signInPageText: signInPageText ?? null,
    usernameHintText: usernameHint ?? null,
  }
}

/** Of `organizationalBranding` (reference: oobe-autopilot-esp.md, 6.4 [D]), beside those that are simulated. */
const NOT_SIMULATED = [
  'backgroundImage',
  'bannerLogo',
  'squareLogo',
  'squareLogoDark',
  'headerLogo',
  'headerBackgroundColor',
  'favicon',
  'customAccountResetCredentialsUrl',
  'customCannotAccessYourAccountText',
  'customCannotAccessYourAccountUrl',
  'customCSS',
  'customForgotMyPasswordText',
  'customPrivacyAndCookiesText',
  'customPrivacyAndCookiesUrl',
  'customResetItNowText',
  'customTermsOfUseText',
  'customTermsOfUseUrl',
  'loginPageLayoutConfiguration',
  'loginPageTextVisibilitySettings',
  'contentCustomization',
]
const SIMULATED = ['backgroundColor', 'signInPageText', 'usernameHintText']

/** Refuses what branding does not have, and what no page here draws. @throws GraphError 400 */
function checkMembers(json: JsonObject): void {
  for (const [name, value] of Object.entries(json.members)) {
    if (name === 'id' || name.includes('@')) continue
    if (NOT_SIMULATED.includes(name)) {
      if (value !== null) throw badRequest(`${name} is not simulated: no page here draws it`)
      continue
    }
    // The directory's sentences, with its code [A].
    if (!SIMULATED.includes(name)) throw invalid(`Invalid property '${name}'.`)
    if (value !== null && typeof value !== 'string') throw invalid(`Invalid value specified for property '${name}'.`)
  }
}

const invalid = (message: string): GraphError => new GraphError(400, 'Request_BadRequest', message)

/** Null takes a text away; undefined leaves it. */
const text = (json: JsonObject, name: string, lengthMax: number): string | null | undefined => {
  if (json.members[name] === null) return null
  const value = json.optionalString(name)
  if (value !== undefined && value.length > lengthMax) throw badRequest(`${name} has at most ${lengthMax} characters`)
  return value
}

function own(tenant: Tenant, id: string): void {
  if (id === tenant.definition.tenantId) return
  throw new GraphError(404, 'Request_ResourceNotFound', `Resource '${id}' does not exist.`)
}

/** The branding of the `organization`. Logos are left out: no screen of ours draws them. */
export const brandingRoutes: GraphRoute[] = [
  {
    method: 'GET',
    path: '/organization/{id}/branding',
    permission,
    handle(call) {
      own(call.tenant, call.params[0]!)
      return entity(call, toJson(call.tenant), 'branding')
    },
  },
  {
    method: 'PATCH',
    path: '/organization/{id}/branding',
    permission,
    handle({ tenant, params: [id], body }) {
      own(tenant, id!)
      const json = body()
      checkMembers(json)
      const color = text(json, 'backgroundColor', 7)
      if (typeof color === 'string' && !/^#[0-9a-f]{6}$/i.test(color)) {
        throw badRequest('backgroundColor looks like #0f6cbd')
      }
      const signInPageText = text(json, 'signInPageText', TEXT_MAX)
      const usernameHint = text(json, 'usernameHintText', HINT_MAX)
      tenant.directory.change(tenant.now(), ({ branding }) => {
        const changed = { color, signInPageText, usernameHint }
        const kept = Object.entries({ ...branding, ...withoutUndefined(changed) }).filter(([, value]) => value !== null)
        return { branding: Object.fromEntries(kept) }
      })
      return noContent
    },
  },
]

const withoutUndefined = (facts: object): object =>
  Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined))
