import { DecodeError } from '../../domain/trouble.ts'
import type { Expansion, OrderKey } from '../../protocols/odata/options.ts'
import { parseExpand, parseOrderBy, parseSelect } from '../../protocols/odata/options.ts'
import type { GraphCall } from './contract.ts'
import { PAGES } from './families.ts'
import { badRequest, GraphError, unreadable } from './graph-error.ts'

const KNOWN = [
  'filter',
  'top',
  'skip',
  'skiptoken',
  'select',
  'orderby',
  'count',
  'expand',
  'search',
  'format',
] as const
type Name = (typeof KNOWN)[number]

/** The system query options of a request. */
export type Options = ReadonlyMap<Name, string>

/**
 * Names are taken in any letter case (OData 4.01); without `$` in beta alone, as the reference says. Other names are the caller's own.
 *
 * @throws GraphError 400
 */
export function optionsOf({ url, version }: Pick<GraphCall, 'url' | 'version'>): Options {
  const options = new Map<Name, string>()
  for (const [key, value] of url.searchParams) {
    const hasSign = key.startsWith('$')
    const name = KNOWN.find((known) => known === key.slice(hasSign ? 1 : 0).toLowerCase())
    if (hasSign && !name) throw unreadable(`The query parameter '${key}' is not supported.`)
    if (!name || (!hasSign && version !== 'beta')) continue
    if (options.has(name)) {
      throw unreadable(`Query option '$${name}' was specified more than once, but it must be specified at most once.`)
    }
    options.set(name, value)
  }
  const format = options.get('format')
  if (format !== undefined && !/^(json|application\/json(;.*)?)$/i.test(format)) {
    throw unreadable(`The value '${format}' for $format is not supported.`)
  }
  return options
}

/** `$expand`. @throws GraphError 400 */
export const expansionsOf = (options: Options): Expansion[] => read(options.get('expand'), parseExpand, 'expand') ?? []

/** `$select`; undefined when everything is asked for. */
export function selectionOf(options: Options): string[] | undefined {
  const names = parseSelect(options.get('select') ?? '')
  return names.length === 0 || names.includes('*') ? undefined : names
}

/** `$orderby`. @throws GraphError 400 */
export const orderOfOptions = (options: Options): OrderKey[] =>
  read(options.get('orderby'), parseOrderBy, 'orderby') ?? []

export function read<Value>(
  text: string | undefined,
  parse: (text: string) => Value,
  clause: string,
): Value | undefined {
  if (text === undefined) return undefined
  try {
    return parse(text)
  } catch (error) {
    if (error instanceof DecodeError) throw unreadable(`Invalid ${clause} clause: ${error.message}`)
    throw error
  }
}

/** Which part of what was found goes into this page. @throws GraphError 400 */
export function pageOf({ family }: GraphCall, options: Options, found: number): { from: number; to: number } {
  const { size, most } = PAGES[family]
  const top = whole(options, 'top', 1)
  if (family === 'directory') {
    if (top !== undefined && top > most) {
      throw badRequest(`Invalid page size specified: '${top}'. Must be between 1 and ${most} inclusive.`)
    }
    if (options.has('skip')) throw new GraphError(400, 'Request_BadRequest', "'$skip' is not supported by the service.")
  }
  const from = whole(options, 'skiptoken', 0) ?? Math.min(whole(options, 'skip', 0) ?? 0, found)
  return { from, to: from + Math.min(top ?? size, most) }
}

function whole(options: Options, name: Name, min: number): number | undefined {
  const text = options.get(name)
  if (text === undefined) return undefined
  const value = Number(text)
  if (!/^\d+$/.test(text) || value < min) throw badRequest(`Invalid value '${text}' for $${name} query option found.`)
  return Math.min(value, Number.MAX_SAFE_INTEGER)
}

/** The address of the next page: other options stay as they are. */
export function nextLinkOf(url: URL, to: number): string {
  const next = new URL(url)
  for (const name of [...next.searchParams.keys()]) {
    if (/^\$?(skip|skiptoken)$/i.test(name)) next.searchParams.delete(name)
  }
  next.searchParams.set('$skiptoken', String(to))
  return next.href
}
