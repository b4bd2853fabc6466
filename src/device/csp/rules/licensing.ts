import { ALL, below, type Csp, node, READ, withoutEffect } from '../node-rule.ts'

const SOURCE = 'WindowsLicensing CSP'
/** 0 failed, 1 pending, 2 in progress, 3 completed, 4 unknown: before an upgrade was ordered, assumed. */
const NO_UPGRADE = '4'

const productKey = node('chr', ['Exec'], { isSecret: true })

/** The edition and its licence (reference: mdm-protocols.md, 3.4). */
export const windowsLicensing: Csp = {
  name: 'WindowsLicensing',
  version: '1.4',
  rules: below(
    'WindowsLicensing',
    'device',
    SOURCE,
    withoutEffect({
      '': node('node', READ),
      Edition: node('int', READ),
      Status: node('int', READ, { default: NO_UPGRADE }),
      LicenseKeyType: node('chr', READ),
      UpgradeEditionWithProductKey: productKey,
      ChangeProductKey: productKey,
      CheckApplicability: productKey,
      UpgradeEditionWithLicense: node('xml', ['Exec']),
      Subscriptions: node('node', READ),
      'Subscriptions/{}': node('node', READ),
      'Subscriptions/{}/Status': node('int', READ),
      'Subscriptions/{}/Name': node('chr', READ),
      'SMode/Status': node('int', READ),
      'SMode/SwitchingPolicy': node('int', ALL, { range: [0, 1] }),
      'SMode/SwitchFromSMode': node('null', ['Exec']),
    }),
  ),
}
