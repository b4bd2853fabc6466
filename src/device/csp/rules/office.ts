import { below, type Csp, node, READ, withoutEffect } from '../node-rule.ts'

const CSP = 'Office CSP'

/** Microsoft 365 Apps (reference: mdm-protocols.md, 3.7; oobe-autopilot-esp.md, 4.5 and 4.6). */
export const office: Csp = {
  name: 'Office',
  version: '1.5',
  rules: [
    ...below(
      'Office',
      'both',
      CSP,
      withoutEffect({
        '': node('node', READ),
        Installation: node('node', READ),
        // Before the names of orders: this is none. That it stays empty is an assumption.
        'Installation/CurrentStatus': node('xml', READ, { default: '' }),
      }),
    ),
    ...below('Office', 'both', CSP, {
      'Installation/{}': node('node', ['Add', 'Delete', 'Get']),
      'Installation/{}/Install': node('chr', ['Exec', 'Get'], { default: '', exec: 'installOffice' }),
      // 997 while it is under way, then 0 or the number of the Office Deployment Tool.
      'Installation/{}/Status': node('int', READ),
      // 70 done, 60 failed.
      'Installation/{}/FinalStatus': node('int', READ),
    }),
  ],
}
