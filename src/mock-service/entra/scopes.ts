import { ENTRA_RESOURCES } from '../../domain/entra-resources.ts'
import type { Tenant } from '../tenant.ts'
import { Refusal } from './refusal.ts'
import { type AskedResource, findResource } from './resources.ts'

/** What a token is asked for. */
export interface Wanted {
  resource: AskedResource
  /** Of the resource, without its name: `Group.Read.All`, `.default`. */
  names: string[]
  /** The same as the client wrote them. */
  texts: string[]
  /** `openid`, `profile`, `email`, `offline_access`: of no resource. */
  openid: string[]
}

/** Of an endpoint: version 1 has a `resource`, version 2 has scopes. */
export interface Asked {
  scope: string
  resource?: string | undefined
  version: 1 | 2
}

const OF_OPENID = ['openid', 'profile', 'email', 'offline_access']
const DEFAULT = '.default'

/** Graph is meant where none is named (Microsoft Learn, Scopes and permissions). */
const GRAPH = ENTRA_RESOURCES.graph.uri
/** By id, where sign-in alone was asked for. */
const GRAPH_BY_ID = ENTRA_RESOURCES.graph.id

interface Word {
  resource: string
  name: string
  text: string
}

function wordOf(text: string): Word {
  // A device writes its resource, which ends in a slash or not, and `.default` behind it.
  const everything = /^(.+?)\/?\.default$/.exec(text)
  if (everything) return { resource: everything[1]!, name: DEFAULT, text }
  const cut = text.lastIndexOf('/')
  return cut < 0
    ? { resource: GRAPH, name: text, text }
    : { resource: text.slice(0, cut), name: text.slice(cut + 1), text }
}

const unknown = (tenant: Tenant, resource: string): Refusal =>
  new Refusal(
    'invalid_resource',
    500011,
    `The resource principal named ${resource.slice(0, 100)} was not found in the tenant named ${tenant.definition.name}.`,
  )

/**
 * What a request is for. Version 1 with scopes and without a resource is read as version 2: an assumption, as is Graph where neither is
 * named.
 *
 * @param mayBeMany the authorization endpoint takes scopes of several resources, and the code is for the first one
 */
export function wantedOf(tenant: Tenant, { scope, resource, version }: Asked, mayBeMany = false): Wanted | Refusal {
  const words = scope.split(/\s+/).filter((word) => word !== '')
  const openid = words.filter((word) => OF_OPENID.includes(word))
  if (resource !== undefined && resource !== '') {
    if (version === 2) {
      return new Refusal('invalid_request', 901002, "The 'resource' request parameter is not supported.")
    }
    const found = findResource(tenant, resource)
    return found ? { resource: found, names: [DEFAULT], texts: [], openid } : unknown(tenant, resource)
  }
  const asked = words.filter((word) => !OF_OPENID.includes(word)).map(wordOf)
  const [first] = asked
  if (!first) return { resource: { name: 'graph', audience: GRAPH_BY_ID }, names: [], texts: [], openid }
  const resources: AskedResource[] = []
  for (const word of asked) {
    const isOfEnrolment = word.name === DEFAULT || word.name === 'mdm_delegation'
    const found = findResource(tenant, word.resource, isOfEnrolment ? 'enrolment' : 'graph')
    if (!found) return unknown(tenant, word.resource)
    resources.push(found)
  }
  const [main] = resources as [AskedResource]
  const own = asked.filter((_, index) => resources[index]!.name === main.name)
  if (own.length < asked.length && !mayBeMany) {
    return new Refusal(
      'invalid_scope',
      28000,
      'Provided value for the input parameter scope is not valid because it contains more than one resource.',
    )
  }
  const names = [...new Set(own.map(({ name }) => name))]
  if (names.includes(DEFAULT) && names.length > 1) {
    return new Refusal(
      'invalid_scope',
      70011,
      `The provided value for the input parameter 'scope' is not valid: ${DEFAULT} cannot be combined with other scopes of the resource.`,
    )
  }
  return { resource: main, names, texts: own.map(({ text }) => text), openid }
}
