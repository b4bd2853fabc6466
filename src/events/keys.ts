import { defineEvent } from './define-event.ts'
import { text } from './values.ts'

/** Keys pressed together, which no page owns: `Shift+F10`. */
export const keys = defineEvent({
  schema: text,
  to: 'device',
  words: (chord) => `${chord} pressed`,
  apply: (chord) => ({ kind: 'keyChord', keys: chord }),
  undo: null,
})
