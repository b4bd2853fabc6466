import { ALL, below, type Csp, node, READ } from '../node-rule.ts'

export const RENEW = './Device/Vendor/MSFT/CertificateStore/My/WSTEP/Renew'

/** How the management certificate is renewed (reference: mdm-protocols.md, 1.8). The stores themselves have no nodes here. */
export const certificateStore: Csp = {
  name: 'CertificateStore',
  version: '1.0',
  rules: below('CertificateStore/My/WSTEP/Renew', 'device', 'CertificateStore CSP, My/WSTEP/Renew', {
    // False switches renewal off: the other way, by a password of the person, is not simulated.
    ROBOSupport: node('bool', ALL, { default: 'true' }),
    // Days before the end. The provisioning document sets it: a server cannot change it later.
    RenewPeriod: node('int', READ, { default: '42' }),
    RetryInterval: node('int', ALL, { default: '7', range: [1, 1000] }),
    ServerURL: node('chr', ALL),
    // 0 not started, 1 in progress, 2 succeeded, 3 failed.
    Status: node('int', READ, { default: '0' }),
    ErrorCode: node('int', READ, { default: '0' }),
    LastRenewalAttemptTime: node('time', READ),
    RenewNow: node('null', ['Exec'], { exec: 'renew' }),
  }),
}
