import type { ReadFilter } from '../../protocols/odata/filter.ts'
import { isFound, parseSearch } from '../../protocols/odata/options.ts'
import { valueAt } from '../../protocols/odata/values.ts'
import type { GraphCall } from './contract.ts'
import { unsupportedQuery } from './graph-error.ts'
import { type Options, read } from './query-options.ts'

/** Operators that the directory answers from its second index alone (aad-advanced-queries [D]). */
const ADVANCED = ['ne', 'not', 'endswith', '$count']

export const isEventual = ({ headers }: Pick<GraphCall, 'headers'>): boolean =>
  headers.consistencylevel?.toLowerCase() === 'eventual'

const isCounted = (options: Options): boolean => options.get('count')?.toLowerCase() === 'true'

/** What the directory refuses without `ConsistencyLevel: eventual` and `$count=true`, and what it never answers. @throws GraphError 400 */
export function checkAdvanced(call: GraphCall, options: Options, filter: ReadFilter | undefined): void {
  if (call.family !== 'directory') return
  const isAdvanced = isEventual(call) && (call.isCount || isCounted(options))
  if (filter?.operators.has('contains')) throw unsupportedQuery("Filter operator 'Contains' is not supported.")
  const operator = ADVANCED.find((name) => filter?.operators.has(name))
  if (operator !== undefined && !isAdvanced) {
    throw unsupportedQuery(
      `Operator '${operator}' is not supported because the required parameters might be missing. Try adding $count=true query parameter and ConsistencyLevel:eventual header. Refer to https://aka.ms/graph-docs/advanced-queries for more information`,
    )
  }
  if (filter && options.has('orderby') && !isAdvanced)
    throw unsupportedQuery('Sorting not supported for current query.')
}

/** Whether `@odata.count` is shown: the directory passes over `$count=true` without the header. */
export const showsCount = (call: GraphCall, options: Options): boolean =>
  isCounted(options) && (call.family !== 'directory' || isEventual(call))

/** `$search` of directory objects. @throws GraphError 400 */
export function searchOf(call: GraphCall, options: Options): ((item: unknown) => boolean) | undefined {
  const lists = read(options.get('search'), parseSearch, 'search')
  if (!lists) return undefined
  if (call.family !== 'directory') throw unsupportedQuery("The query option '$search' is not supported.")
  if (!isEventual(call)) {
    throw unsupportedQuery(
      "Request with $search query parameter only works through MSGraph with a special request header: 'ConsistencyLevel: eventual'",
    )
  }
  return (item) => lists.some((terms) => terms.every((term) => isFound(term, valueAt(item, [term.property]))))
}
