import type { JsonObject } from '../../protocols/json.ts'
import type { Claims } from '../../protocols/jwt/jwt.ts'
import type { Tenant } from '../tenant.ts'
import type { Family } from './families.ts'

/** One request to Microsoft Graph, taken apart. */
export interface GraphCall {
  tenant: Tenant
  version: 'v1.0' | 'beta'
  /** The values for `{id}` in the route's path, in order. */
  params: string[]
  url: URL
  /** Names in lower case. */
  headers: Record<string, string>
  family: Family
  /** What `$expand` may name at this route. */
  expands: Expands
  /** The path ends in `/$count`: the number alone is asked for. */
  isCount: boolean
  /** Of the route. */
  refusesComparisons: boolean
  /** Of the token. */
  claims: Claims
  /** An action may come without one. */
  hasBody: boolean
  /** The body, as JSON. @throws GraphError 400 */
  body(): JsonObject
}

/** What a handler answers: a body, a text, or none. */
export interface GraphAnswer {
  status: number
  body?: unknown
  /** In place of a body. */
  text?: { type: string; value: string }
  headers?: Record<string, string>
}

/** What `$expand` may name, and how to get it: by the id of the entity. */
export type Expands = Record<string, (call: GraphCall, id: string) => unknown>

export interface GraphRoute {
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  /** `/groups/{id}`. */
  path: string
  /** Not in v1.0 (as documented in November 2026). */
  isBeta?: boolean
  /** What comes before `.Read.All` and `.ReadWrite.All`; of several each is enough (permissions.ts has what else is). */
  permission: string | readonly string[]
  /** Whole names that are enough too. */
  alsoEnough?: readonly string[]
  /** A POST that changes nothing: the permissions to read are enough. */
  isReading?: boolean
  /** `$filter` takes `contains` and its kind here, and no comparison (`filter-limits.ts`). */
  refusesComparisons?: boolean
  expands?: Expands
  handle(call: GraphCall): GraphAnswer
}

export const ok = (body: unknown): GraphAnswer => ({ status: 200, body })
export const created = (body: unknown): GraphAnswer => ({ status: 201, body })
export const noContent: GraphAnswer = { status: 204 }

/** ISO 8601, or the date that Intune gives for "never". */
export const dateTime = (ms: number | undefined): string =>
  ms === undefined || !Number.isFinite(ms) ? '0001-01-01T00:00:00Z' : new Date(ms).toISOString().replace('.000Z', 'Z')
