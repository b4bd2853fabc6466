import { type HttpRequest, NO_BODY } from '../../domain/http.ts'
import { DecodeError } from '../../domain/trouble.ts'
import { isRecord, parseJsonObject } from '../../protocols/json.ts'
import type { GraphAnswer } from './contract.ts'
import { NOT_JSON } from './dispatch.ts'
import { type GraphError, unreadable } from './graph-error.ts'

/** Requests of one batch (Graph's reference [D]; the refusal of the next one is a field report [1]). */
export const BATCH_MAX = 20

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const

/** One request of a batch. */
interface Part {
  id: string
  dependsOn: readonly string[]
  request: HttpRequest
}

const invalid = (message = 'Invalid batch payload format.'): GraphError => unreadable(message)

/**
 * `POST /$batch`: each part is answered as if it had come alone, after those that it depends on.
 *
 * @param base Origin and version: `https://graph.microsoft.test/beta`
 * @throws GraphError 400: then no part has been carried out
 */
export function answerBatch(body: Uint8Array, base: string, answer: (part: HttpRequest) => GraphAnswer): GraphAnswer {
  const parts = partsOf(body, base)
  const statuses = new Map<string, number>()
  const responses = inOrder(parts).map(({ id, dependsOn, request }) => {
    const hasFailed = dependsOn.some((other) => statuses.get(other.toLowerCase())! >= 400)
    const response = hasFailed ? FAILED_DEPENDENCY : answer(request)
    statuses.set(id.toLowerCase(), response.status)
    return responseOf(id, response)
  })
  return { status: 200, body: { responses } }
}

const FAILED_DEPENDENCY: GraphAnswer = {
  status: 424,
  body: { error: { code: 'FailedDependency', message: 'A request that this one depends on has failed.' } },
}

/** JSON goes in as it is, anything else as base64 (Graph's reference [D]). */
function responseOf(id: string, { status, body, text, headers }: GraphAnswer) {
  const type = text?.type ?? (body === undefined ? undefined : 'application/json')
  return {
    id,
    status,
    headers: { ...(type ? { 'Content-Type': type } : {}), ...headers },
    ...(text ? { body: Buffer.from(text.value).toString('base64') } : body === undefined ? {} : { body }),
  }
}

function partsOf(body: Uint8Array, base: string): Part[] {
  const entries = requestsIn(body)
  if (!Array.isArray(entries) || entries.length === 0) throw invalid()
  if (entries.length > BATCH_MAX) throw invalid('Number of requests inside batch exceed the limit.')
  const parts = entries.map((entry) => partOf(entry, base))
  const ids = new Set<string>()
  for (const { id } of parts) {
    if (ids.has(id.toLowerCase())) throw invalid(`Request Id ${id} has to be unique in a batch.`)
    ids.add(id.toLowerCase())
  }
  if (parts.some(({ dependsOn }) => dependsOn.some((other) => !ids.has(other.toLowerCase())))) throw invalid()
  return parts
}

function requestsIn(body: Uint8Array): unknown {
  try {
    return parseJsonObject(body, 'ERR_GRAPH_BATCH').requests
  } catch (error) {
    if (error instanceof DecodeError) throw unreadable(NOT_JSON)
    throw error
  }
}

function partOf(entry: unknown, base: string): Part {
  if (!isRecord(entry)) throw invalid()
  const { id, method, url, headers = {}, body, dependsOn = [] } = entry
  const verb = METHODS.find((known) => known === (typeof method === 'string' ? method.toUpperCase() : ''))
  if (typeof id !== 'string' || id === '' || !verb || typeof url !== 'string' || url === '') throw invalid()
  if (!isRecord(headers) || !Array.isArray(dependsOn) || !dependsOn.every((other) => typeof other === 'string'))
    throw invalid()
  // An address with a host is none that is relative to the batch.
  if (/^[a-z][a-z0-9+.-]*:|^\/\//i.test(url)) throw invalid()
  const named = Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      typeof value === 'string' ? [[name.toLowerCase(), value]] : [],
    ),
  )
  const type = named['content-type']
  const isWrite = verb !== 'GET' && verb !== 'DELETE'
  if (isWrite && type === undefined) {
    throw invalid(
      body === undefined
        ? `Write request id : ${id} does not contain Content-Type header or body.`
        : `Write request with id '${id}' does not contain a Content-Type header.`,
    )
  }
  const full = `${base}/${url.replace(/^\//, '')}`
  if (!URL.canParse(full)) throw invalid()
  return { id, dependsOn, request: { method: verb, url: full, headers: named, body: bytesOf(body, type) } }
}

function bytesOf(body: unknown, type: string | undefined): Uint8Array {
  if (body === undefined || body === null) return NO_BODY
  const isJson = /\bjson\b/i.test(type ?? 'json')
  if (typeof body === 'string' && !isJson) return Buffer.from(body, 'base64')
  return new TextEncoder().encode(JSON.stringify(body))
}

/** As they were written, but each after those that it depends on. @throws GraphError 400 of a circle */
function inOrder(parts: readonly Part[]): Part[] {
  const done = new Set<string>()
  const ordered: Part[] = []
  let left = [...parts]
  while (left.length > 0) {
    const next = left.find(({ dependsOn }) => dependsOn.every((other) => done.has(other.toLowerCase())))
    if (!next) throw invalid()
    done.add(next.id.toLowerCase())
    ordered.push(next)
    left = left.filter((part) => part !== next)
  }
  return ordered
}
