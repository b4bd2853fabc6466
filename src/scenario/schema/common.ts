import * as v from 'valibot'
import { DURATION, isBounded, text } from '../../events/values.ts'

export { amount, text, whole } from '../../events/values.ts'

/** A duration, kept as it is written: what a file overrides is checked a second time. */
export const durationText = (fallback: string) =>
  v.optional(
    v.pipe(v.string(), v.regex(/^(\d+(\.\d+)?(ms|s|m|h|d))+$/, DURATION), v.check(isBounded, 'must be at most 36500d')),
    fallback,
  )

/** The platform turns 31 February into March. */
function isDay(value: string): boolean {
  const day = value.slice(0, 10)
  const time = Date.parse(`${day}T00:00:00Z`)
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(day)
}

/** With its zone: without one it would depend on the machine. */
export const instant = v.pipe(
  text,
  v.regex(
    /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(Z|[+-]\d\d:\d\d)$/,
    'must be a time such as 2024-08-01T00:00:00Z',
  ),
  v.check(isDay, 'there is no such day'),
)

/** Two letters (ISO 3166). */
export const countryCode = v.pipe(text, v.regex(/^[A-Z]{2}$/, 'must be two letters of a country, such as US'))

/** A day, UTC. */
export const day = v.pipe(
  text,
  v.regex(/^\d{4}-\d\d-\d\d$/, 'must be a day such as 2026-08-11'),
  v.check(isDay, 'there is no such day'),
)

/** What certificates and the texts of all protocols can say. */
const START = { first: '1970-01-01T00:00:00Z', last: '9999-12-31T23:59:59Z' }

/** When a device is switched on. */
export const startTime = v.pipe(
  text,
  v.isoTimestamp('must be a time such as 2026-09-07T08:00:00Z'),
  // Editors have other ideas of a date-time.
  v.metadata({ pattern: '^\\d{4}-\\d\\d-\\d\\d[T ]\\d\\d:\\d\\d' }),
  v.rawCheck(({ dataset, addIssue }) => {
    // Each of the checks rests on the one before it.
    if (dataset.issues !== undefined) return
    const { value } = dataset
    const time = Date.parse(value)
    if (Number.isNaN(time)) addIssue({ message: 'must be a time such as 2026-09-07T08:00:00Z' })
    else if (!isDay(value)) addIssue({ message: 'there is no such day' })
    else if (time < Date.parse(START.first) || time >= Date.parse(START.last) + 1000) {
      addIssue({ message: `must be from ${START.first} to ${START.last}` })
    }
  }),
)

export const flag = (fallback: boolean) => v.optional(v.boolean('must be true or false'), fallback)

export const guid = v.pipe(text, v.regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/, 'must be a GUID in lower case'))

export const email = v.pipe(text, v.regex(/^[^@\s]+@[^@\s]+$/, 'must be an e-mail address'))

/** Host names that no organization can own: what a file of synthetic data may name. */
export const syntheticDomain = v.pipe(
  text,
  v.regex(/(^|\.)(example|test|invalid|example\.(com|net|org))$/, 'must be a reserved domain, such as contoso.example'),
)
