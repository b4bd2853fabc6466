import * as v from 'valibot'
import { defineEvent } from './define-event.ts'

export const block = defineEvent({
  schema: v.pipe(v.string(), v.nonEmpty('must not be empty')),
  to: 'device',
  words: (host) => `${host} blocked`,
  apply: (host) => ({ kind: 'block', host, isBlocked: true }),
  undo: (host) => ({ kind: 'block', host, isBlocked: false }),
})
