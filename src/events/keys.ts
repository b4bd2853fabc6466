import * as v from 'valibot'
import { CHORDS } from '../domain/key-chords.ts'
import { defineEvent } from './define-event.ts'

/** Keys pressed together, which no page owns: `Shift+F10`. */
/** The names of the list alone: another one would do nothing, without a word. */
const chord = v.picklist(CHORDS, `must be one of ${CHORDS.join(', ')}`)

export const keys = defineEvent({
  schema: chord,
  to: 'device',
  words: (pressed) => `${pressed} pressed`,
  apply: (pressed) => ({ kind: 'keyChord', keys: pressed }),
  undo: null,
})
