import type { HttpRequest } from '../../domain/http.ts'
import { DecodeError } from '../../domain/trouble.ts'
import { decodeJson } from '../../protocols/json.ts'
import type { Claims } from '../../protocols/jwt/jwt.ts'
import { verifyToken } from '../entra/tokens.ts'
import type { Handler } from '../handler.ts'
import { requestIdOf } from '../request-id.ts'
import { bearerOf, empty, json } from '../responses.ts'
import type { Tenant } from '../tenant.ts'
import { appRoutes } from './apps.ts'
import { brandingRoutes } from './branding.ts'
import { type GraphAnswer, GraphError, type GraphRoute } from './call.ts'
import { deploymentProfileRoutes } from './deployment-profiles.ts'
import { deviceIdentityRoutes } from './device-identities.ts'
import { deviceRoutes } from './devices.ts'
import { enrollmentConfigurationRoutes } from './enrollment-configurations.ts'
import { groupRoutes } from './groups.ts'
import { importRoutes } from './imported-identities.ts'
import { managedDeviceRoutes } from './managed-devices.ts'
import { settingsRoutes } from './settings.ts'
import { userRoutes } from './users.ts'

/** Every route of the admin API: the order is that of docs/graph.md. */
export const GRAPH_ROUTES: readonly GraphRoute[] = [
  ...importRoutes,
  ...deviceIdentityRoutes,
  ...settingsRoutes,
  ...deploymentProfileRoutes,
  ...enrollmentConfigurationRoutes,
  ...groupRoutes,
  ...deviceRoutes,
  ...brandingRoutes,
  ...userRoutes,
  ...appRoutes,
  ...managedDeviceRoutes,
]

const ROUTES = GRAPH_ROUTES.map((route) => ({ ...route, segments: route.path.slice(1).split('/') }))

/** Microsoft Graph's paths, names and status codes, for what concerns Autopilot (docs/graph.md). */
export const handleGraph: Handler = (request, tenant) => {
  try {
    const { status, body, headers } = answer(request, tenant)
    const response = body === undefined ? empty(status) : json(status, body)
    return { ...response, headers: { ...response.headers, ...headers } }
  } catch (thrown) {
    const error = asGraphError(thrown)
    const id = requestIdOf(request, tenant)
    const body = {
      error: {
        code: error.code,
        message: error.message,
        innerError: {
          date: new Date(tenant.now()).toISOString().slice(0, 19),
          'request-id': id,
          'client-request-id': request.headers['client-request-id'] ?? id,
        },
      },
    }
    const response = json(error.status, body)
    return { ...response, headers: { ...response.headers, ...error.headers, 'request-id': id } }
  }
}

/** A body that cannot be read is the client's mistake; anything else that is thrown is ours, and loud. */
function asGraphError(thrown: unknown): GraphError {
  if (thrown instanceof GraphError) return thrown
  if (thrown instanceof DecodeError) return new GraphError(400, 'BadRequest', `Unable to read JSON: ${thrown.message}`)
  throw thrown
}

function answer(request: HttpRequest, tenant: Tenant): GraphAnswer {
  const url = new URL(request.url)
  const [, version, ...segments] = segmentsOf(url)
  if (version !== 'v1.0' && version !== 'beta') {
    throw new GraphError(400, 'BadRequest', `Invalid version: ${version ?? ''}`)
  }
  const matching = ROUTES.flatMap((route) => {
    const params = match(route.segments, segments)
    return params ? [{ route, params }] : []
  })
  const served = matching.filter(({ route }) => version === 'beta' || !route.isBeta)
  const claims = authenticate(request, tenant)
  if (served.length === 0) {
    const name =
      segments.find((segment) => !ROUTES.some((route) => route.segments.includes(segment))) ?? segments.at(-1)
    throw new GraphError(400, 'BadRequest', `Resource not found for the segment '${name ?? ''}'.`)
  }
  const found = served.find(({ route }) => route.method === request.method)
  if (!found) throw new GraphError(405, 'MethodNotAllowed', `${request.method} is not allowed here`)
  authorize(claims, found.route)
  return found.route.handle({
    tenant,
    version,
    url,
    params: found.params,
    body: () => decodeJson(request.body, 'ERR_GRAPH_BODY'),
  })
}

/** `groups('id')` is `groups/id`, `devices(deviceId='id')` is `devices/deviceId='id'`, and `microsoft.graph.import` is `import`. */
function segmentsOf(url: URL): string[] {
  return url.pathname
    .replace(/\((?:'|%27)([^'()]*)(?:'|%27)\)/g, '/$1')
    .replace(/\((\w+)=(?:'|%27)([^'()]*)(?:'|%27)\)/g, "/$1='$2'")
    .split('/')
    .map((segment) => {
      try {
        return decodeURIComponent(segment).replace(/^microsoft\.graph\.(?=\w+$)/, '')
      } catch {
        throw new GraphError(400, 'BadRequest', `"${segment}" is no part of a URL`)
      }
    })
}

function match(route: readonly string[], segments: readonly string[]): string[] | undefined {
  if (route.length !== segments.length) return undefined
  const params: string[] = []
  for (const [index, part] of route.entries()) {
    if (part === '{id}') params.push(segments[index]!)
    else if (part.toLowerCase() !== segments[index]!.toLowerCase()) return undefined
  }
  return params
}

function authenticate(request: HttpRequest, tenant: Tenant): Claims {
  const refuse = (message: string) => new GraphError(401, 'InvalidAuthenticationToken', message)
  const token = bearerOf(request)
  if (token === undefined) throw refuse('Access token is empty.')
  try {
    const claims = verifyToken(tenant, token)
    const audience = typeof claims.aud === 'string' ? claims.aud.replace(/\/$/, '') : ''
    if (audience !== new URL(request.url).origin && audience !== GRAPH_AUDIENCE) throw refuse('Invalid audience.')
    return claims
  } catch (error) {
    if (error instanceof DecodeError) throw refuse(`Access token validation failure: ${error.message}`)
    throw error
  }
}

/** What a token for Graph is for, wherever the mock is served. */
export const GRAPH_AUDIENCE = 'https://graph.microsoft.test'

function authorize(claims: Claims, { method, permission }: GraphRoute): void {
  const roles = Array.isArray(claims.roles) ? claims.roles : []
  const sufficient = [`${permission}.ReadWrite.All`, ...(method === 'GET' ? [`${permission}.Read.All`] : [])]
  if (sufficient.some((role) => roles.includes(role))) return
  const wanted = sufficient.toReversed().join(' or ')
  throw new GraphError(403, 'Forbidden', `The application lacks the permission ${wanted}`)
}
