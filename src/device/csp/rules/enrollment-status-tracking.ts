import { ALL, below, CHANGE, type Csp, node } from '../node-rule.ts'

const PATH = 'EnrollmentStatusTracking'
const SOURCE = 'EnrollmentStatusTracking CSP'

/** The agents that the Enrollment Status Page waits for, and their apps (reference: mdm-protocols.md, 3.2). */
export const enrollmentStatusTracking: Csp = {
  name: 'EnrollmentStatusTracking',
  version: '1.0',
  rules: [
    ...below(`${PATH}/DevicePreparation/PolicyProviders/{}`, 'device', SOURCE, {
      '': node('node', ALL),
      // 1 not installed, 2 not required, 3 completed, 4 error.
      InstallationState: node('int', ALL, { range: [1, 4] }),
      LastError: node('int', ALL),
      Timeout: node('int', ALL, { default: '15' }),
      'TrackedResourceTypes/Apps': node('bool', ALL, { default: 'false' }),
    }),
    ...below(`${PATH}/Setup`, 'both', SOURCE, {
      HasProvisioningCompleted: node('bool', CHANGE, { default: 'true' }),
      'Apps/PolicyProviders/{}': node('node', ALL),
      'Apps/PolicyProviders/{}/TrackingPoliciesCreated': node('bool', ALL, { default: 'false' }),
      'Apps/Tracking/{}': node('node', ALL),
      'Apps/Tracking/{}/{}': node('node', ALL),
      'Apps/Tracking/{}/{}/TrackingUri': node('chr', ALL),
      // 1 not installed, 2 in progress, 3 completed, 4 error.
      'Apps/Tracking/{}/{}/InstallationState': node('int', ALL, { default: '1', range: [1, 4] }),
      // 1 none, 2 soft, 3 hard.
      'Apps/Tracking/{}/{}/RebootRequired': node('int', ALL, { default: '1', range: [1, 3] }),
    }),
  ],
}
