import type { JsonObject } from '../../protocols/json.ts'
import type { Tenant } from '../tenant.ts'
import { badRequest, entity, GraphError, type GraphRoute, noContent } from './call.ts'

const permission = 'Organization'
const TEXT_MAX = 1_024
const HINT_MAX = 64

const toJson = ({ directory }: Tenant): Record<string, unknown> => {
  const { color, signInPageText, usernameHint } = directory.now.branding
  return {
    '@odata.type': '#microsoft.graph.organizationalBranding',
    id: '0',
    backgroundColor: color ?? null,
    signInPageText: signInPageText ?? null,
    usernameHintText: usernameHint ?? null,
  }
}

const text = (json: JsonObject, name: string, lengthMax: number): string | undefined => {
  const value = json.optionalString(name)
  if (value !== undefined && value.length > lengthMax) throw badRequest(`${name} has at most ${lengthMax} characters`)
  return value
}

function own(tenant: Tenant, id: string): void {
  if (id === tenant.definition.tenantId) return
  throw new GraphError(404, 'Request_ResourceNotFound', `Resource '${id}' does not exist.`)
}

/** `organization` and its branding. Logos are left out: no screen of ours draws them. */
export const brandingRoutes: GraphRoute[] = [
  {
    method: 'GET',
    path: '/organization',
    permission,
    handle(call) {
      const { tenantId, name, domain } = call.tenant.definition
      const verifiedDomains = [{ name: domain, isDefault: true, isInitial: true, type: 'Managed' }]
      return {
        status: 200,
        body: {
          '@odata.context': `${call.url.origin}/${call.version}/$metadata#organization`,
          value: [{ id: tenantId, displayName: name, verifiedDomains }],
        },
      }
    },
  },
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
      const color = text(json, 'backgroundColor', 7)
      if (color !== undefined && !/^#[0-9a-f]{6}$/i.test(color)) throw badRequest('backgroundColor looks like #0f6cbd')
      const signInPageText = text(json, 'signInPageText', TEXT_MAX)
      const usernameHint = text(json, 'usernameHintText', HINT_MAX)
      tenant.directory.change(tenant.now(), ({ branding }) => ({
        branding: {
          ...branding,
          ...(color === undefined ? {} : { color }),
          ...(signInPageText === undefined ? {} : { signInPageText }),
          ...(usernameHint === undefined ? {} : { usernameHint }),
        },
      }))
      return noContent
    },
  },
]
