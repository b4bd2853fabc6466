import { ENTRA_RESOURCES } from '../../domain/entra-resources.ts'
import { evaluateMembershipRule, type Finding } from '../../protocols/membership-rule/evaluate.ts'
import type { DirectoryDevice } from '../../protocols/membership-rule/rule.ts'
import type { Moment } from './directory.ts'
import type { EntraDevice } from './entra-device.ts'
import { ruleOf } from './rules.ts'
import type { Assignment, DirectoryState, Group, RegisteredDevice } from './state.ts'

/**
 * Ids that Microsoft Entra shows on a registered device (reference: oobe-autopilot-esp.md, 6.3). What follows the
 * brackets of [HWID] and [GID] is not published: rules that Autopilot uses do not look at it.
 */
export const physicalIdsOf = (device: RegisteredDevice | undefined): string[] =>
  device === undefined
    ? []
    : [
        `[ZTDId]:${device.id}`,
        `[HWID]:h:${device.id}`,
        ...(device.groupTag ? [`[OrderID]:${device.groupTag}`] : []),
        ...(device.purchaseOrder ? [`[PurchaseOrderId]:${device.purchaseOrder}`] : []),
      ]

export const registrationOf = ({ state }: Moment, { registrationId }: EntraDevice): RegisteredDevice | undefined =>
  registrationId === undefined ? undefined : state.devices.get(registrationId)

/** Intune, as an application: `deviceManagementAppId` of what it manages. */
export const INTUNE_APPLICATION = ENTRA_RESOURCES.intune.id

/**
 * A device object as rules see it ("Rules for devices"). What comes with the join and with the enrolment is null before. That a
 * joined device is `AzureAD` to `deviceTrustType`, and a registered one `RegisteredDevice` to `profileType`, is general knowledge.
 */
export function directoryDeviceOf(moment: Moment, device: EntraDevice): DirectoryDevice {
  const { management } = device
  return {
    ...device.extensionAttributes,
    accountEnabled: device.accountEnabled,
    deviceId: device.deviceId,
    displayName: device.displayName,
    objectId: device.id,
    profileType: 'RegisteredDevice',
    deviceOSType: 'Windows',
    ...(device.trustType === '' ? {} : { deviceTrustType: device.trustType, deviceOSVersion: device.osVersion }),
    ...(management === undefined
      ? {}
      : {
          deviceManufacturer: management.manufacturer,
          deviceModel: management.model,
          deviceOwnership: 'Company',
          deviceManagementAppId: INTUNE_APPLICATION,
          managementType: 'MDM',
          isRooted: false,
          ...(management.enrollmentProfileName ? { enrollmentProfileName: management.enrollmentProfileName } : {}),
        }),
    devicePhysicalIds: physicalIdsOf(registrationOf(moment, device)),
    systemLabels: [],
  }
}

/** Whether a device belongs to a group, and why. */
export function membershipOf(moment: Moment, group: Group, device: EntraDevice): Finding {
  if (group.rule === undefined) {
    const holds = group.members.includes(device.id)
    return { holds, because: holds ? 'it is listed' : 'it is not listed' }
  }
  return evaluateMembershipRule(ruleOf(group.rule), directoryDeviceOf(moment, device), (id) => {
    const other = moment.state.groups.get(id)
    // "You can't use one memberOf dynamic group to define the membership of another memberOf dynamic group."
    return other !== undefined && !isByMembership(other) && membershipOf(moment, other, device).holds
  })
}

const isByMembership = ({ rule }: Group): boolean => rule !== undefined && ruleOf(rule).kind === 'memberOf'

export const groupsOf = (moment: Moment, device: EntraDevice | undefined): Group[] =>
  device === undefined
    ? []
    : [...moment.state.groups.values()].filter((group) => membershipOf(moment, group, device).holds)

export const groupsOfRegistration = (moment: Moment, device: RegisteredDevice): Group[] =>
  groupsOf(moment, moment.entra.get(device.entraObjectId))

export const devicesIn = (moment: Moment, group: Group): EntraDevice[] =>
  moment.entra.all().filter((device) => membershipOf(moment, group, device).holds)

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
