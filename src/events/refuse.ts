import * as v from 'valibot'
import { defineEvent } from './define-event.ts'
import { text, whole } from './values.ts'

/** The device answers commands of the management server with this status, and does not carry them out. */
export const refuse = defineEvent({
  schema: v.strictObject({
    csp: v.pipe(
      text,
      v.regex(/^((Add|Delete|Exec|Get|Replace) )?\S+$/, 'must be "Replace *pattern*" or "*pattern*"'),
      v.description('A command of the management server on a node; * is anything.'),
    ),
    status: whole(400, 599),
  }),
  to: 'device',
  words: ({ csp, status }) => `the device answers ${csp} with ${status}`,
  apply: ({ csp, status }) => ({ kind: 'refusal', csp, status, isRefused: true }),
  undo: ({ csp, status }) => ({ kind: 'refusal', csp, status, isRefused: false }),
})
