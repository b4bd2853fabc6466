import { setup } from 'xstate'
import { type StateMeta, shows } from '../page.ts'

export interface FirstLogonInput {
  displayName: string
}

/** `Hi`, `Getting things ready for you`: the transition of a new Windows profile. */
export const firstLogonMachine = setup({
  types: {} as { input: FirstLogonInput; context: FirstLogonInput; output: { kind: 'ready' }; meta: StateMeta },
  // The pages are sourced, their durations are not: assumptions.
  delays: { hi: 2_000, gettingReady: 20_000 },
}).createMachine({
  id: 'firstLogon',
  context: ({ input }) => input,
  output: { kind: 'ready' },
  initial: 'greeting',
  states: {
    greeting: { meta: shows('firstLogon', '1.8 [C]'), after: { hi: 'gettingReady' } },
    gettingReady: { meta: shows('firstLogon', '1.8 [C]'), after: { gettingReady: 'ready' } },
    ready: { type: 'final' },
  },
})
