import { ALL, below, CHANGE, type NodeRule, node, SET } from '../node-rule.ts'

const PATH = 'DMClient/Provider/{}/FirstSyncStatus'
const SOURCE = 'DMClient CSP, FirstSyncStatus'

/** One way only: what is true stays true. */
const staysTrue = (present: string, next: string) => present === 'true' && next !== 'true'
/** Neither true to false nor true to true. */
const setOnce = (present: string) => present === 'true'
/** Final once 0 (failed) or 1 (provisioned). */
const finalOnceDecided = (present: string) => present !== '2'

const list = node('chr', ALL, { isOwners: true })

/** What the Enrollment Status Page waits for (reference: mdm-protocols.md, 3.1). */
export const firstSyncStatus: readonly NodeRule[] = [
  ...below(PATH, 'both', SOURCE, {
    '': node('node', ALL, { isOwners: true }),
    ExpectedPolicies: list,
    ExpectedNetworkProfiles: list,
    ExpectedMSIAppPackages: list,
    ExpectedModernAppPackages: list,
    ExpectedPFXCerts: list,
    ExpectedSCEPCerts: list,
    TimeOutUntilSyncFailure: node('int', SET, { default: '60', range: [1, 1440], isOwners: true }),
    ServerHasFinishedProvisioning: node('bool', CHANGE, { default: 'false', forbids: staysTrue, isOwners: true }),
    IsSyncDone: node('bool', CHANGE, { default: 'false', forbids: setOnce, isOwners: true }),
    WasDeviceSuccessfullyProvisioned: node('int', CHANGE, {
      default: '2',
      range: [0, 2],
      forbids: finalOnceDecided,
      isOwners: true,
    }),
    AllowCollectLogsButton: node('bool', SET, { default: 'false', isOwners: true }),
    CustomErrorText: node('chr', ALL, { default: '', isOwners: true }),
  }),
  ...below(PATH, 'device', SOURCE, {
    BlockInStatusPage: node('int', SET, { default: '0', range: [0, 7], isOwners: true }),
    SkipDeviceStatusPage: node('bool', SET, { default: 'true', isOwners: true }),
    SkipUserStatusPage: node('bool', SET, { default: 'true', isOwners: true }),
  }),
]
