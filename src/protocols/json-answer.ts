import * as v from 'valibot'
import { DecodeError } from '../domain/trouble.ts'
import { isRecord, parseJsonObject } from './json.ts'

// The words of a schema for an answer. What a schema does not name is not looked at: services add members.

export const text = v.string('is not a string')

/** JSON can write 1e999, which is no number that anything could be done with. */
export const number = v.pipe(v.number('is not a number'), v.finite('is not a number'))

/** To valibot a list is an object, too. */
const members = v.custom<Record<string, unknown>>(isRecord, 'is not an object')

export const object = <const Entries extends v.ObjectEntries>(entries: Entries) => v.pipe(members, v.object(entries))

const list = <const Item extends v.GenericSchema>(item: Item) => v.array(item, 'is not a list')

/** A member that may be missing. Services write null for that, too. */
export const optional = <const Schema extends v.GenericSchema>(schema: Schema) =>
  v.pipe(
    v.nullish(schema),
    v.transform((value): v.InferOutput<Schema> | undefined => value ?? undefined),
  )

/** False when it is missing. */
export const flag = v.nullish(v.boolean('is not true or false'), false)

export const optionalList = <const Item extends v.GenericSchema>(item: Item) => optional(list(item))

/** Reads what a service answered. @throws DecodeError with the given code, and the name of the member that is wrong */
export const decodeAnswer = <const Schema extends v.GenericSchema>(
  input: Uint8Array | string,
  schema: Schema,
  code: string,
): v.InferOutput<Schema> => checked(parseJsonObject(input, code), schema, code)

/** The same for members that have been read. @throws DecodeError with the given code */
export function checked<const Schema extends v.GenericSchema>(
  members: Record<string, unknown>,
  schema: Schema,
  code: string,
): v.InferOutput<Schema> {
  const { success, output, issues } = v.safeParse(schema, members, { abortEarly: true })
  if (success) return output
  const [{ path = [], input, message }] = issues
  const name = path.map(({ key }) => key).join('.')
  throw new DecodeError(code, `${name} ${input === undefined ? 'is missing' : message}`)
}
