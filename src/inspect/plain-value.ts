import { MASK } from '../domain/secret.ts'
import { isSecretFact } from '../run/seal.ts'

/** Takes secrets out of a text. */
export type MaskText = (text: string) => string

/**
 * A value as JSON can say it, with masks in its texts. Bytes leave their number alone: as a list of numbers, a secret in them would
 * not be found.
 */
export const plainValue = (value: unknown, mask: MaskText): unknown => plain(value, '', { mask, above: [] })

interface Place {
  mask: MaskText
  /** What the value is in. */
  above: readonly object[]
}

function plain(value: unknown, name: string, place: Place): unknown {
  switch (typeof value) {
    case 'string':
      return isSecretFact(name) ? MASK : place.mask(value)
    case 'bigint':
      return String(value)
    case 'function':
      return { type: value.name }
    case 'object':
      return value === null ? null : plainObject(value, name, place)
    case 'symbol':
      return undefined
    default:
      return value
  }
}

function plainObject(value: object, name: string, { mask, above }: Place): unknown {
  if (above.includes(value)) return '[Circular]'
  if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) return `${value.byteLength} bytes`
  if (value instanceof Error) return { name: value.name, message: mask(value.message) }
  const inside = { mask, above: [...above, value] }
  const { toJSON } = value as { toJSON?: unknown }
  if (typeof toJSON === 'function') return plain(toJSON.call(value), name, inside)
  if (Array.isArray(value) || value instanceof Map || value instanceof Set) {
    return [...value].map((item) => plain(item, name, inside))
  }
  const entries = Object.entries(value).map(([key, inner]) => [mask(key), plain(inner, key, inside)])
  return Object.fromEntries(entries)
}
