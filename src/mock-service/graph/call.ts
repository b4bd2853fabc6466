import { DecodeError } from '../../domain/trouble.ts'
import type { JsonObject } from '../../protocols/json.ts'
import { parseFilter } from '../../protocols/odata/filter.ts'
import type { Tenant } from '../tenant.ts'

/** One request to Microsoft Graph, taken apart. */
export interface GraphCall {
  tenant: Tenant
  version: 'v1.0' | 'beta'
  /** The values for `{id}` in the route's path, in order. */
  params: string[]
  url: URL
  /** The body, as JSON. @throws GraphError 400 */
  body(): JsonObject
}

/** What a handler answers: a body, or none. */
export interface GraphAnswer {
  status: number
  body?: unknown
  headers?: Record<string, string>
}

export interface GraphRoute {
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  /** `/groups/{id}`. */
  path: string
  /** Not in v1.0 (as documented in November 2026). */
  isBeta?: boolean
  /** What comes before `.Read.All` and `.ReadWrite.All`. */
  permission: string
  handle(call: GraphCall): GraphAnswer
}

/** A refusal: Graph's error body with its code. */
export class GraphError extends Error {
  readonly status: number
  readonly code: string
  readonly headers: Record<string, string>

  constructor(status: number, code: string, message: string, headers: Record<string, string> = {}) {
    super(message)
    this.status = status
    this.code = code
    this.headers = headers
  }
}

export const badRequest = (message: string): GraphError => new GraphError(400, 'BadRequest', message)
export const notFound = (what: string, id: string): GraphError =>
  new GraphError(404, 'ResourceNotFound', `${what} "${id}" does not exist`)

export const ok = (body: unknown): GraphAnswer => ({ status: 200, body })
export const created = (body: unknown): GraphAnswer => ({ status: 201, body })
export const noContent: GraphAnswer = { status: 204 }

/** Page size when `$top` says none, and the most that it may say. */
const PAGE = 100
const TOP_MAX = 999

type Item = Record<string, unknown>

/** A collection as the query options want it: `$filter`, `$orderby`, `$top`, `$skip`, `$count`, `$select`, and `@odata.nextLink`. */
export function collection({ url, version }: GraphCall, items: readonly Item[], entitySet: string): GraphAnswer {
  const query = url.searchParams
  const known = ['$filter', '$top', '$skip', '$skiptoken', '$select', '$orderby', '$count', '$expand', '$search']
  const unknown = [...query.keys()].find((name) => name.startsWith('$') && !known.includes(name))
  if (unknown !== undefined) throw badRequest(`The query parameter '${unknown}' is not supported.`)
  const refused = ['$expand', '$search'].find((name) => query.has(name))
  if (refused !== undefined) throw badRequest(`This simulation has no '${refused}'.`)
  const found = sorted(filtered(items, query.get('$filter')), query.get('$orderby'))
  const top = whole(query, '$top', 1, TOP_MAX)
  const from = whole(query, '$skiptoken', 0, Number.MAX_SAFE_INTEGER) ?? whole(query, '$skip', 0, found.length) ?? 0
  const to = from + (top ?? PAGE)
  const next = new URL(url)
  next.searchParams.delete('$skip')
  next.searchParams.set('$skiptoken', String(to))
  return ok({
    '@odata.context': `${url.origin}/${version}/$metadata#${entitySet}`,
    ...(query.get('$count') === 'true' ? { '@odata.count': found.length } : {}),
    ...(to < found.length ? { '@odata.nextLink': next.href } : {}),
    value: found.slice(from, to).map((item) => selected(item, query.get('$select'))),
  })
}

/** One entity, with `$select`. */
export const entity = ({ url, version }: GraphCall, item: Item, entitySet: string): GraphAnswer =>
  ok({
    '@odata.context': `${url.origin}/${version}/$metadata#${entitySet}/$entity`,
    ...selected(item, url.searchParams.get('$select')),
  })

function filtered(items: readonly Item[], text: string | null): readonly Item[] {
  if (text === null) return items
  try {
    return items.filter(parseFilter(text))
  } catch (error) {
    if (error instanceof DecodeError) throw badRequest(`Invalid filter clause: ${error.message}`)
    throw error
  }
}

function sorted(items: readonly Item[], text: string | null): readonly Item[] {
  if (text === null) return items
  const match = /^([A-Za-z]\w*)(?: (asc|desc))?$/.exec(text.trim())
  if (!match) throw badRequest(`Invalid orderby clause: "${text}"`)
  const [, name, direction] = match
  const sign = direction === 'desc' ? -1 : 1
  const key = (item: Item) => {
    const value = item[name!]
    return typeof value === 'string' ? value.toLowerCase() : typeof value === 'number' ? value : ''
  }
  return [...items].sort((a, b) => sign * (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0))
}

function whole(query: URLSearchParams, name: string, min: number, max: number): number | undefined {
  const text = query.get(name)
  if (text === null) return undefined
  const value = Number(text)
  if (!/^\d+$/.test(text) || value < min) throw badRequest(`Invalid value '${text}' for ${name} query option found.`)
  return Math.min(value, max)
}

function selected(item: Item, text: string | null): Item {
  if (text === null) return item
  const names = text.split(',').map((name) => name.trim())
  return Object.fromEntries(Object.entries(item).filter(([name]) => name === '@odata.type' || names.includes(name)))
}

/** ISO 8601, or the date that Intune gives for "never". */
export const dateTime = (ms: number | undefined): string =>
  ms === undefined || !Number.isFinite(ms) ? '0001-01-01T00:00:00Z' : new Date(ms).toISOString().replace('.000Z', 'Z')
