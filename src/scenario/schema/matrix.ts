import * as v from 'valibot'
import { text } from './common.ts'

/** No value would be no case, and nothing played looks like nothing failed. */
const values = v.pipe(
  v.array(v.unknown()),
  v.minLength(1, 'must name at least one'),
  v.description('Values of this fact: each is played with each value of the other lists.'),
)

/** The same, of what a scenario takes by name. */
const names = (what: string, example: string) =>
  v.optional(
    v.pipe(
      v.array(text),
      v.minLength(1, 'must name at least one'),
      v.description(`Names of ${what}: the scenario is played with each.`),
      v.examples([[example]]),
    ),
  )

const facts = v.pipe(
  v.record(text, v.unknown()),
  v.check((entry) => Object.keys(entry).length > 0, 'must name at least one fact'),
  v.metadata({ minProperties: 1 }),
)

/** `matrix:` of a scenario. A key is a fact of the scenario, by its path. */
export const matrixSchema = v.objectWithRest(
  {
    device: names('devices', 'surface-laptop-se'),
    tenant: names('schools', 'contoso-school'),
    exclude: v.optional(
      v.pipe(
        v.array(facts),
        v.description('Cases that are not played: those that have all values of an entry.'),
        v.examples([[{ device: 'surface-laptop-se', person: 'ben' }]]),
      ),
    ),
    include: v.optional(
      v.pipe(
        v.array(facts),
        v.description(
          'Further facts for the cases that have the values of an entry; where there is none, a further case.',
        ),
        v.examples([[{ device: 'surface-laptop-se', 'expect.within': '40m' }]]),
      ),
    ),
  },
  values,
)

export type MatrixFile = v.InferOutput<typeof matrixSchema>
