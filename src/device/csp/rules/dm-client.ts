import { ALL, below, CHANGE, type Csp, type NodeRule, node, READ, RUN, SET } from '../node-rule.ts'
import { firstSyncStatus } from './first-sync-status.ts'

const PROVIDER = 'DMClient/Provider/{}'
const SOURCE = 'DMClient CSP'

const text = node('chr', ALL, { isOwners: true })
const own = (row: ReturnType<typeof node>) => ({ ...row, isOwners: true as const })

const POLL: readonly (readonly [string, string])[] = [
  ['NumberOfFirstRetries', '10'],
  ['IntervalForFirstSetOfRetries', '15'],
  ['NumberOfSecondRetries', '0'],
  ['IntervalForSecondSetOfRetries', '0'],
  ['NumberOfRemainingScheduledRetries', '0'],
  ['IntervalForRemainingScheduledRetries', '0'],
]

const poll: readonly NodeRule[] = below(`${PROVIDER}/Poll`, 'device', 'DMClient CSP, Poll', {
  ...Object.fromEntries(
    POLL.map(([name, value]) => [name, own(node('int', ALL, { default: value, range: [0, 2_147_483_647] }))]),
  ),
  PollOnLogin: own(node('bool', ALL, { default: 'false' })),
  AllUsersPollOnFirstLogin: own(node('bool', ALL, { default: 'false' })),
})

/** The management account and its schedule (reference: mdm-protocols.md, 2.9 and 3.1). */
export const dmClient: Csp = {
  name: 'DMClient',
  version: '1.5',
  rules: [
    ...below('DMClient', 'device', SOURCE, {
      HWDevID: node('chr', READ),
      Unenroll: node('chr', ['Exec'], { exec: 'unenroll' }),
    }),
    ...below(PROVIDER, 'both', SOURCE, { '': node('node', ALL, { isOwners: true }) }),
    ...below(PROVIDER, 'device', SOURCE, {
      EntDMID: text,
      EntDeviceName: text,
      ExchangeID: own(node('chr', READ)),
      UPN: text,
      PublisherDeviceID: text,
      SignedEntDMID: own(node('chr', READ)),
      CertRenewTimeStamp: own(node('time', READ)),
      ManagementServerAddressList: text,
      ManagementServiceAddress: text,
      AADResourceID: text,
      AADDeviceID: own(node('chr', READ)),
      AADSendDeviceToken: own(node('bool', ALL)),
      ForceAadToken: own(node('int', ALL, { range: [0, 15] })),
      EnrollmentType: own(node('chr', READ)),
      // Learn gives 1.0; devices of today add what came with 3.0 without being told, so theirs is 4.0: observed.
      SyncApplicationVersion: own(
        node('chr', SET, { default: '4.0', accepts: (value) => /^\d+(\.\d+)?$/.test(value) }),
      ),
      MaxSyncApplicationVersion: own(node('chr', READ, { default: '5.0' })),
      RequireMessageSigning: own(node('bool', ALL, { default: 'false' })),
      NumberOfDaysAfterLostContactToUnenroll: own(node('int', ALL, { range: [0, 2_147_483_647] })),
      CommercialID: text,
      HelpPhoneNumber: text,
      HelpWebsite: text,
      HelpEmailAddress: text,
      'Push/PFN': text,
      'Push/ChannelURI': own(node('chr', READ)),
      'Push/Status': own(node('int', READ)),
      // What a server may do when the certificate is lost; the values of the status are an assumption from 3 on.
      'Recovery/AllowRecovery': own(node('int', ALL, { default: '0', range: [0, 1] })),
      'Recovery/InitiateRecovery': own(node('int', ['Exec'], { exec: 'recover' })),
      // 0 none yet, 1 under way, 2 succeeded, 7 the device cannot show who it is, 8 the server refused.
      'Recovery/RecoveryStatus': own(node('int', READ, { default: '0' })),
      'CustomEnrollmentCompletePage/Title': text,
      'CustomEnrollmentCompletePage/BodyText': text,
      'CustomEnrollmentCompletePage/HyperlinkHref': text,
      'CustomEnrollmentCompletePage/HyperlinkText': text,
      'ConfigRefresh/Enabled': own(node('bool', ALL, { default: 'false' })),
      'ConfigRefresh/Cadence': own(node('int', ALL, { default: '90', range: [30, 1440] })),
      'ConfigRefresh/PausePeriod': own(node('int', CHANGE, { default: '0', range: [0, 1440] })),
      Unenroll: own(node('chr', RUN, { exec: 'unenroll', default: '' })),
    }),
    ...poll,
    ...firstSyncStatus,
  ],
}
