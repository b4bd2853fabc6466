import { defineEvent } from './define-event.ts'
import { hostPattern } from './values.ts'

export const block = defineEvent({
  schema: hostPattern,
  to: 'device',
  words: (host) => `${host} blocked`,
  apply: (host) => ({ kind: 'block', host, isBlocked: true }),
  undo: (host) => ({ kind: 'block', host, isBlocked: false }),
})
