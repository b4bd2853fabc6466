import * as v from 'valibot'
import { defineEvent } from './define-event.ts'

export const drop = defineEvent({
  schema: v.literal(true),
  to: 'exchange',
  words: () => 'the connection is cut before an answer comes',
  apply: (_, on) => ({ kind: 'drop', on }),
  undo: null,
})
