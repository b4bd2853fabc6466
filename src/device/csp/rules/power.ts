import { ALL, below, type Csp, node, READ, RUN, withoutEffect } from '../node-rule.ts'

const wipe = node('null', RUN, { exec: 'reset', default: '' })
/** The enrolment and its person stay: what exactly a node keeps is documented of Intune's action alone (oobe-autopilot-esp.md, 2.6 [D]). */
const keepingWipe = node('null', RUN, { exec: 'keepingReset', default: '' })

/** Each of them ends in the out-of-box experience, or at the sign-in screen. */
export const remoteWipe: Csp = {
  name: 'RemoteWipe',
  version: '1.1',
  rules: [
    ...below('RemoteWipe', 'device', 'RemoteWipe CSP', {
      doWipe: wipe,
      doWipeProtected: wipe,
      doWipePersistUserData: keepingWipe,
      doWipePersistProvisionedData: keepingWipe,
      doWipeCloud: wipe,
      doWipeCloudPersistUserData: keepingWipe,
      doWipeCloudPersistProvisionedData: keepingWipe,
    }),
    ...below('RemoteWipe/AutomaticRedeployment', 'device', 'RemoteWipe CSP', {
      doAutomaticRedeployment: node('chr', RUN, { exec: 'autopilotReset', default: '' }),
      LastError: node('int', READ, { default: '0' }),
      Status: node('int', READ, { default: '0' }),
    }),
  ],
}

/** Fresh start. */
export const cleanPc: Csp = {
  name: 'CleanPC',
  version: '1.0',
  rules: below('CleanPC', 'device', 'CleanPC CSP', {
    CleanPCWithoutRetainingUserData: wipe,
    CleanPCRetainingUserData: keepingWipe,
  }),
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
