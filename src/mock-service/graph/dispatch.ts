import type { HttpRequest } from '../../domain/http.ts'
import { DecodeError } from '../../domain/trouble.ts'
import { decodeJson, decodeLooseJson, isRecord, type JsonObject } from '../../protocols/json.ts'
import type { Claims } from '../../protocols/jwt/jwt.ts'
import { requestIdOf } from '../request-id.ts'
import type { Tenant } from '../tenant.ts'
import type { GraphAnswer, GraphRoute } from './contract.ts'
import { type Asked, errorBodyOf } from './error-body.ts'
import { type Family, familyOf, intunePathOf } from './families.ts'
import { GraphError, noSegment, unreadable } from './graph-error.ts'
import { authorize } from './permissions.ts'
import { keysOf, type Match, type Path, pathOf, type Routes, versionOf } from './routing.ts'

const BODY = 'ERR_GRAPH_BODY'

/** What the gateway says of a body that is not JSON, or not called so [1]. */
export const NOT_JSON =
  'Unable to read JSON request payload. Please ensure Content-Type header is set and payload is of valid JSON format.'

/** Answers one request, alone or out of a batch, and makes an answer of a refusal. */
export class Dispatcher {
  readonly #routes: Readonly<Record<'v1.0' | 'beta', Routes>>
  readonly #tenant: Tenant

  constructor(routes: Readonly<Record<'v1.0' | 'beta', Routes>>, tenant: Tenant) {
    this.#routes = routes
    this.#tenant = tenant
  }

  /** @param claims Of the token, once it has been checked. @param special What is no route: `$batch`, `$metadata` */
  answer(
    request: HttpRequest,
    claims: () => Claims,
    special: (path: Path, version: 'v1.0' | 'beta') => GraphAnswer | undefined = () => undefined,
  ): GraphAnswer {
    const id = requestIdOf(request, this.#tenant)
    const url = new URL(request.url)
    const asked: Asked = {
      tenant: this.#tenant,
      id,
      clientId: clientIdOf(request) ?? id,
      family: 'gateway',
      version: '',
      segments: [],
      isKey: [],
      query: url.search,
    }
    const ids = { 'request-id': asked.id, 'client-request-id': asked.clientId }
    try {
      const path = pathOf(url)
      const version = versionOf(path)
      Object.assign(asked, { version, family: familyOf(path.segments), segments: path.segments })
      const answer = special(path, version) ?? this.#routed(request, url, path, version, claims(), asked)
      return { ...answer, headers: { ...answer.headers, ...ids } }
    } catch (thrown) {
      const error = asGraphError(thrown)
      return { status: error.status, body: errorBodyOf(error, asked), headers: { ...error.headers, ...ids } }
    }
  }

  /** The route of one entity, whose id ends the path. */
  #entityAt(path: readonly string[], version: 'v1.0' | 'beta'): Match | undefined {
    return this.#routes[version].at(path).find(({ route }) => route.method === 'GET' && route.path.endsWith('/{id}'))
  }

  #routed(
    request: HttpRequest,
    url: URL,
    { segments, isCount }: Path,
    version: 'v1.0' | 'beta',
    claims: Claims,
    asked: Asked,
  ): GraphAnswer {
    const { family } = asked
    const matches = this.#routes[version].at(segments)
    if (matches.length === 0) {
      const name = segments.at(-1) ?? ''
      const owner =
        family === 'directory' && request.method === 'GET' ? this.#entityAt(segments.slice(0, -1), version) : undefined
      if (!owner) throw noSegment(this.#routes[version].unknownIn(segments))
      const path = { version, segments: segments.slice(0, -1), isCount: false }
      const { body } = this.#routed(request, url, path, version, claims, asked)
      return propertyOf(
        body,
        name,
        `${url.origin}/${version}/$metadata#${owner.route.path.split('/')[1]}('${owner.params[0]}')`,
      )
    }
    asked.isKey = keysOf(matches[0]!)
    const found = matches.find(({ route }) => route.method === request.method)
    if (!found) throw wrongMethod(request.method, family, segments, matches[0]!)
    asked.isKey = keysOf(found)
    const { route, params } = found
    authorize(claims, route, family)
    const answer = route.handle({
      claims,
      hasBody: request.body.length > 0,
      tenant: this.#tenant,
      version,
      url,
      params,
      headers: request.headers,
      family,
      expands: route.expands ?? {},
      isCount,
      refusesComparisons: route.refusesComparisons ?? false,
      body: () => bodyOf(request, family),
    })
    if (isCount && !answer.text) throw noSegment('$count')
    return answer
  }
}

/** `GET /users/{id}/displayName`: one property of an entity. @throws GraphError 400 */
function propertyOf(body: unknown, name: string, context: string): GraphAnswer {
  const [own, value] =
    Object.entries(isRecord(body) ? body : {}).find(([key]) => key.toLowerCase() === name.toLowerCase()) ?? []
  if (own === undefined || own.startsWith('@')) throw noSegment(name)
  return value === null ? { status: 204 } : { status: 200, body: { '@odata.context': `${context}/${own}`, value } }
}

/** What the caller calls its request; undefined where it is nothing that a header can hold. */
const clientIdOf = ({ headers }: HttpRequest): string | undefined =>
  /^[\x21-\x7e]{1,128}$/.exec(headers['client-request-id'] ?? '')?.[0]

/** A body that cannot be read is the client's mistake; anything else that is thrown is ours, and loud. */
function asGraphError(thrown: unknown): GraphError {
  if (thrown instanceof GraphError) return thrown
  if (thrown instanceof DecodeError) return unreadable(`Unable to read JSON: ${thrown.message}`)
  throw thrown
}

/** @throws GraphError 400 */
function bodyOf({ headers, body }: HttpRequest, family: Family): JsonObject {
  if (body.length === 0) throw unreadable('Empty Payload. JSON content expected.')
  if (!/^application\/([\w.-]+\+)?json\s*(;|$)/i.test(headers['content-type'] ?? '')) throw unreadable(NOT_JSON)
  try {
    // Field reports have Intune take loose JSON [1]; of the directory there is none, so it is taken to be strict [A].
    return family === 'intune' ? decodeLooseJson(body, BODY) : decodeJson(body, BODY)
  } catch (error) {
    if (error instanceof DecodeError) throw unreadable(NOT_JSON)
    throw error
  }
}

/** Intune has no route for it; the directory knows the path and refuses the method. */
function wrongMethod(method: string, family: Family, segments: readonly string[], match: Match): GraphError {
  if (family !== 'intune') {
    const message = 'Specified HTTP method is not allowed for the request target.'
    return new GraphError(405, family === 'directory' ? 'Request_BadRequest' : 'MethodNotAllowed', message)
  }
  const { path, template } = intunePathOf(segments, keysOf(match))
  const message = `No OData route exists that match template ${template} with http verb ${method} for request ${path}.`
  return new GraphError(400, 'No method match route template', message, {}, { origin: 'gateway' })
}

/** Routes of a version, for the dispatcher. */
export const routesOf = (routes: readonly GraphRoute[], version: 'v1.0' | 'beta'): GraphRoute[] =>
  routes.filter(({ isBeta }) => version === 'beta' || !isBeta)
