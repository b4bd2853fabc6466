import { OOBE_CONFIG } from '../../src/domain/autopilot.ts'
import { press, type Samples } from '../samples.ts'
import type { licenseTermsMachine } from './license-terms.ts'

export const licenseTermsSamples: Samples<typeof licenseTermsMachine> = {
  inputs: {
    unread: { isAccepted: false, profile: null },
    accepted: { isAccepted: true, profile: null },
    hidden: { isAccepted: false, profile: { oobeConfig: OOBE_CONFIG.skipEula } },
  },
  events: [press('user.accept')],
  done: {},
}
