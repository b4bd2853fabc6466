import { ALL, below, type Csp, node, RUN } from '../node-rule.ts'

const wipe = node('null', RUN, { exec: 'reset', default: '' })

/** Each of them ends in the out-of-box experience. */
export const remoteWipe: Csp = {
  name: 'RemoteWipe',
  rules: [
    ...below('RemoteWipe', 'device', 'RemoteWipe CSP', {
      doWipe: wipe,
      doWipeProtected: wipe,
      doWipePersistUserData: wipe,
      doWipePersistProvisionedData: wipe,
      doWipeCloud: wipe,
      doWipeCloudPersistUserData: wipe,
      doWipeCloudPersistProvisionedData: wipe,
    }),
    ...below('RemoteWipe/AutomaticRedeployment', 'device', 'RemoteWipe CSP', {
      doAutomaticRedeployment: wipe,
    }),
  ],
}

export const reboot: Csp = {
  name: 'Reboot',
  rules: below('Reboot', 'device', 'Reboot CSP', {
    RebootNow: node('null', RUN, { exec: 'restart', default: '' }),
    // Kept, but no clock here runs long enough to come to them.
    'Schedule/Single': node('chr', ALL),
    'Schedule/DailyRecurrent': node('chr', ALL),
    'Schedule/WeeklyRecurrent': node('chr', ALL),
  }),
}
