import type { HttpRequest, HttpResponse } from '../../domain/http.ts'
import { isRecord } from '../../protocols/json.ts'
import type { Claims } from '../../protocols/jwt/jwt.ts'
import type { Handler } from '../handler.ts'
import { empty, json, reply } from '../responses.ts'
import type { Tenant } from '../tenant.ts'
import { appRoutes } from './apps.ts'
import { authenticate } from './authenticate.ts'
import { autopilotEventRoutes } from './autopilot-events.ts'
import { answerBatch } from './batch.ts'
import { brandingRoutes } from './branding.ts'
import type { GraphAnswer, GraphRoute } from './call.ts'
import { configurationPolicyRoutes } from './configuration-policies.ts'
import { corporateIdentifierRoutes } from './corporate-identifiers.ts'
import { deploymentProfileRoutes } from './deployment-profiles.ts'
import { deviceIdentityRoutes } from './device-identities.ts'
import { deviceIdentityActionRoutes } from './device-identity-actions.ts'
import { deviceRoutes } from './devices.ts'
import { Dispatcher, routesOf } from './dispatch.ts'
import { domainJoinRoutes } from './domain-join.ts'
import { enrollmentConfigurationRoutes } from './enrollment-configurations.ts'
import { GraphError } from './graph-error.ts'
import { groupRoutes } from './groups.ts'
import { importRoutes } from './imported-identities.ts'
import { managedDeviceActionRoutes } from './managed-device-actions.ts'
import { managedDeviceRoutes } from './managed-devices.ts'
import { metadata, serviceDocument } from './metadata.ts'
import { namedLocationRoutes } from './named-locations.ts'
import { sufficientFor } from './permissions.ts'
import { Routes } from './routing.ts'
import { settingsRoutes } from './settings.ts'
import { tenantObjectRoutes } from './tenant-objects.ts'
import { userRoutes } from './users.ts'
import { windowsSettingsRoutes } from './windows-settings.ts'

/** Every route of the admin API: the order is that of docs/graph.md. */
export const GRAPH_ROUTES: readonly GraphRoute[] = [
  ...importRoutes,
  ...deviceIdentityRoutes,
  ...deviceIdentityActionRoutes,
  ...corporateIdentifierRoutes,
  ...settingsRoutes,
  ...deploymentProfileRoutes,
  ...enrollmentConfigurationRoutes,
  ...groupRoutes,
  ...deviceRoutes,
  ...brandingRoutes,
  ...userRoutes,
  ...appRoutes,
  ...managedDeviceRoutes,
  ...managedDeviceActionRoutes,
  ...autopilotEventRoutes,
  ...configurationPolicyRoutes,
  ...domainJoinRoutes,
  ...tenantObjectRoutes,
  ...namedLocationRoutes,
  ...windowsSettingsRoutes,
]

const ROUTES = {
  'v1.0': new Routes(routesOf(GRAPH_ROUTES, 'v1.0')),
  beta: new Routes(routesOf(GRAPH_ROUTES, 'beta')),
}

/** Microsoft Graph's paths, names and status codes, for what concerns Autopilot (docs/graph.md). */
export const handleGraph: Handler = (request, tenant) => {
  const dispatcher = new Dispatcher(ROUTES, tenant)
  let claims: Claims | undefined
  const signedIn = () => {
    claims ??= authenticate(request, tenant)
    return claims
  }
  const answer = dispatcher.answer(request, signedIn, ({ segments }, version) => {
    const { origin } = new URL(request.url)
    const [first, ...rest] = segments.map((segment) => segment.toLowerCase())
    if (rest.length > 0) return undefined
    if (first === undefined) return only('GET', request, () => serviceDocument(origin, GRAPH_ROUTES, version))
    if (first === '$metadata') return only('GET', request, () => metadata(GRAPH_ROUTES, version))
    if (first !== '$batch') return undefined
    signedIn()
    return only('POST', request, () =>
      answerBatch(request.body, `${origin}/${version}`, (part) => dispatcher.answer(part, signedIn)),
    )
  })
  return responseOf(answer, /odata\.metadata=none/i.test(request.headers.accept ?? ''))
}

/** Every permission that a route asks for, and those that are enough to write. */
const ALL_PERMISSIONS = [
  ...new Set(
    GRAPH_ROUTES.flatMap((route) => [
      ...sufficientFor({ ...route, method: 'GET' }),
      ...sufficientFor({ ...route, method: 'POST' }),
    ]),
  ),
]

/** A request of an administrator who is part of a story: with all permissions, and without a token. */
export function performGraph(
  tenant: Tenant,
  method: HttpRequest['method'],
  path: string,
  body?: unknown,
): Pick<GraphAnswer, 'status' | 'body'> {
  tenant.settle()
  const url = new URL(`/beta${path}`, tenant.endpoints.graph).href
  const bytes = new TextEncoder().encode(body === undefined ? '' : JSON.stringify(body))
  const headers: Record<string, string> = body === undefined ? {} : { 'content-type': 'application/json' }
  const claims = { roles: ALL_PERMISSIONS }
  return new Dispatcher(ROUTES, tenant).answer({ method, url, headers, body: bytes }, () => claims)
}

/** @throws GraphError 405 */
function only(method: HttpRequest['method'], request: HttpRequest, answer: () => GraphAnswer): GraphAnswer {
  if (request.method === method) return answer()
  throw new GraphError(405, 'MethodNotAllowed', 'Specified HTTP method is not allowed for the request target.', {
    allow: method,
  })
}

function responseOf({ status, body, text, headers }: GraphAnswer, isBare: boolean): HttpResponse {
  const shown = isBare ? withoutMetadata(body) : body
  const response = text
    ? reply(status, text.type, text.value)
    : shown === undefined
      ? empty(status)
      : json(status, shown)
  return { ...response, headers: { ...response.headers, ...headers } }
}

/** `Accept: application/json;odata.metadata=none` leaves the count and the next page alone of what begins with `@odata.` (OData JSON 4.01, 3.1.3). */
function withoutMetadata(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutMetadata)
  if (!isRecord(value)) return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => !name.startsWith('@odata.') || name === '@odata.count' || name === '@odata.nextLink')
      .map(([name, member]) => [name, withoutMetadata(member)]),
  )
}
