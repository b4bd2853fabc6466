import { constants } from 'node:buffer'
import { DecodeError } from '../../domain/trouble.ts'

/**
 * Values of a tenant as JSON, read back as what they were: maps, sets, bytes, numbers that JSON has not, and one object in two places
 * as one object. Unlike the serialisation of V8 it is the same in every version of Node, and can be read by people.
 *
 * What JSON has not is written as an object with the key `$`: `{"$":"map","of":[[key,value],…]}`, `set`, `bytes`, `number`, `undefined`, and
 * `{"$":"same","as":n}` for the n-th object that was written. Other keys that begin with `$` have one more.
 */
export const encodeValues = (value: unknown): string => Buffer.concat(encodedValues(value)).toString('utf8')

/** So much text is put together before it becomes bytes: a school of ten thousand devices has 150 MB of it. */
const CHUNK_CHARS = 64 * 1024

/** The same as bytes, in pieces. @throws RangeError for more than a text can have: it could not be read again */
export function encodedValues(value: unknown): Buffer[] {
  const places = new Map<object, number>()
  const names = new Map<string, string>()
  const chunks: Buffer[] = []
  let length = 0
  let text = ''
  const flush = (): void => {
    const chunk = Buffer.from(text)
    chunks.push(chunk)
    length += chunk.length
    text = ''
    if (length > constants.MAX_STRING_LENGTH) throw new RangeError('more than a text can have')
  }
  const list = (values: Iterable<unknown>): void => {
    let separator = '['
    for (const one of values) {
      text += separator
      separator = ','
      encode(one)
    }
    text += separator === '[' ? '[]' : ']'
  }
  const encode = (one: unknown): void => {
    if (text.length > CHUNK_CHARS) flush()
    if (one === undefined) text += '{"$":"undefined"}'
    else if (typeof one === 'number' && (!Number.isFinite(one) || Object.is(one, -0)))
      text += `{"$":"number","of":"${textOf(one)}"}`
    else if (typeof one === 'string') text += JSON.stringify(one)
    else if (one === null || typeof one === 'number' || typeof one === 'boolean') text += String(one)
    else if (typeof one !== 'object') throw new TypeError(`a ${typeof one} cannot be kept`)
    else encodeObject(one)
  }
  const encodeObject = (one: object): void => {
    const place = places.get(one)
    if (place !== undefined) {
      text += `{"$":"same","as":${place}}`
      return
    }
    places.set(one, places.size)
    if (Array.isArray(one)) list(one)
    else if (one instanceof Map) {
      let separator = '{"$":"map","of":['
      for (const [key, entry] of one) {
        text += `${separator}[`
        separator = ','
        encode(key)
        text += ','
        encode(entry)
        text += ']'
      }
      text += separator === ',' ? ']}' : `${separator}]}`
    } else if (one instanceof Set) {
      text += '{"$":"set","of":'
      list(one)
      text += '}'
    } else if (one instanceof Uint8Array) {
      text += `{"$":"bytes","of":"${Buffer.from(one.buffer, one.byteOffset, one.byteLength).toString('base64')}"}`
    } else {
      const prototype = Object.getPrototypeOf(one) as object | null
      if (prototype !== Object.prototype && prototype !== null)
        throw new TypeError(`a ${prototype.constructor.name} cannot be kept`)
      let separator = '{'
      for (const [key, entry] of Object.entries(one)) {
        text += separator + nameOf(key)
        separator = ','
        encode(entry)
      }
      text += separator === '{' ? '{}' : '}'
    }
  }
  const nameOf = (key: string): string => {
    const known = names.get(key)
    if (known !== undefined) return known
    const name = `${JSON.stringify(escaped(key))}:`
    // Some objects have ids for keys: those are no names that come again.
    if (names.size < NAMES_MAX) names.set(key, name)
    return name
  }
  encode(value)
  flush()
  return chunks
}

const NAMES_MAX = 2_000

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
    // What JSON made is kept where it can be: a copy of it would take as much memory again.
    const place = places.length++
    const made = Array.isArray(one) ? decodeList(one) : decodeMembers(one as Record<string, unknown>)
    places[place] = made
    return made
  }
  const decodeList = (list: unknown[]): unknown[] => {
    for (const [index, one] of list.entries()) list[index] = decode(one)
    return list
  }
  const decodeMembers = (one: Record<string, unknown>): object => {
    const keys = Object.keys(one)
    if (keys.some((key) => key.startsWith('$') || key === '__proto__')) {
      return Object.fromEntries(keys.map((key) => [key.replace(/^\$/, ''), decode(one[key])]))
    }
    for (const key of keys) {
      const entry = one[key]
      if (entry === null || typeof entry !== 'object') continue
      one[key] = decode(entry)
    }
    return one
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
