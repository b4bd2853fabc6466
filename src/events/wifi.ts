import * as v from 'valibot'
import { defineEvent } from './define-event.ts'

export const wifi = defineEvent({
  schema: v.picklist(['off', 'on']),
  to: 'device',
  words: (position) => `Wi-Fi ${position}`,
  apply: (position) => ({ kind: 'radio', position }),
  undo: (position) => ({ kind: 'radio', position: position === 'off' ? 'on' : 'off' }),
})
