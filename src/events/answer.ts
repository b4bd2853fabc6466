import * as v from 'valibot'
import { defineEvent } from './define-event.ts'

export const answer = defineEvent({
  schema: v.strictObject({
    status: v.pipe(v.number(), v.integer(), v.minValue(100), v.maxValue(599)),
    body: v.optional(v.string(), ''),
    headers: v.optional(v.record(v.string(), v.string()), {}),
  }),
  to: 'exchange',
  words: ({ status }) => `answered with ${status} in place of the service`,
  apply: ({ status, headers, body }, on) => ({ kind: 'answer', on, status, headers, body }),
  undo: null,
})
