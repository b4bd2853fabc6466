import * as v from 'valibot'
import { defineEvent } from './define-event.ts'
import { hostPattern } from './values.ts'

const hosts = (value: true | string): string => (value === true ? '*' : value)

/** TLS inspection by the school's own root begins. */
export const inspect = defineEvent({
  schema: v.union([v.literal(true), hostPattern]),
  to: 'device',
  words: (value) => `TLS inspection of ${value === true ? 'all hosts' : value}`,
  apply: (value) => ({ kind: 'surroundings', change: { inspect: hosts(value), isOn: true } }),
  undo: (value) => ({ kind: 'surroundings', change: { inspect: hosts(value), isOn: false } }),
})
