import * as v from 'valibot'
import type { Times } from '../../domain/expectations.ts'
import { CODE } from '../../domain/windows-codes.ts'
import { someDuration, text, whole } from '../../events/values.ts'

const COUNT_MAX = 1_000_000

const count = whole(0, COUNT_MAX)

const range = v.pipe(
  v.strictObject({ atLeast: v.optional(count), atMost: v.optional(count) }),
  v.check(({ atLeast, atMost }) => atLeast !== undefined || atMost !== undefined, 'needs atLeast or atMost'),
  v.check(
    ({ atLeast = 0, atMost = COUNT_MAX }) => atLeast <= atMost,
    'needs an atMost that is not less than its atLeast',
  ),
)

/** A number, or limits. */
export const times: v.GenericSchema<Times, Times> = v.pipe(
  v.lazy((given) => (typeof given === 'object' ? range : given === undefined ? v.union([count, range]) : count)),
  v.description('How often: a number, or { atLeast: 2, atMost: 4 }. Left out: once or more. 0: never.'),
) as never

export const often = { times: v.optional(times) }

export function isSoOften(found: number, wanted: Times | undefined): boolean {
  if (wanted === undefined) return found > 0
  if (typeof wanted === 'number') return found === wanted
  return found >= (wanted.atLeast ?? 0) && found <= (wanted.atMost ?? Number.POSITIVE_INFINITY)
}

export const countText = (number: number): string => (number === 1 ? 'once' : `${number} times`)

/** ` twice`, with a space before it; empty where it may be any number. */
export function timesText(wanted: Times | undefined): string {
  if (wanted === undefined) return ''
  if (typeof wanted === 'number') return wanted === 0 ? ' never' : ` ${countText(wanted)}`
  const { atLeast, atMost } = wanted
  if (atMost === undefined) return ` at least ${countText(atLeast ?? 0)}`
  return atLeast === undefined ? ` at most ${countText(atMost)}` : ` from ${atLeast} to ${countText(atMost)}`
}

/** What a count was instead; for one that had to be there, see what was near. */
export const countedText = (found: number): string => (found === 0 ? '; it never was' : `; it was ${countText(found)}`)

const plain = v.union([v.string(), v.number(), v.boolean()])

/** Values by their names. */
export const fields = v.pipe(
  v.record(v.string(), plain),
  v.check((given) => Object.keys(given).length > 0, 'needs one name and value at least'),
)

export const value = plain

export const windowsCode = v.pipe(text, v.description(`A Windows code, such as ${CODE.deviceNotSupported}.`))

/** Lists of what is expected: an empty one would expect nothing. */
export const listOf = <Schema extends v.GenericSchema<unknown, unknown>>(item: Schema) =>
  v.pipe(v.array(item), v.minLength(1, 'must name at least one'))

export { someDuration, text, whole }
