import * as v from 'valibot'
import { defineEvent } from './define-event.ts'

export const corrupt = defineEvent({
  schema: v.literal(true),
  to: 'exchange',
  words: () => 'the answer arrives damaged',
  apply: (_, on) => ({ kind: 'corrupt', on }),
  undo: null,
})
