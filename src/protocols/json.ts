import { DecodeError } from '../domain/trouble.ts'
import { parseLooseJson } from './loose-json.ts'

/** An object as a service sent it: nothing about it is known. */
export class JsonObject {
  readonly #value: Record<string, unknown>
  readonly #code: string

  constructor(value: Record<string, unknown>, code: string) {
    this.#value = value
    this.#code = code
  }

  /** Names of its members, in order. */
  get names(): string[] {
    return Object.keys(this.#value)
  }

  /** All that it holds, as it came. */
  get members(): Readonly<Record<string, unknown>> {
    return this.#value
  }

  string(name: string): string {
    const value = this.#value[name]
    if (typeof value !== 'string') throw new DecodeError(this.#code, `${name} is not a string`)
    return value
  }

  optionalString(name: string): string | undefined {
    const value = this.#value[name]
    return typeof value === 'string' ? value : undefined
  }

  number(name: string): number {
    const value = this.#value[name]
    // JSON can write 1e999, which is no number that anything could be done with.
    if (!Number.isFinite(value)) throw new DecodeError(this.#code, `${name} is not a number`)
    return value as number
  }

  optionalNumber(name: string): number | undefined {
    const value = this.#value[name]
    return Number.isFinite(value) ? (value as number) : undefined
  }

  optionalBoolean(name: string): boolean | undefined {
    const value = this.#value[name]
    return typeof value === 'boolean' ? value : undefined
  }

  optionalObject(name: string): JsonObject | undefined {
    const value = this.#value[name]
    return isRecord(value) ? new JsonObject(value, this.#code) : undefined
  }

  /** The texts of a list; undefined when it is missing. */
  optionalStrings(name: string): string[] | undefined {
    const value = this.#value[name]
    return Array.isArray(value) ? value.filter((entry) => typeof entry === 'string') : undefined
  }

  object(name: string): JsonObject {
    const value = this.#value[name]
    if (!isRecord(value)) throw new DecodeError(this.#code, `${name} is not an object`)
    return new JsonObject(value, this.#code)
  }

  list(name: string): JsonObject[] {
    const value = this.#value[name]
    return Array.isArray(value) ? value.filter(isRecord).map((entry) => new JsonObject(entry, this.#code)) : []
  }
}

const LENGTH_MAX = 4 * 1024 * 1024

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Reads a JSON object. @throws DecodeError with the given code */
export const decodeJson = (input: Uint8Array | string, code: string): JsonObject =>
  new JsonObject(parseJsonObject(input, code), code)

/** The same, of a service that takes the liberties of `parseLooseJson`. */
export const decodeLooseJson = (input: Uint8Array, code: string): JsonObject =>
  new JsonObject(objectIn(input, code, parseLooseJson), code)

/** The members of a JSON object. @throws DecodeError with the given code */
export const parseJsonObject = (input: Uint8Array | string, code: string): Record<string, unknown> =>
  objectIn(input, code, (_, __, cause) => {
    throw new DecodeError(code, 'the document is not JSON', { cause })
  })

function objectIn(
  input: Uint8Array | string,
  code: string,
  otherwise: (text: string, code: string, cause: unknown) => unknown,
): Record<string, unknown> {
  // The decoder takes a UTF-8 mark away.
  const text = typeof input === 'string' ? input : new TextDecoder().decode(input)
  if (text.length > LENGTH_MAX) throw new DecodeError(code, 'the document is too large')
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (cause) {
    value = otherwise(text, code, cause)
  }
  if (!isRecord(value)) throw new DecodeError(code, 'the document is not an object')
  return value
}
