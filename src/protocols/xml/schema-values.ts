import { DecodeError } from '../../domain/trouble.ts'

/**
 * A boolean as peers write it: `true`/`false` in any letter case, `1`, `0`, and the `-1` of some published trees.
 *
 * @throws DecodeError with the given code.
 */
export function decodeBoolean(value: string | undefined, code: string, what: string): boolean | undefined {
  if (value === undefined || value === '') return undefined
  if (/^(true|-?1)$/i.test(value)) return true
  if (/^(false|0)$/i.test(value)) return false
  throw new DecodeError(code, `${what} is not a boolean`)
}

/**
 * A decimal integer that a JavaScript number holds exactly.
 *
 * @throws DecodeError with the given code.
 */
export function decodeInteger(value: string | undefined, code: string, what: string): number | undefined {
  if (value === undefined || value === '') return undefined
  const number = /^[+-]?\d{1,16}$/.test(value) ? Number(value) : Number.NaN
  if (!Number.isSafeInteger(number)) throw new DecodeError(code, `${what} is not an integer`)
  return number
}

/**
 * A part that has to be there.
 *
 * @throws DecodeError with the given code.
 */
export function required<Value>(value: Value | undefined, code: string, what: string): Value {
  if (value === undefined) throw new DecodeError(code, `${what} is missing`)
  return value
}

/** Leaves out what is undefined: an optional property is absent or has a value, never both. */
export function compact<Shape extends object>(
  shape: Shape,
): { [Key in keyof Shape as undefined extends Shape[Key] ? never : Key]: Shape[Key] } & {
  [Key in keyof Shape as undefined extends Shape[Key] ? Key : never]?: Exclude<Shape[Key], undefined>
} {
  const out: Record<string, unknown> = {}
  for (const name in shape) if (shape[name] !== undefined) out[name] = shape[name]
  return out as never
}
