import { formatDuration } from '../domain/duration.ts'
import { defineEvent } from './define-event.ts'
import { someDuration } from './values.ts'

export const delay = defineEvent({
  schema: someDuration,
  to: 'exchange',
  words: (ms) => `delayed by ${formatDuration(ms)}`,
  apply: (ms, on) => ({ kind: 'delay', on, ms }),
  undo: null,
})
