import { DecodeError } from '../../domain/trouble.ts'

/**
 * Values of a tenant as JSON, read back as what they were: maps, sets, bytes, numbers that JSON has not, and one object in two places
 * as one object. Unlike the serialisation of V8 it is the same in every version of Node, and can be read by people.
 *
 * What JSON has not is written as an object with the key `$`: `{"$":"map","of":[[key,value],…]}`, `set`, `bytes`, `number`, `undefined`, and
 * `{"$":"same","as":n}` for the n-th object that was written. Other keys that begin with `$` have one more.
 */
export function encodeValues(value: unknown): string {
  const places = new Map<object, number>()
  const encode = (one: unknown): unknown => {
    if (one === undefined) return { $: 'undefined' }
    if (typeof one === 'number' && (!Number.isFinite(one) || Object.is(one, -0)))
      return { $: 'number', of: textOf(one) }
    if (one === null || typeof one === 'string' || typeof one === 'number' || typeof one === 'boolean') return one
    if (typeof one !== 'object') throw new TypeError(`a ${typeof one} cannot be kept`)
    const place = places.get(one)
    if (place !== undefined) return { $: 'same', as: place }
    places.set(one, places.size)
    if (Array.isArray(one)) return one.map(encode)
    if (one instanceof Map) return { $: 'map', of: [...one].map(([key, entry]) => [encode(key), encode(entry)]) }
    if (one instanceof Set) return { $: 'set', of: [...one].map(encode) }
    if (one instanceof Uint8Array) return { $: 'bytes', of: Buffer.from(one).toString('base64') }
    const prototype = Object.getPrototypeOf(one) as object | null
    if (prototype !== Object.prototype && prototype !== null)
      throw new TypeError(`a ${prototype.constructor.name} cannot be kept`)
    return Object.fromEntries(Object.entries(one).map(([key, entry]) => [escaped(key), encode(entry)]))
  }
  return JSON.stringify(encode(value))
}

/** @throws DecodeError `ERR_VALUES` */
export function decodeValues(text: string): unknown {
  const places: unknown[] = []
  const decode = (one: unknown): unknown => {
    if (one === null || typeof one !== 'object') return one
    if (!Array.isArray(one) && '$' in one) {
      const { $: kind, of, as } = one as { $: unknown; of?: unknown; as?: unknown }
      if (kind === 'undefined') return undefined
      if (kind === 'number') return Number(of)
      if (kind !== 'same') return decodeObject(kind, of)
      if (!(typeof as === 'number' && as in places))
        throw new DecodeError('ERR_VALUES', 'names an object that does not exist')
      return places[as]
    }
    const place = places.length++
    const made = Array.isArray(one)
      ? one.map(decode)
      : Object.fromEntries(Object.entries(one).map(([key, entry]) => [key.replace(/^\$/, ''), decode(entry)]))
    places[place] = made
    return made
  }
  const decodeObject = (kind: unknown, of: unknown): unknown => {
    const place = places.length++
    let made: unknown
    if (kind === 'bytes' && typeof of === 'string') made = new Uint8Array(Buffer.from(of, 'base64'))
    else if (kind === 'set' && Array.isArray(of)) made = new Set(of.map(decode))
    else if (kind === 'map' && Array.isArray(of)) {
      made = new Map((of as [unknown, unknown][]).map(([key, entry]) => [decode(key), decode(entry)]))
    } else throw new DecodeError('ERR_VALUES', `holds an unknown kind, ${JSON.stringify(kind)}`)
    places[place] = made
    return made
  }
  try {
    return decode(JSON.parse(text))
  } catch (error) {
    if (error instanceof SyntaxError) throw new DecodeError('ERR_VALUES', error.message)
    throw error
  }
}

const escaped = (key: string): string => (key.startsWith('$') ? `$${key}` : key)

/** `String` writes the negative zero without its sign. */
const textOf = (number: number): string => (Object.is(number, -0) ? '-0' : String(number))
