import * as v from 'valibot'
import { defineEvent } from './define-event.ts'

/** A captive portal comes between the device and the internet, or closes again. */
export const portal = defineEvent({
  schema: v.literal('on'),
  to: 'device',
  words: () => 'captive portal',
  apply: () => ({ kind: 'surroundings', change: { portal: 'on' } }),
  undo: () => ({ kind: 'surroundings', change: { portal: 'off' } }),
})
