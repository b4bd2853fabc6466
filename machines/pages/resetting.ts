import { setup } from 'xstate'
import { endings, fromEnding } from '../outcomes.ts'
import { type StateMeta, shows } from '../page.ts'

export interface ResettingOutcome {
  kind: 'done'
}

/** Windows is put back. A device that loses its power meanwhile begins anew: an assumption. */
export const resettingMachine = setup({
  types: {} as {
    input: Record<string, never>
    context: Record<string, never>
    output: ResettingOutcome
    meta: StateMeta
  },
  // Until the out-of-box experience it takes 30 to 45 minutes (9 [C]).
  delays: { resetTakes: 35 * 60_000 },
}).createMachine({
  id: 'resetting',
  context: {},
  output: fromEnding<ResettingOutcome>(),
  initial: 'working',
  states: {
    working: { meta: shows('resetting', '9 [C]'), after: { resetTakes: 'done' } },
    ...endings<Record<string, never>, ResettingOutcome>({ done: { kind: 'done' } }),
  },
})
