import { press, type Samples } from '../samples.ts'
import type { deviceUsageMachine } from './device-usage.ts'

const reason = 'no Autopilot profile, 807: no tenant has registered this device'

export const deviceUsageSamples: Samples<typeof deviceUsageMachine> = {
  inputs: {
    unanswered: { reason, edition: 'SE' },
    remembered: { reason, edition: 'SE', remembered: 'personal' },
    home: { reason, edition: 'Home' },
  },
  events: [press('user.next', { usage: 'personal' }), press('user.next', { usage: 'workOrSchool' })],
  done: {},
}
