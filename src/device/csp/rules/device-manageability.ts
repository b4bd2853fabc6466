import { ALL, below, type Csp, node, READ, withoutEffect } from '../node-rule.ts'

const text = node('chr', ALL, { isOwners: true })

/** What a server can manage here (reference: mdm-protocols.md, 3.4). */
export const deviceManageability: Csp = {
  name: 'DeviceManageability',
  version: '2.0',
  rules: below(
    'DeviceManageability',
    'device',
    'DeviceManageability CSP',
    withoutEffect({
      '': node('node', READ),
      Capabilities: node('node', READ),
      // An XML document, and yet of format chr.
      'Capabilities/CSPVersions': node('chr', READ),
      Provider: node('node', READ),
      'Provider/{}': node('node', ALL, { isOwners: true }),
      'Provider/{}/ConfigInfo': text,
      'Provider/{}/EnrollmentInfo': text,
      'Provider/{}/PayloadTransfer': text,
    }),
  ),
}
