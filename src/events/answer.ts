import * as v from 'valibot'
import { DECLARED_LENGTH, wholeBytes } from '../domain/http.ts'
import { defineEvent } from './define-event.ts'
import { whole } from './values.ts'

/** Names of headers are read in any case; a service writes them in lower case. */
const isLength = (name: string): boolean => name.toLowerCase() === DECLARED_LENGTH

const headers = v.pipe(
  v.record(v.string(), v.string()),
  v.rawCheck(({ dataset, addIssue }) => {
    if (dataset.issues !== undefined) return
    for (const [key, value] of Object.entries(dataset.value)) {
      if (!isLength(key) || wholeBytes(value) !== undefined) continue
      const step = { type: 'unknown' as const, origin: 'value' as const, input: dataset.value, key, value }
      addIssue({ message: 'must be a whole number of bytes', path: [step] })
    }
  }),
  v.transform((stated) =>
    Object.fromEntries(Object.entries(stated).map(([name, value]) => [name.toLowerCase(), value])),
  ),
)

export const answer = defineEvent({
  schema: v.strictObject({
    status: whole(100, 599),
    body: v.optional(v.string(), ''),
    headers: v.optional(headers, {}),
  }),
  to: 'exchange',
  words: ({ status }) => `answered with ${status} in place of the service`,
  apply: ({ status, headers, body }, on) => ({ kind: 'answer', on, status, headers, body }),
  undo: null,
})
