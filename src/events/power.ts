import * as v from 'valibot'
import { defineEvent } from './define-event.ts'

export const power = defineEvent({
  schema: v.picklist(['cut']),
  to: 'device',
  words: () => 'power cut',
  apply: () => ({ kind: 'power' }),
  undo: null,
})
