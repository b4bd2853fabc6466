import { setup } from 'xstate'
import { endings, fromEnding } from '../outcomes.ts'
import { type StateMeta, shows } from '../page.ts'

export interface PowerOnOutcome {
  kind: 'started'
}

/** The Windows logo, then `Just a moment`. */
export const powerOnMachine = setup({
  types: {} as { input: Record<string, never>; output: PowerOnOutcome; meta: StateMeta },
  // How long the logo shows is nowhere stated: an assumption.
  delays: { logo: 4_000 },
}).createMachine({
  id: 'powerOn',
  output: fromEnding<PowerOnOutcome>(),
  initial: 'showingLogo',
  states: {
    showingLogo: { meta: shows('powerOn', '1.3 [C]'), after: { logo: 'started' } },
    ...endings<unknown, PowerOnOutcome>({ started: { kind: 'started' } }),
  },
})
