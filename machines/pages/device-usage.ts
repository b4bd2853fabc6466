import { setup } from 'xstate'
import type { Edition } from '../../src/domain/windows-versions.ts'
import { endings, fromEnding, skips } from '../outcomes.ts'
import { asks, type DoesNotApply, hidden, type StateMeta, type UserEvent } from '../page.ts'

export type Usage = 'personal' | 'workOrSchool'

export interface DeviceUsageInput {
  remembered?: Usage | undefined
  edition: Edition
  /** Why the device has no Autopilot profile. */
  reason: string
}

export type DeviceUsageOutcome = { kind: 'personal' } | { kind: 'workOrSchool' } | DoesNotApply

const SKIPS = skips<DeviceUsageInput>('device usage skipped')({
  isAnswered: { when: ({ remembered }) => remembered !== undefined, fact: 'the use was chosen before' },
  isHome: { when: ({ edition }) => edition === 'Home', fact: 'Windows 11 Home is for personal use' },
})

/** `How would you like to set up this device?` Absent with an Autopilot profile. */
export const deviceUsageMachine = setup({
  types: {} as {
    input: DeviceUsageInput
    context: DeviceUsageInput
    events: UserEvent<'user.next'>
    output: DeviceUsageOutcome
    meta: StateMeta
  },
  guards: {
    ...SKIPS.guards,
    isPersonal: (_, usage: string) => usage === 'personal',
    isWorkOrSchool: (_, usage: string) => usage === 'workOrSchool',
  },
}).createMachine({
  id: 'deviceUsage',
  context: ({ input }) => input,
  output: fromEnding<DeviceUsageOutcome>(),
  initial: 'deciding',
  states: {
    deciding: { meta: hidden('1.6 [D]'), always: [...SKIPS.always, { target: 'asking' }] },
    asking: {
      meta: asks('deviceUsage', '1.6 [D]'),
      on: {
        'user.next': [
          { guard: { type: 'isPersonal', params: ({ event }) => event.values.usage ?? '' }, target: 'personal' },
          {
            guard: { type: 'isWorkOrSchool', params: ({ event }) => event.values.usage ?? '' },
            target: 'workOrSchool',
          },
        ],
      },
    },
    ...endings<DeviceUsageInput, DeviceUsageOutcome>({
      personal: { kind: 'personal' },
      workOrSchool: { kind: 'workOrSchool' },
      doesNotApply: SKIPS.outcome,
    }),
  },
})
