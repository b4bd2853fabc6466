import * as v from 'valibot'
import { defineEvent } from './define-event.ts'
import { hostPattern } from './values.ts'

/** `down` is no host: names of firewall lists have a dot or a star. */
const name = (value: string): string => (value === 'down' ? '*' : value)

export const dns = defineEvent({
  schema: v.union([v.literal('down'), hostPattern]),
  to: 'device',
  words: (value) => (value === 'down' ? 'DNS down' : `${value} not in DNS`),
  apply: (value) => ({ kind: 'surroundings', change: { dns: name(value), works: false } }),
  undo: (value) => ({ kind: 'surroundings', change: { dns: name(value), works: true } }),
})
