import { ALL, below, type Csp, node, RUN, withoutEffect } from '../node-rule.ts'

const wipe = node('null', RUN, { exec: 'reset', default: '' })

/** Each of them ends in the out-of-box experience. */
export const remoteWipe: Csp = {
  name: 'RemoteWipe',
  version: '1.1',
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
  version: '1.0',
  rules: [
    ...below('Reboot', 'device', 'Reboot CSP', {
      RebootNow: node('null', RUN, { exec: 'restart', default: '' }),
    }),
    // Kept, but no clock here runs long enough to come to them.
    ...below(
      'Reboot/Schedule',
      'device',
      'Reboot CSP',
      withoutEffect({
        Single: node('chr', ALL),
        DailyRecurrent: node('chr', ALL),
        WeeklyRecurrent: node('chr', ALL),
      }),
    ),
  ],
}
