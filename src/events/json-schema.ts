import { CHORDS } from '../domain/key-chords.ts'

/**
 * What checks find, in the words of JSON Schema: `v.metadata` of a schema that has the check, so that an editor finds it too. What
 * JSON Schema cannot say is in `test/docs/spoiled-scenarios.ts`, with the reason.
 */

/** Exactly one of these keys. */
export const exactlyOne = (keys: readonly string[]) => ({ oneOf: keys.map((key) => ({ required: [key] })) })

/** So many keys. */
export const keysAtLeast = (count: number) => ({ minProperties: count })

export const oneKey = { minProperties: 1, maxProperties: 1 }

/** A key that needs one of the others beside it. */
export const needsOneOf = (key: string, others: readonly string[]) => ({
  anyOf: [{ not: { required: [key] } }, ...others.map((other) => ({ required: [other] }))],
})

const DURATION = '(\\d+(\\.\\d+)?(ms|s|m|h|d))+'

export const DURATION_PATTERN = `^${DURATION}$`
export const SIGNED_DURATION_PATTERN = `^-?${DURATION}$`
/** More than no time at all. */
export const SOME_DURATION_PATTERN = `^(?=.*[1-9])${DURATION}$`

/** Keys of an answer that are for the person, and no control. */
export const ANSWER_KEYS = {
  wait: {
    type: 'string',
    pattern: DURATION_PATTERN,
    description: 'How long the person leaves the page alone first.',
    examples: ['11m'],
  },
  keys: { enum: CHORDS, description: 'Keys of Windows, pressed on the page first.', examples: ['Shift+F10'] },
}
