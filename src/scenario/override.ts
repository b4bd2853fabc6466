import * as v from 'valibot'
import { UserError } from '../domain/trouble.ts'
import { nearest } from './nearest.ts'
import { describeIssue, issuesOf } from './schema-issues.ts'

type Plain = Record<string, unknown>

const isPlain = (value: unknown): value is Plain => typeof value === 'object' && value !== null && !Array.isArray(value)

/** `facts` with single facts changed: objects merge, lists and values are replaced, null takes a fact away. Code `ERR_FILE_INVALID`. */
export function override<Value>(facts: Value, changes: Plain, where: string): Value {
  if (!isPlain(facts)) return changes as Value
  const out: Plain = { ...facts }
  for (const [key, change] of Object.entries(changes)) {
    if (change === null) {
      if (!(key in out)) {
        const near = nearest(key, Object.keys(out))
        const hints = near ? [`Did you mean "${near}"?`] : []
        throw new UserError('ERR_FILE_INVALID', `${where}: with: there is no "${key}" to take away`, hints)
      }
      delete out[key]
    } else out[key] = isPlain(change) && isPlain(out[key]) ? override(out[key], change, where) : change
  }
  return out as Value
}

/** Overridden facts have to be as good as a file's. Code `ERR_FILE_INVALID`. */
export function checked<Schema extends v.GenericSchema<unknown, unknown>>(
  schema: Schema,
  value: unknown,
  where: string,
): v.InferOutput<Schema> {
  const result = v.safeParse(schema, value)
  if (result.success) return result.output
  const [first, ...rest] = issuesOf(result.issues).map((issue) => `${where}: with: ${describeIssue(schema, issue)}`)
  throw new UserError('ERR_FILE_INVALID', first!, rest)
}
