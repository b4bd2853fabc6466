import * as v from 'valibot'
import { defineEvent } from './define-event.ts'

export const disconnect = defineEvent({
  schema: v.literal(true),
  to: 'device',
  words: () => 'work or school account disconnected',
  apply: () => ({ kind: 'disconnect' }),
  undo: null,
})
