import * as v from 'valibot'
import { LOSABLE } from '../domain/conditions.ts'
import type { EventWords } from '../domain/event-words.ts'
import { defineEvent } from './define-event.ts'
import { whole } from './values.ts'

const SLOW_MAX = 1000

const changes = v.pipe(
  v.strictObject(
    { slow: v.optional(whole(2, SLOW_MAX)), lost: v.optional(v.picklist(LOSABLE)) },
    'must be full, or { slow: … } or { lost: … }',
  ),
  v.check(({ slow, lost }) => (slow === undefined) !== (lost === undefined), 'needs slow or lost'),
)

/** The disk is full, is slow, or loses a fact that the next start would find. */
export const disk = defineEvent<EventWords['disk']>({
  schema: v.union([v.literal('full'), changes]) as unknown as v.GenericSchema<EventWords['disk']>,
  to: 'device',
  words: (words) => {
    if (words === 'full') return 'the disk is full'
    return 'slow' in words ? `the disk is ${words.slow} times as slow` : `the disk loses ${words.lost}`
  },
  apply: (words) => ({ kind: 'disk', change: words === 'full' ? { full: true } : words }),
  lasts: (words) => words === 'full' || 'slow' in words,
  undo: (words) => ({ kind: 'disk', change: words === 'full' ? { full: false } : { slow: 1 } }),
})
