import { OOBE_CONFIG } from '../../src/domain/autopilot.ts'
import { press, type Samples } from '../samples.ts'
import type { privacyMachine } from './privacy.ts'

export const privacySamples: Samples<typeof privacyMachine> = {
  inputs: {
    unread: { isAccepted: false, profile: null },
    accepted: { isAccepted: true, profile: null },
    hidden: { isAccepted: false, profile: { oobeConfig: OOBE_CONFIG.skipExpressSettings } },
  },
  events: [press('user.next'), press('user.accept')],
  done: {},
}
