import * as v from 'valibot'
import { defineEvent } from './define-event.ts'

export const network = defineEvent({
  schema: v.picklist(['down']),
  to: 'device',
  words: () => 'network down',
  apply: () => ({ kind: 'uplink', position: 'down' }),
  undo: () => ({ kind: 'uplink', position: 'up' }),
})
