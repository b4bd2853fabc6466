import * as v from 'valibot'
import { defineEvent } from './define-event.ts'

export const lid = defineEvent({
  schema: v.picklist(['closed', 'open']),
  to: 'device',
  words: (position) => `lid ${position}`,
  apply: (position) => ({ kind: 'lid', position }),
  undo: () => ({ kind: 'lid', position: 'open' }),
  lasts: (position) => position === 'closed',
})
