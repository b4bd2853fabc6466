import * as v from 'valibot'
import type { Slowness } from '../domain/network.ts'
import { defineEvent } from './define-event.ts'
import { keysAtLeast } from './json-schema.ts'
import { megabits } from './network-values.ts'
import { duration } from './values.ts'

export const slow = defineEvent({
  schema: v.pipe(
    v.strictObject({
      latency: v.optional(v.pipe(duration, v.description('One way.'))),
      downloadMbps: v.optional(megabits),
    }),
    v.check(({ latency, downloadMbps }) => (latency ?? downloadMbps) !== undefined, 'needs latency or downloadMbps'),
    v.metadata(keysAtLeast(1)),
    v.transform(
      ({ latency, downloadMbps }): Slowness => ({
        ...(latency === undefined ? {} : { latencyMs: latency }),
        ...(downloadMbps === undefined ? {} : { downloadMbps }),
      }),
    ),
  ),
  to: 'device',
  words: ({ latencyMs, downloadMbps }) =>
    [
      'network slow',
      ...(latencyMs === undefined ? [] : [`${latencyMs} ms`]),
      ...(downloadMbps === undefined ? [] : [`${downloadMbps} Mbps`]),
    ].join(', '),
  apply: (value) => ({ kind: 'surroundings', change: { slow: value } }),
  undo: () => ({ kind: 'surroundings', change: { slow: null } }),
})
