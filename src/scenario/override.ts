import * as v from 'valibot'
import { UserError } from '../domain/trouble.ts'
import { nearest } from './nearest.ts'
import { describeIssue, issuesOf, isUnknownKey, type Key } from './schema-issues.ts'

/** Where the path of a change was written: as a message begins, and the line that it is in. */
export type Origin = (path: readonly Key[], wantsKey?: boolean) => { at: string; frame: readonly string[] }

/** Of what no file says. */
export const unwritten =
  (at: string): Origin =>
  () => ({ at, frame: [] })

type Plain = Record<string, unknown>

const isPlain = (value: unknown): value is Plain => typeof value === 'object' && value !== null && !Array.isArray(value)

/**
 * `facts` with single facts changed: objects merge, lists and values are replaced, null takes a fact away. A fact may be
 * named by its path, as `oobe device show` prints it: `adapters.0.mac`. Code `ERR_FILE_INVALID`.
 */
export function override<Value>(facts: Value, changes: Plain, origin: Origin, above: Key[] = []): Value {
  if (!isPlain(facts) && !Array.isArray(facts)) return changes as Value
  const out = (Array.isArray(facts) ? [...facts] : { ...facts }) as Plain
  for (const [written, given] of Object.entries(changes)) {
    const [key, change] = atPath(written, given)
    if (change === null) {
      takeAway(out, key, origin, above)
      continue
    }
    const within = Object.hasOwn(out, key) ? out[key] : undefined
    const isPart = isPlain(change) && (isPlain(within) || (Array.isArray(within) && areIndexes(change, within)))
    out[key] = isPart ? override(within, change, origin, [...above, key]) : change
  }
  return out as Value
}

/** `a.b: 1` is `a: { b: 1 }`. */
function atPath(written: string, given: unknown): [string, unknown] {
  const [key, ...rest] = written.split('.')
  return [key!, rest.reduceRight<unknown>((inner, name) => ({ [name]: inner }), given)]
}

const areIndexes = (change: Plain, list: readonly unknown[]): boolean =>
  Object.keys(change).every((key) => Number(key.split('.')[0]) <= list.length && /^\d/.test(key))

function takeAway(out: Plain, key: string, origin: Origin, above: readonly Key[]): void {
  if (Object.hasOwn(out, key)) {
    if (Array.isArray(out)) out.splice(Number(key), 1)
    else delete out[key]
    return
  }
  const near = nearest(key, Object.keys(out))
  const hints = near ? [`Did you mean "${near}"?`] : []
  const { at, frame } = origin([...above, key], true)
  throw new UserError('ERR_FILE_INVALID', `${at}: there is no "${key}" to take away`, [...frame, ...hints])
}

/** The keys that say what is at a path: `['tpm.version']` for `tpm`, `version`. */
export function writtenAs(changes: unknown, path: readonly Key[]): Key[] {
  if (!isPlain(changes) || path.length === 0) return [...path]
  for (const written of Object.keys(changes)) {
    const names = written.split('.')
    if (!names.every((name, index) => path[index] === undefined || String(path[index]) === name)) continue
    return [written, ...writtenAs(changes[written], path.slice(names.length))]
  }
  return [...path]
}

/** Overridden facts have to be as good as a file's. Code `ERR_FILE_INVALID`. */
export function checked<Schema extends v.GenericSchema<unknown, unknown>>(
  schema: Schema,
  value: unknown,
  origin: Origin,
): v.InferOutput<Schema> {
  const result = v.safeParse(schema, value, { abortPipeEarly: true })
  if (result.success) return result.output
  const [first, ...rest] = issuesOf(result.issues).map((issue) => {
    const { at, frame } = origin(issue.path, isUnknownKey(issue))
    return [`${at}: ${describeIssue(schema, issue)}`, ...frame]
  })
  const [message, ...frame] = first!
  throw new UserError('ERR_FILE_INVALID', message!, [...frame, ...rest.flat()])
}
