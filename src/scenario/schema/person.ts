import * as v from 'valibot'
import { PAGE_IDS } from '../../domain/pages.ts'
import { text } from './common.ts'

/** What a person answers when a page asks: the name of a button or an option, or values by control id. */
export const answerSchema = v.pipe(
  v.union([text, v.record(v.string(), v.string('must be a text: put numbers in quotes'))]),
  v.description(
    'The name of a button or an option, or values by the id of a control. "wait" leaves the page as it is until it changes; as the last answer it is for all visits that follow.',
  ),
)
// The list first: a list of names would pass for values by control, 0 and 1.
const answers = v.union([v.array(answerSchema), answerSchema])

/** `person:` of a scenario, and `scenarios/persons/*.yaml`: answers by page. */
export const personSchema = v.strictObject(
  Object.fromEntries(PAGE_IDS.map((page) => [page, v.optional(answers)])) as Record<
    (typeof PAGE_IDS)[number],
    v.OptionalSchema<typeof answers, undefined>
  >,
)
