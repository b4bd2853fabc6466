import { formatDuration } from '../domain/duration.ts'
import { defineEvent } from './define-event.ts'
import { duration } from './duration.ts'

export const delay = defineEvent({
  schema: duration,
  to: 'exchange',
  words: (ms) => `delayed by ${formatDuration(ms)}`,
  apply: (ms, on) => ({ kind: 'delay', on, ms }),
  undo: null,
})
