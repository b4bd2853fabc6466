import { isDeepStrictEqual } from 'node:util'

type Schema = { readonly [key: string]: unknown } | boolean
type Plain = Record<string, unknown>

const isObject = (value: unknown): value is Plain =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** What says nothing about a value. */
const SILENT = new Set(['$schema', '$defs', 'title', 'description', 'examples', 'default', 'then', 'else'])

const TYPES: Record<string, (value: unknown) => boolean> = {
  object: isObject,
  array: Array.isArray,
  string: (value) => typeof value === 'string',
  number: (value) => typeof value === 'number',
  integer: Number.isInteger,
  boolean: (value) => typeof value === 'boolean',
  null: (value) => value === null,
}

/**
 * Whether a value fits a JSON Schema of draft 7, as an editor finds it. A word that it does not know is an error: it would pass for
 * one that is kept.
 */
export function fits(schema: Schema, value: unknown, root: Schema = schema): boolean {
  if (typeof schema === 'boolean') return schema
  const inner = (one: unknown, part: unknown) => fits(one as Schema, part, root)
  const all = schema as Plain
  // Beside a reference nothing else counts.
  if ('$ref' in all)
    return inner(
      String(all.$ref)
        .split('/')
        .slice(1)
        .reduce<unknown>((node, key) => (node as Plain)[key], root),
      value,
    )
  return Object.entries(all).every(([word, said]) => {
    const rule = RULES[word]
    if (!rule && !SILENT.has(word)) throw new Error(`the word ${word} of JSON Schema is not known here`)
    return rule?.(said, value, inner, all) ?? true
  })
}

// biome-ignore lint/suspicious/noExplicitAny: the words of a schema are of any kind
type Any = any
type Fits = (schema: unknown, value: unknown) => boolean
type Rule = (said: Any, value: Any, fits: Fits, all: Plain) => boolean

const when =
  (isMeant: (value: unknown) => boolean, rule: Rule): Rule =>
  (said, value, inner, all) =>
    !isMeant(value) || rule(said, value, inner, all)
const ofObject = (rule: Rule): Rule => when(isObject, rule)
const ofText = (rule: Rule): Rule => when((value) => typeof value === 'string', rule)
const ofNumber = (rule: Rule): Rule => when((value) => typeof value === 'number', rule)
const ofList = (rule: Rule): Rule => when(Array.isArray, rule)

const RULES: Record<string, Rule> = {
  type: (said, value) => [said].flat().some((type) => TYPES[type]!(value)),
  enum: (said, value) => said.some((one: unknown) => isDeepStrictEqual(one, value)),
  const: (said, value) => isDeepStrictEqual(said, value),
  properties: ofObject((said, value, inner) =>
    Object.entries(said).every(([key, one]) => !Object.hasOwn(value, key) || inner(one, value[key])),
  ),
  patternProperties: ofObject((said, value, inner) =>
    Object.entries(said).every(([pattern, one]) =>
      Object.keys(value).every((key) => !new RegExp(pattern, 'u').test(key) || inner(one, value[key])),
    ),
  ),
  additionalProperties: ofObject((said, value, inner, { properties = {}, patternProperties = {} }) =>
    Object.keys(value).every(
      (key) =>
        Object.hasOwn(properties as Plain, key) ||
        Object.keys(patternProperties as Plain).some((pattern) => new RegExp(pattern, 'u').test(key)) ||
        inner(said, value[key]),
    ),
  ),
  propertyNames: ofObject((said, value, inner) => Object.keys(value).every((key) => inner(said, key))),
  required: ofObject((said, value) => said.every((key: string) => Object.hasOwn(value, key))),
  minProperties: ofObject((said, value) => Object.keys(value).length >= said),
  maxProperties: ofObject((said, value) => Object.keys(value).length <= said),
  dependencies: ofObject((said, value, inner) =>
    Object.entries(said).every(
      ([key, needs]) =>
        !Object.hasOwn(value, key) ||
        (Array.isArray(needs) ? needs.every((other) => Object.hasOwn(value, other)) : inner(needs, value)),
    ),
  ),
  items: ofList((said, value, inner) =>
    value.every((one: unknown, index: number) => inner(Array.isArray(said) ? (said[index] ?? true) : said, one)),
  ),
  additionalItems: () => true,
  minItems: ofList((said, value) => value.length >= said),
  maxItems: ofList((said, value) => value.length <= said),
  minLength: ofText((said, value) => [...value].length >= said),
  maxLength: ofText((said, value) => [...value].length <= said),
  pattern: ofText((said, value) => new RegExp(said, 'u').test(value)),
  format: () => true,
  minimum: ofNumber((said, value) => value >= said),
  maximum: ofNumber((said, value) => value <= said),
  anyOf: (said, value, inner) => said.some((one: unknown) => inner(one, value)),
  allOf: (said, value, inner) => said.every((one: unknown) => inner(one, value)),
  oneOf: (said, value, inner) => said.filter((one: unknown) => inner(one, value)).length === 1,
  not: (said, value, inner) => !inner(said, value),
  if: (said, value, inner, all) => inner((inner(said, value) ? all.then : all.else) ?? true, value),
}
