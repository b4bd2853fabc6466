import * as v from 'valibot'
import { formatDuration } from '../../domain/duration.ts'
import { defineExpectation } from './define-expectation.ts'
import { insteadOf } from './near.ts'
import { namedPlace, namesLike, place, visitsOf } from './place.ts'

/** Pages that were never shown, states that were never entered. */
export const never = defineExpectation<'never'>({
  matcher: 'toNever',
  keys: {
    never: v.pipe(v.array(place), v.description('Pages that must not be shown, states that must not be entered.')),
  },
  words: (where) => ({ never: [where] }),
  names: ({ never: places = [] }) => places.flatMap((name, index) => namedPlace(['never', index], name)),
  judge: ({ never: places = [] }, seen) =>
    places.map((name) => {
      const [first] = visitsOf(name, seen)
      return {
        holds: first === undefined,
        said: `never to see the ${name.includes('.') ? 'state' : 'page'} ${name}`,
        // Almost always it holds, and nothing of this is said.
        get found() {
          if (first !== undefined) return `; it came after ${formatDuration(first)}`
          return insteadOf(name, namesLike(name, seen), 'nothing came')
        },
      }
    }),
})
