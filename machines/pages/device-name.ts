import { assign, setup } from 'xstate'
import { whatIsWrongWithDeviceName } from '../../src/domain/device-names.ts'
import { endings, fromEnding, known, skips } from '../outcomes.ts'
import { asks, type DoesNotApply, hidden, type StateMeta, shows, type UserEvent } from '../page.ts'

export interface DeviceNameInput {
  isNamed: boolean
}

export type DeviceNameOutcome = { kind: 'restart'; name: string } | { kind: 'skipped' } | DoesNotApply

export interface DeviceNameContext extends DeviceNameInput {
  isRefused: boolean
  name: string | null
}

const SKIPS = skips<DeviceNameContext>('device name skipped')({
  isNamed: { when: ({ isNamed }) => isNamed, fact: 'the device was named before' },
})

/** `Let's name your device`, on a device without an Autopilot profile. */
export const deviceNameMachine = setup({
  types: {} as {
    input: DeviceNameInput
    context: DeviceNameContext
    events: UserEvent<'user.next'> | UserEvent<'user.skip'>
    output: DeviceNameOutcome
    meta: StateMeta
  },
  guards: { ...SKIPS.guards, isValid: (_, name: string) => whatIsWrongWithDeviceName(name) === undefined },
  actions: {
    take: assign({ name: (_, name: string) => name }),
    refuse: assign({ isRefused: true }),
  },
  delays: { untilRestart: 5_000 },
}).createMachine({
  id: 'deviceName',
  context: ({ input }) => ({ ...input, isRefused: false, name: null }),
  output: fromEnding<DeviceNameOutcome>(),
  initial: 'deciding',
  states: {
    deciding: { meta: hidden('1.6 [D]'), always: [...SKIPS.always, { target: 'asking' }] },
    asking: {
      meta: asks('deviceName', '1.6 [D]'),
      on: {
        'user.next': [
          {
            guard: { type: 'isValid', params: ({ event }) => event.values.name ?? '' },
            actions: { type: 'take', params: ({ event }) => event.values.name ?? '' },
            target: 'renaming',
          },
          { actions: 'refuse' },
        ],
        'user.skip': 'skipped',
      },
    },
    renaming: { meta: shows('deviceName', '1.6 [C]'), after: { untilRestart: 'restart' } },
    ...endings<DeviceNameContext, DeviceNameOutcome>({
      restart: ({ name }) => ({ kind: 'restart', name: known(name, 'a name') }),
      skipped: { kind: 'skipped' },
      doesNotApply: SKIPS.outcome,
    }),
  },
})
