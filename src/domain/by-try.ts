/** One value for every try, or one for each in turn: the last one is for all that follow. */
export type ByTry<Value> = Value | readonly Value[]

/** @param attempt from 1 */
export function ofTry<Value extends string | number | boolean>(values: ByTry<Value>, attempt: number): Value {
  if (!Array.isArray(values)) return values as Value
  const all = values as readonly Value[]
  const value = all[Math.min(attempt, all.length) - 1]
  if (value === undefined) throw new Error('no value for any try')
  return value
}
