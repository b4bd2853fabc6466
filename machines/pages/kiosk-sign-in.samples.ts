import { KIOSK } from '../sample-facts.ts'
import type { Samples } from '../samples.ts'
import type { kioskSignInMachine } from './kiosk-sign-in.ts'

export const kioskSignInSamples: Samples<typeof kioskSignInMachine> = {
  inputs: { ordinary: {} },
  events: [],
  done: {
    readKiosk: [
      { kind: 'none', why: 'no Assigned Access configuration' },
      { kind: 'automatic', kiosk: KIOSK },
      { kind: 'lost', kiosk: KIOSK },
    ],
  },
}
