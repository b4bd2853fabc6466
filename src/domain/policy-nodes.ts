/** Areas that are configuration service providers of their own, and no part of the Policy CSP. */
const OWN_CSPS = ['AssignedAccess', 'SharedPC']

/** The node of a policy, `Area/Name`, below `./Device/Vendor/MSFT` or `./User/Vendor/MSFT`. */
export const policyNode = (policy: string): string =>
  OWN_CSPS.includes(policy.split('/')[0]!) ? policy : `Policy/Config/${policy}`
