import { defineEvent } from './define-event.ts'
import { signedDuration } from './values.ts'

/** `2h` or `-2h`: milliseconds by which the device's clock is moved. */
export const clock = defineEvent({
  schema: signedDuration,
  to: 'device',
  words: (ms) => `device clock moved by ${ms / 1000} s`,
  apply: (ms) => ({ kind: 'clockJump', ms }),
  undo: (ms) => ({ kind: 'clockJump', ms: -ms }),
})
