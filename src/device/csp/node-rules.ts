/** Formats of MS-MDM nodes. */
export type NodeFormat = 'chr' | 'int' | 'bool' | 'b64' | 'xml' | 'node'

export type Access = 'Add' | 'Delete' | 'Exec' | 'Get' | 'Replace'

export interface NodeRule {
  /** Path under the tree's root, `{}` for a name that somebody chooses. */
  path: string
  scope: 'device' | 'user' | 'both'
  format: NodeFormat
  access: readonly Access[]
  default?: string
  /** Refuses a value that may not follow the present one. */
  forbids?: (present: string, next: string) => boolean
  /** Document and section. */
  source: string
}

const ALL: readonly Access[] = ['Add', 'Delete', 'Get', 'Replace']
const SET: readonly Access[] = ['Add', 'Get', 'Replace']
const READ: readonly Access[] = ['Get']

const FIRST_SYNC = 'DMClient/Provider/{}/FirstSyncStatus'
const TRACKING = 'EnrollmentStatusTracking'
const MSI = 'EnterpriseDesktopAppManagement/MSI/{}'

const firstSync = (name: string, rule: Omit<NodeRule, 'path' | 'source'>): NodeRule => ({
  path: `${FIRST_SYNC}/${name}`,
  source: 'DMClient CSP, FirstSyncStatus',
  ...rule,
})

/** One way only: what is true stays true. */
const staysTrue = (present: string, next: string) => present === 'true' && next !== 'true'
/** Neither true to false nor true to true. */
const setOnce = (present: string) => present === 'true'
/** Final once 0 (failed) or 1 (provisioned). */
const finalOnceDecided = (present: string) => present !== '2'

/** Nodes under `./Device/Vendor/MSFT` and `./User/Vendor/MSFT` that matter for OOBE (reference: mdm-protocols.md, 3). */
export const NODE_RULES: readonly NodeRule[] = [
  firstSync('ExpectedPolicies', { scope: 'both', format: 'chr', access: ALL }),
  firstSync('ExpectedNetworkProfiles', { scope: 'both', format: 'chr', access: ALL }),
  firstSync('ExpectedMSIAppPackages', { scope: 'both', format: 'chr', access: ALL }),
  firstSync('ExpectedModernAppPackages', { scope: 'both', format: 'chr', access: ALL }),
  firstSync('ExpectedPFXCerts', { scope: 'both', format: 'chr', access: ALL }),
  firstSync('ExpectedSCEPCerts', { scope: 'both', format: 'chr', access: ALL }),
  firstSync('TimeOutUntilSyncFailure', { scope: 'both', format: 'int', access: SET, default: '60' }),
  firstSync('ServerHasFinishedProvisioning', {
    scope: 'both',
    format: 'bool',
    access: ['Get', 'Replace'],
    default: 'false',
    forbids: staysTrue,
  }),
  firstSync('IsSyncDone', {
    scope: 'both',
    format: 'bool',
    access: ['Get', 'Replace'],
    default: 'false',
    forbids: setOnce,
  }),
  firstSync('WasDeviceSuccessfullyProvisioned', {
    scope: 'both',
    format: 'int',
    access: ['Get', 'Replace'],
    default: '2',
    forbids: finalOnceDecided,
  }),
  firstSync('BlockInStatusPage', { scope: 'device', format: 'int', access: SET, default: '0' }),
  firstSync('AllowCollectLogsButton', { scope: 'both', format: 'bool', access: SET, default: 'false' }),
  firstSync('CustomErrorText', { scope: 'both', format: 'chr', access: ALL, default: '' }),
  firstSync('SkipDeviceStatusPage', { scope: 'device', format: 'bool', access: SET, default: 'true' }),
  firstSync('SkipUserStatusPage', { scope: 'device', format: 'bool', access: SET, default: 'true' }),
  { path: 'DMClient/Provider/{}', scope: 'both', format: 'node', access: ALL, source: 'DMClient CSP' },
  { path: FIRST_SYNC, scope: 'both', format: 'node', access: ALL, source: 'DMClient CSP' },
  ...['EntDMID', 'EntDeviceName', 'UPN', 'AADResourceID', 'HelpWebsite', 'HelpPhoneNumber', 'HelpEmailAddress'].map(
    (name): NodeRule => ({
      path: `DMClient/Provider/{}/${name}`,
      scope: 'device',
      format: 'chr',
      access: ALL,
      source: 'DMClient CSP',
    }),
  ),
  ...[
    ['NumberOfFirstRetries', '10'],
    ['IntervalForFirstSetOfRetries', '15'],
    ['NumberOfSecondRetries', '0'],
    ['IntervalForSecondSetOfRetries', '0'],
    ['NumberOfRemainingScheduledRetries', '0'],
    ['IntervalForRemainingScheduledRetries', '0'],
  ].map(
    ([name, value]): NodeRule => ({
      path: `DMClient/Provider/{}/Poll/${name}`,
      scope: 'device',
      format: 'int',
      access: ALL,
      default: value!,
      source: 'DMClient CSP, Poll',
    }),
  ),
  { path: 'DMClient/HWDevID', scope: 'device', format: 'chr', access: READ, source: 'DMClient CSP' },
  {
    path: `${TRACKING}/DevicePreparation/PolicyProviders/{}`,
    scope: 'device',
    format: 'node',
    access: ALL,
    source: 'EnrollmentStatusTracking CSP',
  },
  {
    path: `${TRACKING}/DevicePreparation/PolicyProviders/{}/InstallationState`,
    scope: 'device',
    format: 'int',
    access: ALL,
    source: 'EnrollmentStatusTracking CSP',
  },
  {
    path: `${TRACKING}/DevicePreparation/PolicyProviders/{}/LastError`,
    scope: 'device',
    format: 'int',
    access: ALL,
    source: 'EnrollmentStatusTracking CSP',
  },
  {
    path: `${TRACKING}/DevicePreparation/PolicyProviders/{}/Timeout`,
    scope: 'device',
    format: 'int',
    access: ALL,
    default: '15',
    source: 'EnrollmentStatusTracking CSP',
  },
  {
    path: `${TRACKING}/DevicePreparation/PolicyProviders/{}/TrackedResourceTypes/Apps`,
    scope: 'device',
    format: 'bool',
    access: ALL,
    default: 'false',
    source: 'EnrollmentStatusTracking CSP',
  },
  {
    path: `${TRACKING}/Setup/Apps/PolicyProviders/{}`,
    scope: 'both',
    format: 'node',
    access: ALL,
    source: 'EnrollmentStatusTracking CSP',
  },
  {
    path: `${TRACKING}/Setup/Apps/PolicyProviders/{}/TrackingPoliciesCreated`,
    scope: 'both',
    format: 'bool',
    access: ALL,
    default: 'false',
    source: 'EnrollmentStatusTracking CSP',
  },
  {
    path: `${TRACKING}/Setup/HasProvisioningCompleted`,
    scope: 'both',
    format: 'bool',
    access: ['Get', 'Replace'],
    default: 'true',
    source: 'EnrollmentStatusTracking CSP',
  },
  { path: MSI, scope: 'both', format: 'node', access: ALL, source: 'EnterpriseDesktopAppManagement CSP' },
  {
    path: `${MSI}/DownloadInstall`,
    scope: 'both',
    format: 'xml',
    access: ['Add', 'Delete', 'Exec', 'Get'],
    source: 'EnterpriseDesktopAppManagement CSP',
  },
  ...['Version', 'Name', 'Publisher', 'InstallDate', 'LastErrorDesc'].map(
    (name): NodeRule => ({
      path: `${MSI}/${name}`,
      scope: 'both',
      format: 'chr',
      access: READ,
      source: 'EnterpriseDesktopAppManagement CSP',
    }),
  ),
  ...['Status', 'LastError'].map(
    (name): NodeRule => ({
      path: `${MSI}/${name}`,
      scope: 'both',
      format: 'int',
      access: READ,
      source: 'EnterpriseDesktopAppManagement CSP',
    }),
  ),
  { path: 'Policy/Config/{}/{}', scope: 'both', format: 'chr', access: ALL, source: 'Policy CSP' },
  { path: 'WiFi/Profile/{}', scope: 'both', format: 'node', access: ALL, source: 'WiFi CSP' },
  { path: 'WiFi/Profile/{}/WlanXml', scope: 'both', format: 'chr', access: ALL, source: 'WiFi CSP' },
  {
    path: 'RootCATrustedCertificates/Root/{}/EncodedCertificate',
    scope: 'both',
    format: 'b64',
    access: ALL,
    source: 'RootCATrustedCertificates CSP',
  },
]
