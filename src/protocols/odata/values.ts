/** How OData compares, as Microsoft Graph does: texts without regard to case, dates by their time. */
export type Literal = string | number | boolean | null

export const COMPARISONS = ['eq', 'ne', 'gt', 'ge', 'lt', 'le'] as const
export type Comparison = (typeof COMPARISONS)[number]

/** Follows a path; names are taken in any letter case. Null where there is nothing. */
export function valueAt(item: unknown, path: readonly string[]): unknown {
  let value = item
  for (const name of path) {
    if (typeof value !== 'object' || value === null) return null
    const record = value as Record<string, unknown>
    const key = Object.hasOwn(record, name) ? name : keyLike(record, name)
    if (key === undefined) return null
    value = record[key]
  }
  return value ?? null
}

function keyLike(record: Record<string, unknown>, name: string): string | undefined {
  const wanted = name.toLowerCase()
  return Object.keys(record).find((key) => key.toLowerCase() === wanted)
}

const DATE_TIME = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,12})?)?(Z|[+-]\d\d:\d\d)?)?$/i

/** What is compared: a date as milliseconds, where both sides are dates. */
function comparable(value: unknown, other: unknown): unknown {
  if (typeof value !== 'string') return value
  if (typeof other === 'string' && DATE_TIME.test(value) && DATE_TIME.test(other)) {
    const time = Date.parse(value)
    if (!Number.isNaN(time)) return time
  }
  return value.toLowerCase()
}

export const equal = (value: unknown, literal: unknown): boolean =>
  comparable(value ?? null, literal) === comparable(literal, value)

/** -1, 0, 1; undefined where there is no order between the two. */
export function orderOf(value: unknown, other: unknown): number | undefined {
  const [a, b] = [comparable(value, other), comparable(other, value)]
  if (typeof a === 'string' && typeof b === 'string') return a < b ? -1 : a > b ? 1 : 0
  if (typeof a === 'number' && typeof b === 'number') return Math.sign(a - b)
  return undefined
}

export function compare(value: unknown, operator: Comparison, literal: unknown): boolean {
  if (operator === 'eq') return equal(value, literal)
  if (operator === 'ne') return !equal(value, literal)
  const order = orderOf(value, literal)
  if (order === undefined) return false
  return { gt: order > 0, ge: order >= 0, lt: order < 0, le: order <= 0 }[operator]
}
