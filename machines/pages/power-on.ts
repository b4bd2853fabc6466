import { setup } from 'xstate'
import { endings, fromEnding } from '../outcomes.ts'
import { type StateMeta, shows } from '../page.ts'

export interface PowerOnInput {
  /** An update of Windows asked for the restart, and is finished in it. */
  isFinishingUpdates: boolean
}

/** `updated`: what an update has left to do is done. */
export type PowerOnOutcome = { kind: 'started' } | { kind: 'updated' }

/** The Windows logo, then `Just a moment`; between them the rest of an update. */
export const powerOnMachine = setup({
  types: {} as { input: PowerOnInput; context: PowerOnInput; output: PowerOnOutcome; meta: StateMeta },
  guards: { isFinishingUpdates: ({ context }) => context.isFinishingUpdates },
  // How long the logo shows, and how long the rest of an update takes, is nowhere stated: assumptions.
  delays: { logo: 4_000, rest: 45_000 },
}).createMachine({
  id: 'powerOn',
  context: ({ input }) => input,
  output: fromEnding<PowerOnOutcome>(),
  initial: 'showingLogo',
  states: {
    showingLogo: {
      meta: shows('powerOn', '1.3 [C]'),
      after: { logo: [{ guard: 'isFinishingUpdates', target: 'finishingUpdates' }, { target: 'started' }] },
    },
    finishingUpdates: { meta: shows('powerOn', '1.1 [C]'), after: { rest: 'updated' } },
    ...endings<PowerOnInput, PowerOnOutcome>({ started: { kind: 'started' }, updated: { kind: 'updated' } }),
  },
})
