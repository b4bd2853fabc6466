import * as v from 'valibot'
import { defineEvent } from './define-event.ts'

export const hang = defineEvent({
  schema: v.literal(true),
  to: 'exchange',
  words: () => 'no answer comes',
  apply: (_, on) => ({ kind: 'hang', on }),
  undo: null,
})
