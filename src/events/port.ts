import { defineEvent } from './define-event.ts'
import { portNumber } from './network-values.ts'

export const port = defineEvent({
  schema: portNumber,
  to: 'device',
  words: (number) => `port ${number} closed`,
  apply: (number) => ({ kind: 'surroundings', change: { port: number, isOpen: false } }),
  undo: (number) => ({ kind: 'surroundings', change: { port: number, isOpen: true } }),
})
