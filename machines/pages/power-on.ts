import { setup } from 'xstate'
import { type StateMeta, shows } from '../page.ts'

/** The Windows logo, then `Just a moment`. */
export const powerOnMachine = setup({
  types: {} as { input: Record<string, never>; output: { kind: 'started' }; meta: StateMeta },
  // How long the logo shows is nowhere stated: an assumption.
  delays: { logo: 4_000 },
}).createMachine({
  id: 'powerOn',
  output: { kind: 'started' },
  initial: 'showingLogo',
  states: {
    showingLogo: { meta: shows('powerOn', '1.3 [C]'), after: { logo: 'started' } },
    started: { type: 'final' },
  },
})
