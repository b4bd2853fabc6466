import * as v from 'valibot'
import { defineEvent } from './define-event.ts'

export const power = defineEvent({
  schema: v.picklist(['cut', 'off', 'on']),
  to: 'device',
  words: (position) => (position === 'cut' ? 'power cut' : `power ${position}`),
  apply: (position) => (position === 'cut' ? { kind: 'power' } : { kind: 'power', position }),
  undo: () => ({ kind: 'power', position: 'on' }),
  lasts: (position) => position === 'off',
})
