import * as v from 'valibot'
import { parseDuration } from '../domain/duration.ts'
import { isChord } from '../domain/key-chords.ts'
import type { Answer } from '../domain/person.ts'
import type { Stimulus } from '../domain/stimulus.ts'
import { defineEvent } from './define-event.ts'
import { ANSWER_KEYS } from './json-schema.ts'
import { isDuration, text } from './values.ts'

const LEAVES = 'leaves'
const COMES_BACK = 'comes back'

const namesIn = (answer: Record<string, string>): string[] => Object.keys(answer)
const isAlone = (answer: Record<string, string>, name: string): boolean =>
  answer[name] === undefined || namesIn(answer).length === 1

const words = v.pipe(
  v.record(v.string(), v.string('must be a text: put numbers in quotes')),
  v.check((answer) => namesIn(answer).length > 0, 'needs something that the person does, such as press'),
  v.check(
    (answer) => ['wait', 'becomes', 'keys'].every((name) => isAlone(answer, name)),
    'wait, becomes and keys are alone in an event',
  ),
  v.check(({ wait }) => wait === undefined || isDuration(wait), 'wait must be a duration, such as 5m'),
  v.check(({ keys }) => keys === undefined || isChord(keys), 'keys must be a chord, such as Shift+F10'),
  v.metadata({
    minProperties: 1,
    properties: ANSWER_KEYS,
    allOf: ['wait', 'becomes', 'keys'].map((name) => ({
      anyOf: [{ not: { required: [name] } }, { maxProperties: 1 }],
    })),
  }),
)

/** What the person at the device does, besides the answers to the pages. */
export const person = defineEvent<Answer>({
  schema: v.union([text, words]),
  to: 'device',
  words: (answer) => `the person ${inWords(answer)}`,
  apply: (answer) => stimulusOf(answer),
  undo: () => ({ kind: 'presence', is: 'back' }),
  lasts: (answer) => answer === LEAVES,
})

/** Whether it is an answer to the page that is shown. */
export const isPageAnswer = (answer: Answer): boolean => stimulusOf(answer).kind === 'does'

function stimulusOf(answer: Answer): Stimulus {
  if (answer === LEAVES) return { kind: 'presence', is: 'away' }
  if (answer === COMES_BACK) return { kind: 'presence', is: 'back' }
  if (typeof answer === 'string') return { kind: 'does', answer }
  const { becomes, wait, keys } = answer
  if (becomes !== undefined) return { kind: 'becomes', who: becomes }
  if (wait !== undefined) return { kind: 'wait', ms: parseDuration(wait) ?? 0 }
  return keys === undefined ? { kind: 'does', answer } : { kind: 'keyChord', keys }
}

/** Values of fields are not repeated: they may be secrets. */
function inWords(answer: Answer): string {
  if (answer === LEAVES || answer === COMES_BACK) return answer
  if (typeof answer === 'string') return 'answers the page'
  const { becomes, wait, keys, press } = answer
  if (becomes !== undefined) return `becomes ${becomes}`
  if (wait !== undefined) return `waits ${wait}`
  if (keys !== undefined) return `presses ${keys}`
  return press === undefined ? `fills in ${namesIn(answer).join(', ')}` : `presses ${press}`
}
