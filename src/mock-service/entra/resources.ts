import { MOCK_ENDPOINTS } from '../../domain/endpoints.ts'
import { ENTRA_RESOURCES, type EntraResource } from '../../domain/entra-resources.ts'
import type { Tenant } from '../tenant.ts'

/** What a client asked a token for. */
export interface AskedResource {
  /** `application`: one of the tenant's own applications. */
  name: EntraResource | 'application'
  /** Of a version 1 token: the resource as it was named, by id or by URI. */
  audience: string
}

const plain = (text: string): string => text.replace(/\/$/, '').toLowerCase()

/** The mock's own names, beside Microsoft's: wherever it is served, the names under `.test` are good too. */
function urisOf({ endpoints }: Tenant, name: EntraResource): string[] {
  const { uri } = ENTRA_RESOURCES[name]
  switch (name) {
    case 'graph':
      return [uri, MOCK_ENDPOINTS.graph, endpoints.graph]
    case 'intune':
      return [uri, 'https://api.manage.microsoft.test/']
    case 'enrolment':
      return [uri, MOCK_ENDPOINTS.managementResource, endpoints.managementResource]
    default:
      return [uri]
  }
}

/**
 * Whether a token with this `aud` is for a service of the mock.
 *
 * @param origin at which the service was asked, which is good as well
 */
export function isAudienceOf(tenant: Tenant, name: EntraResource, audience: unknown, origin?: string): boolean {
  if (typeof audience !== 'string') return false
  const asked = plain(audience)
  const names = [ENTRA_RESOURCES[name].id, ...urisOf(tenant, name), ...(origin === undefined ? [] : [origin])]
  return names.some((one) => plain(one) === asked)
}

/**
 * The resource that a client names by id, by URI, or by URI and slash. A mock at one origin has one URI for Graph and for enrolment.
 *
 * @param first the one of the two that is meant then
 */
export function findResource(
  tenant: Tenant,
  asked: string,
  first: 'graph' | 'enrolment' = 'enrolment',
): AskedResource | undefined {
  const names: EntraResource[] = [first, 'graph', 'enrolment', 'registration', 'intune']
  const name = names.find((one) => isAudienceOf(tenant, one, asked))
  if (name === 'enrolment') {
    // Its URI ends in a slash, and scopes are asked for with one or two.
    const audience = urisOf(tenant, name).find((uri) => plain(uri) === plain(asked)) ?? asked
    return { name, audience }
  }
  if (name !== undefined) return { name, audience: asked }
  const id = asked.replace(/^api:\/\//i, '').toLowerCase()
  const isOwn = tenant.definition.applications.some((application) => application.id === id)
  return isOwn ? { name: 'application', audience: asked } : undefined
}
