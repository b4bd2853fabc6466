import { below, type Csp, node, READ, withoutEffect } from '../node-rule.ts'

const number = node('int', READ)
const branch = node('node', READ)

/** A device that knows of no update: approvals are kept, and every list is empty (reference: mdm-protocols.md, 3.7). */
export const update: Csp = {
  name: 'Update',
  version: '1.1',
  rules: below(
    'Update',
    'device',
    'Update CSP',
    withoutEffect({
      '': branch,
      ApprovedUpdates: branch,
      'ApprovedUpdates/{}': node('node', ['Add', 'Get']),
      'ApprovedUpdates/{}/ApprovedTime': node('time', ['Add', 'Get']),
      FailedUpdates: branch,
      'FailedUpdates/{}': branch,
      'FailedUpdates/{}/HResult': number,
      'FailedUpdates/{}/Status': number,
      'FailedUpdates/{}/RevisionNumber': number,
      InstalledUpdates: branch,
      'InstalledUpdates/{}': branch,
      'InstalledUpdates/{}/RevisionNumber': number,
      InstallableUpdates: branch,
      'InstallableUpdates/{}': branch,
      'InstallableUpdates/{}/Type': number,
      'InstallableUpdates/{}/RevisionNumber': number,
      PendingRebootUpdates: branch,
      'PendingRebootUpdates/{}': branch,
      'PendingRebootUpdates/{}/InstalledTime': node('time', READ),
      'PendingRebootUpdates/{}/RevisionNumber': number,
      LastSuccessfulScanTime: node('time', READ),
      DeferUpgrade: node('chr', READ),
      Rollback: branch,
      'Rollback/QualityUpdate': node('null', ['Exec']),
      'Rollback/FeatureUpdate': node('null', ['Exec']),
      'Rollback/QualityUpdateStatus': number,
      'Rollback/FeatureUpdateStatus': number,
    }),
  ),
}
