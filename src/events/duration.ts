import * as v from 'valibot'
import { parseDuration } from '../domain/duration.ts'

/** `45m`, `90s`, `1h30m`: milliseconds. */
export const duration = v.pipe(
  v.string('must be a duration, such as 45m or 90s'),
  v.check((value) => parseDuration(value) !== undefined, 'must be a duration, such as 45m or 90s'),
  v.transform((value) => parseDuration(value)!),
)
