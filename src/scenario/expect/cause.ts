import * as v from 'valibot'
import { causeOf } from '../../journal/cause/cause-of.ts'
import { defineExpectation } from './define-expectation.ts'
import { text } from './times.ts'

/** Why the run failed. */
export const cause = defineExpectation<'cause'>({
  matcher: 'toHaveCause',
  keys: {
    cause: v.pipe(
      text,
      v.description(
        'The sentence that says why the run failed, or a part of it, as "oobe diagnose RUN" prints it. Of a run that ended well: what failed on its way.',
      ),
    ),
  },
  words: (part) => ({ cause: part }),
  judge: ({ cause: part }, { journal }) => {
    if (part === undefined) return []
    const found = causeOf(journal)?.sentence
    return [
      {
        holds: found?.includes(part) ?? false,
        said: `the cause "${part}"`,
        found: `, found ${found === undefined ? 'none' : `"${found}"`}`,
      },
    ]
  },
})
