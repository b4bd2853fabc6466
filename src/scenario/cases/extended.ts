import { UserError } from '../../domain/trouble.ts'
import type { Found } from '../library.ts'
import { type Origin, override } from '../override.ts'
import type { Key } from '../schema-issues.ts'
import { isPlain, type Plain, REFERENCES, withFact } from './with-fact.ts'

/** A file as it is written. */
export interface WrittenFile extends Pick<Found, 'file'> {
  value: Plain
  lines: Record<string, number>
  place: Origin
  /** Whether another file says a fact, and this one does not. */
  isInherited(path: readonly Key[]): boolean
}

/**
 * What a scenario says, and for the rest what the one that it extends says: objects merge, lists and values are replaced, null takes a fact
 * away. Code `ERR_FILE_INVALID` where that one extends a further one.
 */
export function extended(own: WrittenFile, base: WrittenFile): WrittenFile {
  if ('extends' in base.value) {
    const { at, frame } = own.place(['extends'])
    throw new UserError('ERR_FILE_INVALID', `${at}: ${String(own.value.extends)} extends a scenario itself`, [
      ...frame,
      `One level is all there is: name ${String(base.value.extends)}, and write down the rest`,
    ])
  }
  const { extends: _, ...facts } = own.value
  const value = Object.entries(facts).reduce((all, [key, fact]) => merged(all, key, fact, own.place), base.value)
  const isInherited = (path: readonly Key[]) => !states(own.value, path) && states(base.value, path)
  return {
    file: own.file,
    value,
    // What is expected is this file's, also where all of it is the other one's.
    lines: { ...own.lines, expect: own.lines.expect ?? own.lines.extends ?? 1 },
    place: (path, needsKey) => (isInherited(path) ? base : own).place(path, needsKey),
    isInherited,
  }
}

function merged(base: Plain, key: string, fact: unknown, place: Origin): Plain {
  if (key.includes('.') && fact !== null) return withFact(base, key, fact)
  const now = base[key]
  if (REFERENCES.includes(key) && isPlain(fact)) {
    // A file by its name, and facts that are written out, are two ways: one takes the place of the other.
    if (typeof now === 'string' && !('use' in fact) && 'with' in fact) return { ...base, [key]: { use: now, ...fact } }
    if (isPlain(now) && !('with' in fact && !('use' in fact)) && 'use' in now !== 'use' in fact) {
      return { ...base, [key]: fact }
    }
  }
  return override(base, { [key]: fact }, place)
}

/** Lines of the extended file whose facts this one does not state. */
export function inheritedLines(own: WrittenFile, base: WrittenFile): Record<string, number> {
  const isReplaced = (path: string): boolean => {
    const keys = path.split('.')
    return keys.some((_, index) => {
      const above = valueAt(own.value, keys.slice(0, index + 1))
      return above !== undefined && (index === keys.length - 1 || !isPlain(above))
    })
  }
  return Object.fromEntries(Object.entries(base.lines).filter(([path]) => !isReplaced(path)))
}

const states = (value: Plain, path: readonly Key[]): boolean => valueAt(value, path) !== undefined

/** A key may be a path. */
function valueAt(value: unknown, path: readonly Key[]): unknown {
  const [key, ...rest] = path
  if (key === undefined) return value
  if (Array.isArray(value)) return valueAt(value[Number(key)], rest)
  if (!isPlain(value)) return undefined
  if (Object.hasOwn(value, key)) return valueAt(value[key], rest)
  const whole = Object.keys(value).find((name) => name.includes('.') && `${path.join('.')}.`.startsWith(`${name}.`))
  return whole === undefined ? undefined : valueAt(value[whole], path.slice(whole.split('.').length))
}
