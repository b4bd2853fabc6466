/** Areas that are configuration service providers of their own, and no part of the Policy CSP. */
const OWN_CSPS = ['AssignedAccess', 'SharedPC']

const isOwn = (policy: string): boolean => OWN_CSPS.includes(policy.split('/')[0]!)

/** The node of a policy, `Area/Name`, below `./Device/Vendor/MSFT` or `./User/Vendor/MSFT`. */
export const policyNode = (policy: string): string => (isOwn(policy) ? policy : `Policy/Config/${policy}`)

/** Areas of the Policy CSP whose nodes have the format int; the others are taken in any format. */
const INT_AREAS = ['DeviceLock']

/** How a server writes the value: in the format of its node, where that is known. */
export function policyFormat(policy: string, value: string): 'chr' | 'int' | 'bool' {
  if (!isOwn(policy) && !INT_AREAS.includes(policy.split('/')[0]!)) return 'chr'
  if (/^-?\d+$/.test(value)) return 'int'
  return /^(true|false)$/.test(value) ? 'bool' : 'chr'
}
