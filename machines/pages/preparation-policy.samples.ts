import type { Samples } from '../samples.ts'
import type { preparationPolicyMachine } from './preparation-policy.ts'

const windows = { productType: '164', version: '10.0.26100.4652' }

export const preparationPolicySamples: Samples<typeof preparationPolicyMachine> = {
  inputs: {
    enrolled: { isEnrolled: true, isKnown: false, windows },
    afterRestart: { isEnrolled: true, isKnown: true, windows },
    notEnrolled: { isEnrolled: false, isKnown: false, windows },
    se: { isEnrolled: true, isKnown: false, windows: { ...windows, productType: '203' } },
  },
  events: [
    { type: 'preparation.known', isDelivered: true },
    { type: 'preparation.known', isDelivered: false },
  ],
  done: {},
}
