import { below, type Csp, node, READ, withoutEffect } from '../node-rule.ts'

/** An Exec is taken as an order, and no Office comes of it: `Status` and `FinalStatus` stay absent (reference: mdm-protocols.md, 3.7). */
export const office: Csp = {
  name: 'Office',
  version: '1.5',
  rules: below(
    'Office',
    'both',
    'Office CSP',
    withoutEffect({
      '': node('node', READ),
      Installation: node('node', READ),
      // Before the names of orders: this is none. Empty as long as there is no Office: assumed.
      'Installation/CurrentStatus': node('xml', READ, { default: '' }),
      'Installation/{}': node('node', ['Add', 'Delete', 'Get']),
      'Installation/{}/Install': node('chr', ['Exec', 'Get'], { default: '' }),
      'Installation/{}/Status': node('int', READ),
      'Installation/{}/FinalStatus': node('int', READ),
    }),
  ),
}
