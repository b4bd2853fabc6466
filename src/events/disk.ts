import * as v from 'valibot'
import { LOSABLE } from '../domain/conditions.ts'
import { defineEvent } from './define-event.ts'
import { whole } from './values.ts'

const SLOW_MAX = 1000

/** The disk is full, is slow, or loses a fact that the next start would find. */
export const disk = defineEvent({
  schema: v.union([
    v.literal('full'),
    v.strictObject({ slow: whole(2, SLOW_MAX) }),
    v.strictObject({ lost: v.picklist(LOSABLE) }),
  ]),
  to: 'device',
  words: (words) => {
    if (words === 'full') return 'the disk is full'
    return 'slow' in words ? `the disk is ${words.slow} times as slow` : `the disk loses ${words.lost}`
  },
  apply: (words) => ({ kind: 'disk', change: words === 'full' ? { full: true } : words }),
  lasts: (words) => words === 'full' || 'slow' in words,
  undo: (words) => ({ kind: 'disk', change: words === 'full' ? { full: false } : { slow: 1 } }),
})
