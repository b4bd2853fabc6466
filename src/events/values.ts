import * as v from 'valibot'
import { DURATION_MAX_MS, parseDuration } from '../domain/duration.ts'

export const text = v.pipe(v.string('must be a text'), v.nonEmpty('must not be empty'))

export const DURATION = 'must be a duration, such as 45m or 90s'
export const isBounded = (value: string): boolean => (parseDuration(value) ?? 0) <= DURATION_MAX_MS

/** `45m`, `90s`, `1h30m`: milliseconds. */
export const duration = v.pipe(
  v.string(DURATION),
  v.check((value) => parseDuration(value) !== undefined, DURATION),
  v.check(isBounded, 'must be at most 36500d'),
  v.transform((value) => parseDuration(value)!),
)

/** Where no time at all would mean nothing. */
export const someDuration = v.pipe(
  duration,
  v.check((ms) => ms > 0, 'must be more than 0s'),
)

/** A whole number within what its place can hold. */
export const whole = (min: number, max: number) =>
  v.pipe(
    v.number('must be a number'),
    v.integer('must be a whole number'),
    v.minValue(min, `must be at least ${min}`),
    v.maxValue(max, `must be at most ${max}`),
  )
