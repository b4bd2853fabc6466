import * as v from 'valibot'
import { defineEvent } from './define-event.ts'
import { whole } from './values.ts'

export const answer = defineEvent({
  schema: v.strictObject({
    status: whole(100, 599),
    body: v.optional(v.string(), ''),
    headers: v.optional(v.record(v.string(), v.string()), {}),
  }),
  to: 'exchange',
  words: ({ status }) => `answered with ${status} in place of the service`,
  apply: ({ status, headers, body }, on) => ({ kind: 'answer', on, status, headers, body }),
  undo: null,
})
