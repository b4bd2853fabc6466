import { defineEvent } from './define-event.ts'
import { text } from './values.ts'

export const block = defineEvent({
  schema: text,
  to: 'device',
  words: (host) => `${host} blocked`,
  apply: (host) => ({ kind: 'block', host, isBlocked: true }),
  undo: (host) => ({ kind: 'block', host, isBlocked: false }),
})
