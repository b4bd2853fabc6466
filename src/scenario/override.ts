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

/** `facts` with single facts changed: objects merge, lists and values are replaced, null takes a fact away. Code `ERR_FILE_INVALID`. */
export function override<Value>(facts: Value, changes: Plain, origin: Origin, above: Key[] = []): Value {
  if (!isPlain(facts)) return changes as Value
  const out: Plain = { ...facts }
  for (const [key, change] of Object.entries(changes)) {
    if (change === null) {
      if (!Object.hasOwn(out, key)) {
        const near = nearest(key, Object.keys(out))
        const hints = near ? [`Did you mean "${near}"?`] : []
        const { at, frame } = origin([...above, key], true)
        throw new UserError('ERR_FILE_INVALID', `${at}: there is no "${key}" to take away`, [...frame, ...hints])
      }
      delete out[key]
    } else {
      const isPart = isPlain(change) && Object.hasOwn(out, key) && isPlain(out[key])
      out[key] = isPart ? override(out[key], change, origin, [...above, key]) : change
    }
  }
  return out as Value
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
