import type { GroupDefinition } from '../domain/tenant.ts'
import { DecodeError } from '../domain/trouble.ts'
import type { RegisteredDevice } from './registration.ts'

/** The one form of rule that Autopilot groups use: any of the device's physical ids compared with a text. */
const RULE =
  /^\s*\(?\s*device\.devicePhysicalIds\s+-any\s+\(?\s*_\s+-(eq|startsWith|contains)\s+["“]([^"”]*)["”]\s*\)?\s*\)?\s*$/i

/** Ids that Entra shows on a registered device (reference: oobe-autopilot-esp.md, 6.3). */
const physicalIdsOf = (device: RegisteredDevice): string[] => [
  `[ZTDId]:${device.id}`,
  `[HWID]:h:${device.id}`,
  ...(device.groupTag ? [`[OrderID]:${device.groupTag}`] : []),
  ...(device.purchaseOrder ? [`[PurchaseOrderId]:${device.purchaseOrder}`] : []),
]

/** Whether a device belongs to a dynamic group. @throws DecodeError `ERR_MEMBERSHIP_RULE_MALFORMED` */
export function isMember(rule: string, device: RegisteredDevice): boolean {
  const match = RULE.exec(rule)
  if (!match) throw new DecodeError('ERR_MEMBERSHIP_RULE_MALFORMED', `the membership rule cannot be read: ${rule}`)
  const [, operator, operand] = match
  const wanted = operand!.toLowerCase()
  return physicalIdsOf(device).some((id) => {
    const value = id.toLowerCase()
    if (operator!.toLowerCase() === 'eq') return value === wanted
    return operator!.toLowerCase() === 'startswith' ? value.startsWith(wanted) : value.includes(wanted)
  })
}

export const groupsOf = (groups: readonly GroupDefinition[], device: RegisteredDevice): string[] =>
  groups.filter(({ membershipRule }) => isMember(membershipRule, device)).map(({ id }) => id)
