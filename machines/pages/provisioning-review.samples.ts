import { PROFILE } from '../sample-facts.ts'
import { press, type Samples } from '../samples.ts'
import type { ProvisioningReviewInput, provisioningReviewMachine } from './provisioning-review.ts'

const withProfile: ProvisioningReviewInput = { isBegun: false, profile: PROFILE, reason: '' }

export const provisioningReviewSamples: Samples<typeof provisioningReviewMachine> = {
  inputs: {
    withProfile,
    without: { ...withProfile, profile: null, reason: 'no Autopilot profile' },
    begun: { ...withProfile, isBegun: true },
  },
  events: [press('user.provision'), press('user.refresh'), press('user.cancel')],
  done: { loadBranding: [{ name: 'Hillview School' }, null], beginProvisioning: [{ startedAt: 0 }] },
}
