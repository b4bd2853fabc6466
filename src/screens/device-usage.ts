import type { ContextFrom } from 'xstate'
import type { deviceUsageMachine } from '../../machines/pages/device-usage.ts'
import type { Texts } from '../texts/en.ts'
import { type Draft, primary } from './parts.ts'

export const deviceUsageScreen = (
  { reason }: ContextFrom<typeof deviceUsageMachine>,
  _state: unknown,
  { deviceUsage, common }: Texts,
): Draft => ({
  title: deviceUsage.title,
  body: [],
  controls: [
    {
      id: 'usage',
      kind: 'choice',
      label: deviceUsage.choice,
      options: [
        { id: 'personal', label: deviceUsage.personal },
        { id: 'workOrSchool', label: deviceUsage.workOrSchool },
      ],
      selected: 'personal',
    },
    primary('next', common.next, 'user.next'),
  ],
  why: [{ fact: reason, effect: 'the device asks what it is for' }],
})
