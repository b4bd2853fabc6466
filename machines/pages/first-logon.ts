import { setup } from 'xstate'
import { endings, fromEnding } from '../outcomes.ts'
import { type StateMeta, shows } from '../page.ts'

export interface FirstLogonInput {
  displayName: string
}

export interface FirstLogonOutcome {
  kind: 'ready'
}

/** `Hi`, `Getting things ready for you`: the transition of a new Windows profile. */
export const firstLogonMachine = setup({
  types: {} as { input: FirstLogonInput; context: FirstLogonInput; output: FirstLogonOutcome; meta: StateMeta },
  // The pages are sourced, their durations are not: assumptions.
  delays: { hi: 2_000, gettingReady: 20_000 },
}).createMachine({
  id: 'firstLogon',
  context: ({ input }) => input,
  output: fromEnding<FirstLogonOutcome>(),
  initial: 'greeting',
  states: {
    greeting: { meta: shows('firstLogon', '1.8 [C]'), after: { hi: 'gettingReady' } },
    gettingReady: { meta: shows('firstLogon', '1.8 [C]'), after: { gettingReady: 'ready' } },
    ...endings<FirstLogonInput, FirstLogonOutcome>({ ready: { kind: 'ready' } }),
  },
})
