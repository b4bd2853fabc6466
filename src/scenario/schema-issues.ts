import type * as v from 'valibot'
import { isSecretName } from './mask-secrets.ts'
import { nearest } from './nearest.ts'

/** Characters of a key or a value that a message repeats. */
const QUOTED_MAX = 80

export type AnySchema = v.GenericSchema<unknown, unknown>
export type Key = string | number

/** Something that is wrong, and the path to it. */
export interface Issue {
  issue: v.BaseIssue<unknown>
  path: Key[]
}

/** The issues of a union's best option count, not the union's own. Their paths begin at the union. */
function flatten(issues: readonly v.BaseIssue<unknown>[], above: Key[] = []): Issue[] {
  return issues.flatMap((issue) => {
    const path = [...above, ...(issue.path ?? []).map((item) => item.key as Key)]
    return issue.issues && issue.issues.length > 0 ? deepest(flatten(issue.issues, path)) : [{ issue, path }]
  })
}

function deepest(issues: readonly Issue[]): Issue[] {
  const most = Math.max(...issues.map(({ path }) => path.length))
  return issues.filter(({ path }) => path.length === most)
}

const quoted = (text: unknown): string => {
  const whole = String(text)
  return whole.length > QUOTED_MAX ? `${whole.slice(0, QUOTED_MAX)}…` : whole
}

/** What is wrong, unknown keys first: a mistyped one is often why another seems to be missing. */
export const issuesOf = (issues: readonly v.BaseIssue<unknown>[]): Issue[] =>
  flatten(issues).sort((a, b) => Number(isUnknownKey(b)) - Number(isUnknownKey(a)))

export const isUnknownKey = ({ issue }: Issue): boolean => issue.type === 'strict_object' && issue.expected === 'never'

/** One line for a person: the path, what is wrong there, and the nearest key or value where one is near. */
export function describeIssue(schema: AnySchema, { issue, path }: Issue): string {
  const name = path.map(quoted).join('.') || 'the file'
  if (isUnknownKey({ issue, path })) {
    const key = quoted(path.at(-1))
    const keys = keysOf(schemaAt(schema, path.slice(0, -1)))
    const now = RENAMED[key]
    const hint = now && keys.includes(now) ? `. It is called "${now}" now` : suggest(key, keys)
    return `${name}: unknown key "${key}"${hint}`
  }
  if (issue.type === 'strict_object') {
    if (issue.input === undefined) return `${name} is missing`
    return `${name}: has to hold keys${keysHint(schemaAt(schema, path))}`
  }
  const isSecret = path.some((key) => typeof key === 'string' && isSecretName(key))
  const wrong = issue.message.replace(/(?<=received ).*$/s, (given) => (isSecret ? '•••' : quoted(given)))
  return `${name}: ${wrong}${suggest(quoted(issue.input), optionsOf(issue.expected))}`
}

/** Keys that earlier versions had. */
const RENAMED: Readonly<Record<string, string>> = { faults: 'events' }

const keysHint = (schema: AnySchema | undefined): string => {
  const keys = keysOf(schema)
  return keys.length > 0 ? `: ${keys.join(', ')}` : ''
}

const suggest = (given: string, candidates: readonly string[]): string => {
  const near = nearest(given, candidates)
  return near === undefined ? '' : `. Did you mean "${near}"?`
}

/** `("a" | "b")` as valibot writes what it expected. */
const optionsOf = (expected: string | null): string[] =>
  [...(expected ?? '').matchAll(/"([^"]+)"/g)].map(([, option]) => option!)

const keysOf = (schema: AnySchema | undefined): string[] => {
  const { entries } = unwrapped(schema) as { entries?: Record<string, unknown> }
  return entries ? Object.keys(entries) : []
}

function unwrapped(schema: unknown): Record<string, unknown> {
  let current = schema as Record<string, unknown> | undefined
  for (;;) {
    if (!current) return {}
    if (typeof current.getter === 'function') current = current.getter(undefined) as Record<string, unknown>
    else if (current.wrapped) current = current.wrapped as Record<string, unknown>
    else if (Array.isArray(current.pipe)) current = { ...(current.pipe[0] as Record<string, unknown>), pipe: undefined }
    else return current
  }
}

/** The schema that a path leads to; in a union the first option that has the key. */
function schemaAt(schema: AnySchema, path: readonly Key[]): AnySchema | undefined {
  const { entries, item, value, options } = unwrapped(schema) as {
    entries?: Record<string, AnySchema>
    item?: AnySchema
    value?: AnySchema
    options?: AnySchema[]
  }
  const [key, ...rest] = path
  if (Array.isArray(options)) {
    const objects = options.filter((option) => keysOf(option).length > 0)
    if (key === undefined) return objects[0]
    return objects.map((option) => schemaAt(option, path)).find((found) => found !== undefined)
  }
  if (key === undefined) return schema
  const next = entries?.[String(key)] ?? item ?? (typeof value === 'object' ? value : undefined)
  return next && schemaAt(next, rest)
}
