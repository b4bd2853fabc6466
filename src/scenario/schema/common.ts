import * as v from 'valibot'

export const text = v.pipe(v.string('must be a text'), v.nonEmpty('must not be empty'))

/** A duration, kept as it is written: what a file overrides is checked a second time. */
export const durationText = (fallback: string) =>
  v.optional(
    v.pipe(v.string(), v.regex(/^(\d+(\.\d+)?(ms|s|m|h|d))+$/, 'must be a duration, such as 45m or 90s')),
    fallback,
  )

/** With its zone: without one it would depend on the machine. */
export const instant = v.pipe(
  text,
  v.regex(
    /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(Z|[+-]\d\d:\d\d)$/,
    'must be a time such as 2024-08-01T00:00:00Z',
  ),
)

export const flag = (fallback: boolean) => v.optional(v.boolean('must be true or false'), fallback)

export const guid = v.pipe(text, v.regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/, 'must be a GUID in lower case'))

export const email = v.pipe(text, v.regex(/^[^@\s]+@[^@\s]+$/, 'must be an e-mail address'))

/** Host names that nobody owns: what a file of synthetic data may name. */
export const syntheticDomain = v.pipe(
  text,
  v.regex(/(^|\.)(example|test|invalid|example\.(com|net|org))$/, 'must be a reserved domain, such as contoso.example'),
)
