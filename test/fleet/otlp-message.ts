import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** What the specification says of a message: its fields by their name in JSON. */
type Fields = ReadonlyMap<string, { type: string; isRepeated: boolean; oneof: string | undefined }>

const FOLDER = join(import.meta.dirname, 'otlp')
const INTEGERS_64 = ['int64', 'uint64', 'fixed64', 'sfixed64']
const INTEGERS_32 = ['int32', 'uint32', 'sint32']

/** The messages and enums of OTLP, read off the files of its specification, by name without the package. */
function specification(): { messages: Map<string, Fields>; enums: Map<string, number[]> } {
  const messages = new Map<string, Fields>()
  const enums = new Map<string, number[]>()
  const text = readdirSync(FOLDER)
    .map((name) => readFileSync(join(FOLDER, name), 'utf8'))
    .join('\n')
  // No message of these has braces but for a oneof and for messages within it, which have a pass of their own.
  for (const [, kind, name, body] of text.matchAll(/\b(message|enum) (\w+) \{((?:[^{}]|\{[^{}]*\})*)\}/g)) {
    if (kind === 'enum')
      enums.set(
        name!,
        [...body!.matchAll(/= (\d+);/g)].map(([, number]) => Number(number)),
      )
    else messages.set(name!, fieldsIn(body!))
  }
  return { messages, enums }
}

function fieldsIn(body: string): Fields {
  const own = body.replace(/\bmessage \w+ \{[^{}]*\}/g, '')
  const oneofs = [...own.matchAll(/\boneof (\w+) \{([^{}]*)\}/g)]
  const oneofOf = (field: string) => oneofs.find(([, , inside]) => new RegExp(` ${field} = `).test(inside!))?.[1]
  const fields = own.matchAll(/^\s*(repeated |optional )?([\w.]+) (\w+) = \d+;/gm)
  return new Map(
    [...fields].flatMap(([, rule, type, name]) =>
      type === 'reserved'
        ? []
        : [
            [
              name!.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase()),
              { type: type!.split('.').at(-1)!, isRepeated: rule === 'repeated ', oneof: oneofOf(name!) },
            ] as const,
          ],
    ),
  )
}

const { messages, enums } = specification()

/** What of a JSON value is not as the specification has that message; empty where all is. */
export function faultsOf(value: unknown, message: string, place = message): string[] {
  const fields = messages.get(message)
  if (!fields) throw new Error(`the specification has no message ${message}`)
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [`${place}: no object`]
  const seen = new Set<string>()
  return Object.entries(value).flatMap(([name, inside]) => {
    const field = fields.get(name)
    const here = `${place}.${name}`
    if (!field) return [`${here}: ${message} has no such field`]
    if (field.oneof !== undefined && seen.has(field.oneof)) return [`${here}: a second one of ${field.oneof}`]
    if (field.oneof !== undefined) seen.add(field.oneof)
    if (!field.isRepeated) return faultsOfOne(inside, field.type, here)
    if (!Array.isArray(inside)) return [`${here}: no list`]
    return inside.flatMap((one, index) => faultsOfOne(one, field.type, `${here}.${index}`))
  })
}

function faultsOfOne(value: unknown, type: string, place: string): string[] {
  const unless = (isRight: boolean, what: string): string[] => (isRight ? [] : [`${place}: no ${what}`])
  if (messages.has(type)) return faultsOf(value, type, place)
  const known = enums.get(type)
  if (known) return unless(known.includes(value as number), `number of ${type}`)
  if (INTEGERS_64.includes(type))
    return unless(typeof value === 'string' && /^-?\d{1,20}$/.test(value), 'integer as a string')
  if (INTEGERS_32.includes(type)) return unless(Number.isInteger(value), 'whole number')
  if (type === 'double') return unless(Number.isFinite(value), 'number')
  if (type === 'bool') return unless(typeof value === 'boolean', 'boolean')
  return unless(typeof value === 'string', 'text')
}
