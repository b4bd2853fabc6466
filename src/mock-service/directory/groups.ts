import { evaluateMembershipRule, type Finding } from '../../protocols/membership-rule/evaluate.ts'
import type { DirectoryDevice } from '../../protocols/membership-rule/rule.ts'
import { ruleOf } from './rules.ts'
import type { Assignment, DirectoryState, Group, RegisteredDevice } from './state.ts'

/**
 * Ids that Microsoft Entra shows on a registered device (reference: oobe-autopilot-esp.md, 6.3). What follows the
 * brackets of [HWID] and [GID] is not published: rules that Autopilot uses do not look at it.
 */
export const physicalIdsOf = (device: RegisteredDevice): string[] => [
  `[ZTDId]:${device.id}`,
  `[HWID]:h:${device.id}`,
  ...(device.groupTag ? [`[OrderID]:${device.groupTag}`] : []),
  ...(device.purchaseOrder ? [`[PurchaseOrderId]:${device.purchaseOrder}`] : []),
]

/** The Entra device object that a registration makes: before the join it knows little. */
export const directoryDeviceOf = (device: RegisteredDevice): DirectoryDevice => ({
  accountEnabled: true,
  displayName: device.displayName || device.serialNumber,
  objectId: device.id,
  deviceOSType: 'Windows',
  devicePhysicalIds: physicalIdsOf(device),
  systemLabels: [],
})

/** Whether a device belongs to a group, and why. */
export function membershipOf(group: Group, device: RegisteredDevice): Finding {
  if (group.rule === undefined) {
    const holds = group.members.includes(device.id)
    return { holds, because: holds ? 'it is listed' : 'it is not listed' }
  }
  return evaluateMembershipRule(ruleOf(group.rule), directoryDeviceOf(device))
}

export const groupsOf = (state: DirectoryState, device: RegisteredDevice): Group[] =>
  [...state.groups.values()].filter((group) => membershipOf(group, device).holds)

/** By what something reaches a device: the group, or all devices. Undefined when it does not. */
export function deviceTarget(assignment: Assignment, groups: readonly Group[]): Group | 'allDevices' | undefined {
  if (groups.some(({ id }) => assignment.excluded.includes(id))) return undefined
  const group = groups.find(({ id }) => assignment.assignedTo.includes(id))
  return group ?? (assignment.assignedTo.includes('allDevices') ? 'allDevices' : undefined)
}

/** The same for a user: groups that list the address, or all users. */
export function userTarget(assignment: Assignment, state: DirectoryState, upn: string): Group | 'allUsers' | undefined {
  if (upn === '') return undefined
  const groups = [...state.groups.values()].filter(({ members }) => members.includes(upn.toLowerCase()))
  if (groups.some(({ id }) => assignment.excluded.includes(id))) return undefined
  const group = groups.find(({ id }) => assignment.assignedTo.includes(id))
  return group ?? (assignment.assignedTo.includes('allUsers') ? 'allUsers' : undefined)
}
