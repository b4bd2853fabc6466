import * as v from 'valibot'
import { formatDuration } from '../../domain/duration.ts'
import { endsAs, type OutcomeKind } from '../../domain/expectations.ts'
import { CODE } from '../../domain/windows-codes.ts'
import { outcomeText } from '../../journal/outcome.ts'
import { defineExpectation, type Judgement } from './define-expectation.ts'
import { OUTCOMES } from './place.ts'
import { listOf, someDuration, text } from './times.ts'

const one = v.picklist(OUTCOMES)
const outcome = v.pipe(
  v.lazy((given) => (given === undefined ? v.union([one, listOf(one)]) : Array.isArray(given) ? listOf(one) : one)),
  v.description('How the run ends: one of these, or one of a list.'),
) as unknown as v.GenericSchema<OutcomeKind | OutcomeKind[], OutcomeKind | OutcomeKind[]>

/** How the run ended. */
export const end = defineExpectation<'end'>({
  matcher: 'toEnd',
  keys: {
    outcome,
    code: v.pipe(text, v.description(`Windows code of the failure, such as ${CODE.timedOut}.`)),
    within: v.pipe(someDuration, v.description('The longest virtual time that the run may take, such as 45m.')),
    account: v.pipe(
      v.picklist(['standard', 'administrator']),
      v.description('What the person is on the device, at the desktop.'),
    ),
    autopilot: v.pipe(v.boolean(), v.description('Whether a profile of Windows Autopilot was used.')),
    managed: v.pipe(v.boolean(), v.description('Whether a session with the management server was held.')),
  },
  words: (outcome, options) => ({ outcome, ...options }),
  judge: ({ outcome: wanted, code, within, ...facts }, seen) => {
    const judgements: Judgement[] = []
    const { outcome: actual, durationMs } = seen
    if (wanted !== undefined) {
      judgements.push({
        holds: endsAs(wanted, actual.kind),
        said: `the outcome ${[wanted].flat().join(' or ')}`,
        found: `, got ${outcomeText(actual)}`,
      })
    }
    if (code !== undefined) {
      const found = 'code' in actual ? actual.code : undefined
      judgements.push({
        holds: found?.toLowerCase() === code.toLowerCase(),
        said: `the code ${code}`,
        found: `, got ${found ?? 'none'}`,
      })
    }
    if (within !== undefined) {
      judgements.push({
        holds: durationMs <= within,
        said: `it within ${formatDuration(within)}`,
        found: `, took ${formatDuration(durationMs)}`,
      })
    }
    for (const name of ['account', 'autopilot', 'managed'] as const) {
      const found = (actual as { [Name in typeof name]?: unknown })[name]
      if (facts[name] === undefined) continue
      judgements.push({
        holds: found === facts[name],
        said: `${name} ${facts[name]}`,
        found: `, got ${String(found)}`,
      })
    }
    return judgements
  },
})
