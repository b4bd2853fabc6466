import { type BegunProvisioning, provisioningReviewMachine } from '../../machines/pages/provisioning-review.ts'
import { type ResultInput, type Sealed, technicianStatusMachine } from '../../machines/pages/technician-status.ts'
import { working } from './bindings.ts'
import { retryFailed } from './enrollment-status.ts'
import { loadBranding } from './load-branding.ts'

export const provisioningReview = provisioningReviewMachine.provide({
  actors: {
    loadBranding,
    beginProvisioning: working<BegunProvisioning>(({ device }) => {
      device.log('preProvisioningStarted')
      device.log('tpmRequiredByPreProvisioning')
      return { startedAt: device.clock() }
    }),
  },
})

export const technicianStatus = technicianStatusMachine.provide({
  actors: {
    loadBranding,
    noteResult: working<number, ResultInput>(({ device }, { startedAt, hasFailed }) => {
      device.log(hasFailed ? 'preProvisioningFailed' : 'preProvisioningSucceeded')
      return Math.max(0, device.clock() - startedAt)
    }),
    reseal: working<Sealed>(({ device }) => ({ resealedAt: device.clock() })),
    retryFailed: working<void>(({ device, timeline }) => retryFailed(device, 'device', timeline.now)),
  },
})
