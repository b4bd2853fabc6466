import * as v from 'valibot'
import { LOSABLE } from '../domain/conditions.ts'
import type { EventWords } from '../domain/event-words.ts'
import { defineEvent } from './define-event.ts'
import { oneKey } from './json-schema.ts'
import { whole } from './values.ts'

const SLOW_MAX = 1000

const given = (change: object): number => Object.values(change).filter((fact) => fact !== undefined).length

const changes = v.pipe(
  v.strictObject(
    {
      slow: v.optional(whole(2, SLOW_MAX)),
      lost: v.optional(v.picklist(LOSABLE)),
      recovery: v.optional(
        v.pipe(
          v.picklist(['enabled', 'disabled']),
          v.description('An administrator runs reagentc: Windows RE is on, or off.'),
        ),
      ),
    },
    'must be full, or { slow: … }, { lost: … } or { recovery: … }',
  ),
  v.check((change) => given(change) === 1, 'needs one of slow, lost and recovery'),
  v.metadata(oneKey),
)

/** The disk is full, is slow, loses a fact that the next start would find, or its Windows RE is switched on or off. */
export const disk = defineEvent<EventWords['disk']>({
  schema: v.union([v.literal('full'), changes]) as unknown as v.GenericSchema<EventWords['disk']>,
  to: 'device',
  words: (words) => {
    if (words === 'full') return 'the disk is full'
    if ('recovery' in words) return `Windows RE is ${words.recovery}`
    return 'slow' in words ? `the disk is ${words.slow} times as slow` : `the disk loses ${words.lost}`
  },
  apply: (words) => ({ kind: 'disk', change: words === 'full' ? { full: true } : words }),
  lasts: (words) => words === 'full' || 'slow' in words,
  undo: (words) => ({ kind: 'disk', change: words === 'full' ? { full: false } : { slow: 1 } }),
})
