import { sendParent, setup } from 'xstate'
import { hidden, type StateMeta } from '../page.ts'

export interface ProviderLimitInput {
  provider: string
  timeoutMs: number
}

export interface OverdueEvent {
  type: 'provider.overdue'
  provider: string
}

/** The time that a policy provider has, from when the device knows it. */
export const providerLimitMachine = setup({
  types: {} as { input: ProviderLimitInput; context: ProviderLimitInput; meta: StateMeta },
  actions: {
    tellOverdue: sendParent(
      ({ context }: { context: ProviderLimitInput }): OverdueEvent => ({
        type: 'provider.overdue',
        provider: context.provider,
      }),
    ),
  },
  delays: { timeLimit: ({ context }) => context.timeoutMs },
}).createMachine({
  id: 'providerLimit',
  context: ({ input }) => input,
  initial: 'waiting',
  states: {
    waiting: { meta: hidden('4.3 [D]'), after: { timeLimit: 'overdue' } },
    // It ends with the category, which may end because of it.
    overdue: { meta: hidden('4.3 [D]'), entry: 'tellOverdue' },
  },
})
