import * as v from 'valibot'
import { defineEvent } from './define-event.ts'

export const push = defineEvent({
  schema: v.literal(true),
  to: 'device',
  words: () => 'push of the management server',
  apply: () => ({ kind: 'push' }),
  undo: null,
})
