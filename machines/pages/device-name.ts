import { assign, setup } from 'xstate'
import { asks, type DoesNotApply, doesNotApply, hidden, type StateMeta, shows, type UserEvent } from '../page.ts'

export interface DeviceNameInput {
  isNamed: boolean
}

export type DeviceNameOutcome = { kind: 'restart'; name: string } | { kind: 'skipped' } | DoesNotApply

export interface DeviceNameContext extends DeviceNameInput {
  isRefused: boolean
  outcome: DeviceNameOutcome
}

/** Up to 15 letters, digits and hyphens, not only digits. */
export const isDeviceName = (name: string): boolean => /^[A-Za-z0-9-]{1,15}$/.test(name) && !/^\d+$/.test(name)

/** `Let's name your device`, on a device without an Autopilot profile. */
export const deviceNameMachine = setup({
  types: {} as {
    input: DeviceNameInput
    context: DeviceNameContext
    events: UserEvent<'user.next'> | UserEvent<'user.skip'>
    output: DeviceNameOutcome
    meta: StateMeta
  },
  guards: {
    isNamed: ({ context }) => context.isNamed,
    isValid: (_, name: string) => isDeviceName(name),
  },
  actions: {
    conclude: assign({ outcome: (_, outcome: DeviceNameOutcome) => outcome }),
    refuse: assign({ isRefused: true }),
  },
  delays: { untilRestart: 5_000 },
}).createMachine({
  id: 'deviceName',
  context: ({ input }) => ({ ...input, isRefused: false, outcome: { kind: 'skipped' } }),
  output: ({ context }) => context.outcome,
  initial: 'deciding',
  states: {
    deciding: {
      meta: hidden('1.6 [D]'),
      always: [
        {
          guard: 'isNamed',
          actions: {
            type: 'conclude',
            params: () => doesNotApply('the device was named before', 'device name skipped'),
          },
          target: 'settled',
        },
        { target: 'asking' },
      ],
    },
    asking: {
      meta: asks('deviceName', '1.6 [D]'),
      on: {
        'user.next': [
          {
            guard: { type: 'isValid', params: ({ event }) => event.values.name ?? '' },
            actions: { type: 'conclude', params: ({ event }) => ({ kind: 'restart', name: event.values.name ?? '' }) },
            target: 'renaming',
          },
          { actions: 'refuse' },
        ],
        'user.skip': 'settled',
      },
    },
    renaming: { meta: shows('deviceName', '1.6 [C]'), after: { untilRestart: 'settled' } },
    settled: { type: 'final' },
  },
})
