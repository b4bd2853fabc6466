import type { TenantActions } from '../../domain/tenant-action.ts'
import { REMOTE_ACTIONS } from '../../domain/tenant-action.ts'
import { CODE } from '../../domain/windows-codes.ts'
import type { Offer } from '../../ui/cockpit/source.ts'
import { effectOffers, type Possible } from './effect-offer.ts'
import type { Now } from './now.ts'

const act = (name: string, words: Partial<TenantActions>, about: string): Possible => [
  { administrator: words },
  about,
  name,
]

/** What an administrator of the school can change, with the objects of this tenant. */
export const administratorOffers = (now: Now): Offer[] =>
  effectOffers('administrator', [...users(now), ...device(now), ...enrollment(), ...objects(now)], now.entries)

function users({ tenant }: Now): Possible[] {
  return tenant.users.flatMap(({ email, licensed, disabled = false, locked = false }) => {
    const account = (name: string, change: { disabled?: boolean; locked?: boolean; mustChangePassword?: boolean }) =>
      [name, { account: { user: email, ...change } }] as const
    return [
      licensed
        ? act(
            `take the licence of ${email}`,
            { removeLicence: email },
            `The enrolment of this person is refused: ${CODE.enrollmentUserLicense}.`,
          )
        : act(`give ${email} a licence`, { assignLicence: email }, 'The person may enrol devices.'),
      disabled
        ? act(...account(`enable ${email}`, { disabled: false }), 'The person may sign in again.')
        : act(
            ...account(`disable ${email}`, { disabled: true }),
            'The sign-in of this person is refused: AADSTS50057.',
          ),
      locked
        ? act(...account(`unlock ${email}`, { locked: false }), 'The lock after too many wrong passwords is taken off.')
        : act(...account(`lock ${email}`, { locked: true }), 'The sign-in of this person is refused: AADSTS50053.'),
      act(
        ...account(`new password of ${email}`, { mustChangePassword: true }),
        'The person is asked for a new password.',
      ),
    ]
  })
}

function device({ tenant, isManaged, isJoined }: Now): Possible[] {
  const tags = [...new Set(tenant.devices.map(({ groupTag }) => groupTag))].filter((tag) => tag !== '')
  return [
    act('register this device', { register: {} }, 'Windows Autopilot knows it by its hardware hash.'),
    act('take away its registration', { deregister: true }, 'The lookup does not find the device any more.'),
    ...tags.map((tag) =>
      act(`group tag “${tag}”`, { setGroupTag: tag }, 'Dynamic groups, and with them the profile, go by it.'),
    ),
    act(
      'allow its next enrolment',
      { allowNextEnrollment: true },
      'A device that has enrolled without a person may do so again.',
    ),
    ...(isJoined
      ? (['disable', 'enable', 'delete'] as const).map((what) =>
          act(
            `${what} its device object`,
            { entraDevice: what },
            'The device object of Microsoft Entra: tokens of the device go by it.',
          ),
        )
      : []),
    ...(isManaged
      ? [
          ...REMOTE_ACTIONS.map((action) =>
            act(`remote action ${action}`, { device: action }, 'It waits for the next session of the device.'),
          ),
          act(
            'delete its record in the management service',
            { deleteManagedDevice: true },
            'The record of the managed device is gone: its sessions are refused.',
          ),
        ]
      : []),
  ]
}

const enrollment = (): Possible[] => [
  act(
    'block Windows devices',
    { enrollment: { windows: 'block' } },
    `Windows devices may not enrol: ${CODE.deviceNotSupported}.`,
  ),
  act('allow Windows devices', { enrollment: { windows: 'allow' } }, 'Windows devices may enrol.'),
  act(
    'block personal devices',
    { enrollment: { personal: 'block' } },
    "Devices that are not the school's may not enrol.",
  ),
  act('allow personal devices', { enrollment: { personal: 'allow' } }, "Devices that are not the school's may enrol."),
  act(
    'let no one join devices',
    { enrollment: { join: 'none' } },
    `Users may not join devices to Microsoft Entra: ${CODE.joinNotAuthorized}.`,
  ),
  act('let all join devices', { enrollment: { join: 'all' } }, 'Users may join devices to Microsoft Entra.'),
  act('MDM user scope: none', { enrollment: { mdmUserScope: 'none' } }, 'A join enrols no device.'),
  act('MDM user scope: all', { enrollment: { mdmUserScope: 'all' } }, 'A join enrols the device.'),
  act('one device for each user', { enrollment: { deviceLimit: 1 } }, 'Each user may join one device.'),
]

/** Built-in groups of Intune, by the names that its portal has. */
const BUILT_IN: Readonly<Record<string, string>> = { allDevices: 'All devices', allUsers: 'All users' }

function objects({ tenant }: Now): Possible[] {
  const groups = ['allDevices', ...tenant.groups.map(({ id }) => id)]
  const called = (id: string): string => BUILT_IN[id] ?? tenant.groups.find((group) => group.id === id)?.name ?? id
  const each = (
    name: string,
    object: { profile: string } | { statusPage: string } | { app: string },
    to: readonly string[],
  ): Possible[] => [
    ...groups
      .filter((group) => !to.includes(group))
      .map((group) =>
        act(
          `assign ${name} to ${called(group)}`,
          { assign: { ...object, to: group } },
          'Members of the group get it from now on.',
        ),
      ),
    ...to.map((group) =>
      act(
        `take ${name} from ${called(group)}`,
        { unassign: { ...object, from: group } },
        'Members of the group get it no more.',
      ),
    ),
    act(`delete ${name}`, { delete: object }, 'It is gone, for all devices.'),
  ]
  return [
    ...tenant.deploymentProfiles.flatMap(({ id, name, assignedTo }) => each(`“${name}”`, { profile: id }, assignedTo)),
    ...tenant.statusPages.flatMap(({ id, name, assignedTo }) => each(`“${name}”`, { statusPage: id }, assignedTo)),
    ...tenant.apps.flatMap(({ id, name, assignedTo }) => each(`“${name}”`, { app: id }, assignedTo)),
    ...(tenant.conditionalAccess ?? []).flatMap(({ id, name }) => [
      act(
        `policy “${name}” off`,
        { conditionalAccess: { policy: id, state: 'off' } },
        'The policy of Conditional Access does not hold.',
      ),
      act(
        `policy “${name}” on`,
        { conditionalAccess: { policy: id, state: 'on' } },
        'The policy of Conditional Access holds.',
      ),
    ]),
  ]
}
