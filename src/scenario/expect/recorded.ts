import * as v from 'valibot'
import { JOURNAL_KINDS, type JournalKind } from '../../domain/journal.ts'
import { defineExpectation } from './define-expectation.ts'
import { fieldsText, insteadOf, missingFields, valuesIn } from './near.ts'
import { fields, isSoOften, listOf, often, timesText } from './times.ts'

const full = v.strictObject({
  kind: v.pipe(v.picklist(Object.keys(JOURNAL_KINDS) as JournalKind[]), v.description('Of docs/journal.md.')),
  with: v.optional(v.pipe(fields, v.description('Members of the entry by their paths: { stimulus.kind: cable }.'))),
  ...often,
})

/** Entries of the journal: all that no other expectation says. */
export const recorded = defineExpectation<'recorded'>({
  matcher: 'toHaveRecorded',
  keys: {
    recorded: v.pipe(
      listOf(full),
      v.description('Entries of the journal (docs/journal.md) by kind and members: { kind: tpm, with: { code: 0 } }.'),
    ) as never,
  },
  words: (kind, options) => ({ recorded: [{ kind, ...options }] }),
  names: ({ recorded: all = [] }) =>
    all.flatMap(({ kind, with: members = {} }, index) =>
      Object.keys(members).map((name) => ({
        path: ['recorded', index, 'with', name],
        kind: 'member' as const,
        name: `${kind} ${name}`,
      })),
    ),
  judge: ({ recorded: all = [] }, { journal }) =>
    all.map(({ kind, with: members = {}, times }) => {
      const own = journal.filter((entry) => entry.kind === kind)
      const told = own.map((entry) => missingFields(members, valuesIn(entry)))
      const count = told.filter(({ length }) => length === 0).length
      const [nearest] = told.filter(({ length }) => length > 0).sort((a, b) => a.length - b.length)
      const found =
        own.length === 0
          ? insteadOf(
              kind,
              journal.map((entry) => entry.kind),
              'the journal is empty',
            )
          : count === 0 && nearest
            ? `; there are ${own.length} of that kind, but ${nearest.join(', and ')}`
            : `; there are ${count}`
      return {
        holds: isSoOften(count, times),
        said: `an entry ${kind}${Object.keys(members).length > 0 ? ` with ${fieldsText(members)}` : ''}${timesText(times)}`,
        found,
      }
    }),
})
