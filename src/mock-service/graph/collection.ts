import { readFilter } from '../../protocols/odata/filter.ts'
import { type Expansion, type OrderKey, parseSelect } from '../../protocols/odata/options.ts'
import { orderOf, valueAt } from '../../protocols/odata/values.ts'
import { checkAdvanced, isEventual, searchOf, showsCount } from './advanced-query.ts'
import { type GraphAnswer, type GraphCall, ok } from './contract.ts'
import { knows, typeOfSet } from './entity-types.ts'
import { checkComparisons } from './filter-limits.ts'
import { badRequest, unreadable } from './graph-error.ts'
import {
  expansionsOf,
  nextLinkOf,
  type Options,
  optionsOf,
  orderOfOptions,
  pageOf,
  read,
  selectionOf,
} from './query-options.ts'
import type { EntityType } from './types/entity-type.ts'

export type Item = Record<string, unknown>

/**
 * A collection as the query options say. `toJson` makes an item of a source: where nothing looks into the items it is called for
 * those of the page alone.
 *
 * @throws GraphError 400
 */
export function collection(call: GraphCall, items: readonly Item[], entitySet: string): GraphAnswer
export function collection<Source>(
  call: GraphCall,
  sources: readonly Source[],
  entitySet: string,
  toJson: (source: Source) => Item,
): GraphAnswer
export function collection<Source>(
  call: GraphCall,
  sources: readonly Source[],
  entitySet: string,
  toJson: (source: Source) => Item = (source) => source as Item,
): GraphAnswer {
  const options = optionsOf(call)
  const type = typeOfSet(entitySet)
  const filter = read(options.get('filter'), readFilter, 'filter')
  const search = searchOf(call, options)
  const order = orderOfOptions(options)
  checkAdvanced(call, options, filter)
  const isLookedInto = filter !== undefined || search !== undefined || order.length > 0
  let rows: readonly { source: Source; item?: Item }[] = sources.map((source) =>
    isLookedInto ? { source, item: toJson(source) } : { source },
  )
  // A type that is not known has at least what its items show.
  const known = new Names(call, type, rows[0]?.item ?? (sources.length > 0 ? toJson(sources[0]!) : undefined))
  known.check([...(filter?.properties ?? []), ...order.map(({ path }) => path[0]!)], 'Invalid filter clause: ')
  checkComparisons(call, filter)
  if (filter || search) rows = rows.filter(({ item }) => (filter?.test(item) ?? true) && (search?.(item) ?? true))
  if (order.length > 0) rows = [...rows].sort((a, b) => ordered(order, a.item, b.item))
  if (call.isCount) return countOf(call, rows.length)
  const { from, to } = pageOf(call, options, rows.length)
  const shape = shapeOf(call, options, known)
  return ok({
    '@odata.context': `${call.url.origin}/${call.version}/$metadata#${entitySet}`,
    ...(showsCount(call, options) ? { '@odata.count': rows.length } : {}),
    ...(to < rows.length ? { '@odata.nextLink': nextLinkOf(call.url, to) } : {}),
    value: rows.slice(from, to).map(({ source, item }) => shape(item ?? toJson(source))),
  })
}

/** One entity, with `$select` and `$expand`. @throws GraphError 400 */
export function entity(call: GraphCall, item: Item, entitySet: string): GraphAnswer {
  const shape = shapeOf(call, optionsOf(call), new Names(call, typeOfSet(entitySet), item))
  return ok({
    '@odata.context': `${call.url.origin}/${call.version}/$metadata#${entitySet}/$entity`,
    ...shape(item),
  })
}

function countOf(call: GraphCall, count: number): GraphAnswer {
  if (call.family === 'directory' && !isEventual(call)) throw badRequest('$count is not currently supported.')
  return { status: 200, text: { type: 'text/plain', value: String(count) } }
}

/** Properties that a request may name. */
class Names {
  readonly #call: GraphCall
  readonly #type: EntityType | undefined
  readonly #own: readonly string[]

  constructor(call: GraphCall, type: EntityType | undefined, example: Item | undefined) {
    this.#call = call
    this.#type = type
    this.#own = Object.keys(example ?? {})
  }

  /** @throws GraphError 400 */
  check(names: readonly string[], before: string): void {
    const type = this.#type
    if (!type) return
    const unknown = names.find((name) => !name.startsWith('@') && name !== '*' && !this.#has(type, name.toLowerCase()))
    if (unknown !== undefined) {
      throw unreadable(`${before}Could not find a property named '${unknown}' on type 'microsoft.graph.${type.name}'.`)
    }
  }

  #has(type: EntityType, name: string): boolean {
    const served = [...this.#own, ...Object.keys(this.#call.expands)]
    return knows(type, name, this.#call.version) ?? served.some((own) => own.toLowerCase() === name)
  }
}

const PARSING = 'Parsing OData Select and Expand failed: '

/** What `$select` and `$expand` make of an item. */
function shapeOf(call: GraphCall, options: Options, known: Names): (item: Item) => Item {
  const selection = selectionOf(options)
  const expansions = expansionsOf(options)
  // `a/b` selects a member of a complex value: the whole of it is shown.
  const roots = selection?.map((name) => name.split('/')[0]!)
  known.check([...(roots ?? []), ...expansions.map(({ name }) => name)], PARSING)
  const expanded = expansions.flatMap((expansion) => expansionOf(call, expansion))
  return (item) => ({
    ...(roots ? selected(item, roots) : item),
    ...Object.fromEntries(expanded.map(([name, get]) => [name, get(String(item.id))])),
  })
}

/** @throws GraphError 400 */
function expansionOf(call: GraphCall, { name, select }: Expansion): [string, (id: string) => unknown][] {
  const all = Object.entries(call.expands)
  if (name === '*') return all.map(([own, get]) => [own, (id) => get(call, id)])
  const found = all.find(([own]) => own.toLowerCase() === name.toLowerCase())
  if (!found) throw unreadable(`${PARSING}Property '${name}' cannot be expanded here.`)
  const [own, get] = found
  const names = parseSelect(select ?? '')
  const narrowed = (value: unknown): unknown =>
    Array.isArray(value) ? value.map(narrowed) : value === null ? null : selected(value as Item, names)
  return [[own, (id) => (names.length === 0 ? get(call, id) : narrowed(get(call, id)))]]
}

function selected(item: Item, names: readonly string[]): Item {
  const wanted = new Set(names.map((name) => name.toLowerCase()))
  return Object.fromEntries(
    Object.entries(item).filter(([name]) => name === '@odata.type' || wanted.has(name.toLowerCase())),
  )
}

/** What has no order comes first, as OData has it for null. */
function ordered(keys: readonly OrderKey[], a: unknown, b: unknown): number {
  for (const { path, isDescending } of keys) {
    const [first, second] = [valueAt(a, path), valueAt(b, path)]
    const order = orderOf(first, second) ?? Number(first !== null) - Number(second !== null)
    if (order !== 0) return isDescending ? -order : order
  }
  return 0
}
