import { assign, setup } from 'xstate'
import { asks, type DoesNotApply, doesNotApply, hidden, type StateMeta, type UserEvent } from '../page.ts'

export type Usage = 'personal' | 'workOrSchool'

export interface DeviceUsageInput {
  remembered?: Usage | undefined
  /** Why the device has no Autopilot profile. */
  reason: string
}

export type DeviceUsageOutcome = { kind: Usage } | DoesNotApply

export interface DeviceUsageContext extends DeviceUsageInput {
  outcome: DeviceUsageOutcome
}

/** `How would you like to set up this device?` Absent with an Autopilot profile. */
export const deviceUsageMachine = setup({
  types: {} as {
    input: DeviceUsageInput
    context: DeviceUsageContext
    events: UserEvent<'user.next'>
    output: DeviceUsageOutcome
    meta: StateMeta
  },
  guards: {
    isAnswered: ({ context }) => context.remembered !== undefined,
    isOffered: (_, usage: string) => usage === 'personal' || usage === 'workOrSchool',
  },
  actions: { conclude: assign({ outcome: (_, outcome: DeviceUsageOutcome) => outcome }) },
}).createMachine({
  id: 'deviceUsage',
  context: ({ input }) => ({ ...input, outcome: { kind: 'personal' } }),
  output: ({ context }) => context.outcome,
  initial: 'deciding',
  states: {
    deciding: {
      meta: hidden('1.6 [D]'),
      always: [
        {
          guard: 'isAnswered',
          actions: {
            type: 'conclude',
            params: () => doesNotApply('the use was chosen before', 'device usage skipped'),
          },
          target: 'settled',
        },
        { target: 'asking' },
      ],
    },
    asking: {
      meta: asks('deviceUsage', '1.6 [D]'),
      on: {
        'user.next': {
          guard: { type: 'isOffered', params: ({ event }) => event.values.usage ?? '' },
          actions: {
            type: 'conclude',
            params: ({ event }) => ({ kind: event.values.usage === 'personal' ? 'personal' : 'workOrSchool' }),
          },
          target: 'settled',
        },
      },
    },
    settled: { type: 'final' },
  },
})
