import * as v from 'valibot'
import { parseDuration } from '../domain/duration.ts'
import { defineEvent } from './define-event.ts'
import { isBounded, text } from './values.ts'

const CLOCK = 'must be a duration, such as 2h or -2h'
const size = (value: string): string => value.replace(/^-/, '')

/** `2h` or `-2h`: milliseconds by which the device's clock is moved. */
export const clock = defineEvent({
  schema: v.pipe(
    text,
    v.check((value) => parseDuration(size(value)) !== undefined && isBounded(size(value)), CLOCK),
    v.transform((value) => parseDuration(size(value))! * (value.startsWith('-') ? -1 : 1)),
  ),
  to: 'device',
  words: (ms) => `device clock moved by ${ms / 1000} s`,
  apply: (ms) => ({ kind: 'clockJump', ms }),
  undo: (ms) => ({ kind: 'clockJump', ms: -ms }),
})
