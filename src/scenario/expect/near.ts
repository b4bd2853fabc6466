import type { Fields, Value } from '../../domain/expectations.ts'
import { fitsPattern } from '../../domain/text-pattern.ts'
import { nearestFirst } from '../nearest.ts'

const SHOWN = 3
/** Characters of one. */
const LENGTH_MAX = 160
/** Of long lists the nearest is looked for in so many. */
const LOOKED_AT = 400

const cut = (text: string): string => (text.length > LENGTH_MAX ? `${text.slice(0, LENGTH_MAX)}…` : text)

/** All of them, the nearest first: before all others those that hold the wanted text. */
function inOrder(wanted: string, there: readonly string[], part: (one: string) => string): string[] {
  const short = wanted.slice(0, LENGTH_MAX)
  const parts = new Map<string, string[]>()
  for (const one of there.slice(0, LOOKED_AT)) {
    const key = cut(part(one))
    parts.set(key, [...(parts.get(key) ?? []), one])
  }
  const near = nearestFirst(short, [...parts.keys()])
  const holds = (one: string) => one.toLowerCase().includes(short.toLowerCase())
  return [...near.filter(holds), ...near.filter((one) => !holds(one))].flatMap((one) => parts.get(one)!)
}

/**
 * `; nearest: "a", "b"`: what was there instead.
 *
 * @param part what of one is compared; all of it when left out
 */
export function insteadOf(
  wanted: string,
  there: readonly string[],
  none: string,
  part: (one: string) => string = (one) => one,
): string {
  const all = [...new Set(there)]
  if (all.length === 0) return `; ${none}`
  const near = inOrder(wanted, all, part).slice(0, SHOWN)
  const more = all.length > near.length ? ` (of ${all.length})` : ''
  return `; nearest: ${near.map((one) => `"${cut(one)}"`).join(', ')}${more}`
}

/** As much of a path's end as is wanted of it. */
export const endOf =
  (wanted: string, sign: string) =>
  (path: string): string =>
    path.split(sign).slice(-wanted.split(sign).length).join(sign)

/** `*` is anything, case counts. */
export const fits = (pattern: Value, text: string): boolean => fitsPattern(String(pattern), text)

/** A part of a text; `*` within it is anything. White space counts as one space. */
export const hasPart = (part: string, text: string): boolean => fitsPattern(`*${spaced(part)}*`, spaced(text))

const spaced = (text: string): string => text.replace(/\s+/g, ' ').trim()

/** A value by its path. A path may leave out what is before: `EmailAddress` of `Body.request.EmailAddress`. */
export type Found = readonly [path: string, value: string]

const isAt = (path: string, name: string): boolean => path === name || path.endsWith(`.${name}`)

/** What of the wanted values is not there, each with what is there instead. */
export function missingFields(wanted: Fields, there: readonly Found[]): string[] {
  return Object.entries(wanted).flatMap(([name, value]) => {
    const own = there.filter(([path]) => isAt(path, name))
    if (own.some(([, found]) => fits(value, found))) return []
    if (own.length > 0)
      return [
        `${name} is ${own
          .slice(0, SHOWN)
          .map(([, found]) => `"${cut(found)}"`)
          .join(', ')}`,
      ]
    const paths = there.map(([path]) => path)
    return [
      `it has no ${name}${paths.length > 0 ? insteadOf(name, paths, '', endOf(name, '.')).replace('; ', ': ') : ''}`,
    ]
  })
}

/** All plain values within a value, by their paths. */
export function valuesIn(value: unknown, path = ''): Found[] {
  if (value === null || value === undefined) return path === '' ? [] : [[path, 'null']]
  if (typeof value !== 'object') return [[path, String(value as string | number | boolean)]]
  return Object.entries(value).flatMap(([key, inner]) => valuesIn(inner, path === '' ? key : `${path}.${key}`))
}

export const fieldsText = (fields: Fields): string =>
  Object.entries(fields)
    .map(([name, value]) => `${name} "${value}"`)
    .join(', ')
