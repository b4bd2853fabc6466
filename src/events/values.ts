import * as v from 'valibot'
import { DURATION_MAX_MS, parseDuration } from '../domain/duration.ts'
import { DURATION_PATTERN, SIGNED_DURATION_PATTERN, SOME_DURATION_PATTERN } from './json-schema.ts'

export const text = v.pipe(v.string('must be a text'), v.nonEmpty('must not be empty'))

export const DURATION = 'must be a duration, such as 45m or 90s'
export const isBounded = (value: string): boolean => (parseDuration(value) ?? 0) <= DURATION_MAX_MS

export const isDuration = (value: string): boolean => parseDuration(value) !== undefined && isBounded(value)

/** As a firewall's list writes it; an IPv6 address in brackets. */
export const hostPattern = v.pipe(
  text,
  v.maxLength(253, 'must be at most 253 characters long'),
  v.regex(
    /^(?:\[[0-9a-fA-F:.]+\]|[*\p{L}\p{N}_.-]+)$/u,
    'must be a host name without scheme, port or path, such as login.microsoftonline.com or *.manage.microsoft.com',
  ),
  v.description(
    "A host name as Microsoft's lists for firewalls write it; * is any run of characters. A name of production means the mock's host of the same service.",
  ),
)

// What comes after a transformation is lost to an editor: the pattern is before it.
const written = [
  v.string(DURATION),
  v.check((value: string) => parseDuration(value) !== undefined, DURATION),
  v.check(isBounded, 'must be at most 36500d'),
] as const

/** `45m`, `90s`, `1h30m`: milliseconds. */
export const duration = v.pipe(
  ...written,
  v.metadata({ pattern: DURATION_PATTERN, examples: ['45m'] }),
  v.transform((value) => parseDuration(value)!),
)

const SIGNED = 'must be a duration, such as 2h or -2h'
const sizeOf = (value: string): string => value.replace(/^-/, '')

/** `2h`, or `-2h` for one that goes back: milliseconds. */
export const signedDuration = v.pipe(
  v.string(SIGNED),
  v.check((value) => parseDuration(sizeOf(value)) !== undefined, SIGNED),
  v.check((value) => isBounded(sizeOf(value)), 'must be at most 36500d'),
  v.metadata({ pattern: SIGNED_DURATION_PATTERN, examples: ['-2h'] }),
  v.transform((value) => parseDuration(sizeOf(value))! * (value.startsWith('-') ? -1 : 1)),
)

/** Where no time at all would mean nothing. */
export const someDuration = v.pipe(
  ...written,
  v.metadata({ pattern: SOME_DURATION_PATTERN, examples: ['45m'] }),
  v.transform((value) => parseDuration(value)!),
  v.check((ms) => ms > 0, 'must be more than 0s'),
)

/** With a fraction or not; never without an end, which YAML can write. */
export const amount = (min: number, max: number) =>
  v.pipe(
    v.number('must be a number'),
    v.minValue(min, `must be at least ${min}`),
    v.maxValue(max, `must be at most ${max}`),
  )

/** A whole number within what its place can hold. */
export const whole = (min: number, max: number) =>
  v.pipe(
    v.number('must be a number'),
    v.integer('must be a whole number'),
    v.minValue(min, `must be at least ${min}`),
    v.maxValue(max, `must be at most ${max}`),
  )
