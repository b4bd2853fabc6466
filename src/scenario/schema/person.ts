import * as v from 'valibot'
import { CHORDS, isChord } from '../../domain/key-chords.ts'
import { PAGE_IDS } from '../../domain/pages.ts'
import { ANSWER_KEYS } from '../../events/json-schema.ts'
import { duration, isDuration } from '../../events/values.ts'
import { text } from './common.ts'

/** What a person answers when a page asks: the name of a button or an option, or values by control id. */
export const answerSchema = v.pipe(
  v.union([
    text,
    v.pipe(
      v.record(v.string(), v.string('must be a text: put numbers in quotes')),
      v.check(({ wait }) => wait === undefined || isDuration(wait), 'wait must be a duration, such as 11m'),
      v.check(({ keys }) => keys === undefined || isChord(keys), `keys must be one of ${CHORDS.join(', ')}`),
      v.metadata({ properties: ANSWER_KEYS }),
    ),
  ]),
  v.description(
    'The name of a button or an option, or values by the id of a control. "wait" leaves the page as it is until it changes; as the last answer it is for all visits that follow. Beside values: press names the button, keys a key chord, and wait how long the person leaves the page alone before.',
  ),
)
// The list first: a list of names would pass for values by control, 0 and 1.
const answers = v.union([v.array(answerSchema), answerSchema])

const pageAnswers = Object.fromEntries(PAGE_IDS.map((page) => [page, v.optional(answers)])) as Record<
  (typeof PAGE_IDS)[number],
  v.OptionalSchema<typeof answers, undefined>
>

const thinkTime = v.pipe(duration, v.description('How long the person looks at each page before an answer.'))

/** `person:` of a scenario, and `scenarios/persons/*.yaml`: answers by page. */
export const personSchema = v.strictObject({ thinkTime: v.optional(thinkTime), ...pageAnswers })
