import * as v from 'valibot'
import { defineEvent } from './define-event.ts'

export const cable = defineEvent({
  schema: v.picklist(['out', 'in']),
  to: 'device',
  words: (position) => `cable ${position}`,
  apply: (position) => ({ kind: 'cable', position }),
  undo: (position) => ({ kind: 'cable', position: position === 'out' ? 'in' : 'out' }),
})
