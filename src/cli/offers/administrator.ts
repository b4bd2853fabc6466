import type { TenantActions } from '../../domain/tenant-action.ts'
import { REMOTE_ACTIONS } from '../../domain/tenant-action.ts'
import { CODE } from '../../domain/windows-codes.ts'
import type { Offer } from '../../ui/cockpit/source.ts'
import { effectOffers, type Possible } from './effect-offer.ts'
import type { Now } from './now.ts'

const act = (words: Partial<TenantActions>, about: string): Possible => [{ administrator: words }, about]

/** What an administrator of the school can change, with the objects of this tenant. */
export const administratorOffers = (now: Now): Offer[] =>
  effectOffers('administrator', [...users(now), ...device(now), ...enrollment(), ...objects(now)], now.entries)

function users({ tenant }: Now): Possible[] {
  return tenant.users.flatMap(({ email, licensed, disabled = false, locked = false }) => {
    return [
      licensed
        ? act({ removeLicence: email }, `The enrolment of this person is refused: ${CODE.enrollmentUserLicense}.`)
        : act({ assignLicence: email }, 'The person may enrol devices.'),
      disabled
        ? act({ account: { user: email, disabled: false } }, 'The person may sign in again.')
        : act({ account: { user: email, disabled: true } }, 'The sign-in of this person is refused: AADSTS50057.'),
      locked
        ? act({ account: { user: email, locked: false } }, 'The lock after too many wrong passwords is taken off.')
        : act({ account: { user: email, locked: true } }, 'The sign-in of this person is refused: AADSTS50053.'),
      act({ account: { user: email, mustChangePassword: true } }, 'The person is asked for a new password.'),
    ]
  })
}

function device({ tenant, isManaged, isJoined }: Now): Possible[] {
  const tags = [...new Set(tenant.devices.map(({ groupTag }) => groupTag))].filter((tag) => tag !== '')
  return [
    act({ register: {} }, 'The device is registered for Windows Autopilot by its hardware hash.'),
    act({ deregister: true }, 'The lookup does not find the device any more.'),
    ...tags.map((tag) => act({ setGroupTag: tag }, 'Dynamic groups, and with them the profile, go by it.')),
    act({ allowNextEnrollment: true }, 'A device that has enrolled without a person may do so again.'),
    ...(isJoined
      ? (['disable', 'enable', 'delete'] as const).map((what) =>
          act({ entraDevice: what }, 'The device object of Microsoft Entra: tokens of the device go by it.'),
        )
      : []),
    ...(isManaged
      ? [
          ...REMOTE_ACTIONS.map((action) => act({ device: action }, 'It waits for the next session of the device.')),
          act({ deleteManagedDevice: true }, 'The record of the managed device is gone: its sessions are refused.'),
        ]
      : []),
  ]
}

const enrollment = (): Possible[] => [
  act({ enrollment: { windows: 'block' } }, `Windows devices may not enrol: ${CODE.deviceNotSupported}.`),
  act({ enrollment: { windows: 'allow' } }, 'Windows devices may enrol.'),
  act({ enrollment: { personal: 'block' } }, "Devices that are not the school's may not enrol."),
  act({ enrollment: { personal: 'allow' } }, "Devices that are not the school's may enrol."),
  act({ enrollment: { join: 'none' } }, `Users may not join devices to Microsoft Entra: ${CODE.joinNotAuthorized}.`),
  act({ enrollment: { join: 'all' } }, 'Users may join devices to Microsoft Entra.'),
  act({ enrollment: { mdmUserScope: 'none' } }, 'A join enrols no device.'),
  act({ enrollment: { mdmUserScope: 'all' } }, 'A join enrols the device.'),
  act({ enrollment: { deviceLimit: 1 } }, 'Each user may join one device.'),
]

function objects({ tenant }: Now): Possible[] {
  const groups = ['allDevices', ...tenant.groups.map(({ id }) => id)]
  const each = (
    object: { profile: string } | { statusPage: string } | { app: string },
    to: readonly string[],
  ): Possible[] => [
    ...groups
      .filter((group) => !to.includes(group))
      .map((group) => act({ assign: { ...object, to: group } }, 'Members of the group get it from now on.')),
    ...to.map((group) => act({ unassign: { ...object, from: group } }, 'Members of the group get it no more.')),
    act({ delete: object }, 'It is gone, for all devices.'),
  ]
  return [
    ...tenant.deploymentProfiles.flatMap(({ id, assignedTo }) => each({ profile: id }, assignedTo)),
    ...tenant.statusPages.flatMap(({ id, assignedTo }) => each({ statusPage: id }, assignedTo)),
    ...tenant.apps.flatMap(({ id, assignedTo }) => each({ app: id }, assignedTo)),
    ...(tenant.conditionalAccess ?? []).flatMap(({ id }) => [
      act({ conditionalAccess: { policy: id, state: 'off' } }, 'The policy of Conditional Access does not hold.'),
      act({ conditionalAccess: { policy: id, state: 'on' } }, 'The policy of Conditional Access holds.'),
    ]),
  ]
}
