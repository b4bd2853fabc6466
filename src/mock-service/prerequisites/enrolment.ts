import { CODE } from '../../domain/windows-codes.ts'
import { objectId } from '../directory/load.ts'
import { type Check, count, judged, notKnown, notReady, quoted, ready } from './prerequisite.ts'

/** Whose devices enrol when they join: joined and not enrolled otherwise (reference: oobe-autopilot-esp.md, 4.9 [S], 6.1 [D]). */
export const mdmScope: Check = ({ tenant }) => {
  const { definition } = tenant
  const { mdmUserScope } = definition.enrollment
  const remedy = 'set the MDM user scope of Microsoft Intune to All, or to groups with all users'
  if (mdmUserScope === undefined) {
    return notKnown(
      'mdmScope',
      'whose devices enrol when they join',
      'look at Mobility (MDM) in Microsoft Entra. "mdmUserScope: all" under "enrollment" in the file says that it is set',
    )
  }
  if (mdmUserScope === 'all') return ready('mdmScope', 'the devices of all users enrol when they join')
  if (mdmUserScope === 'none' || mdmUserScope.length === 0) {
    return notReady('mdmScope', 'the MDM user scope is None: devices join, and are not enrolled', remedy)
  }
  const { groups, users } = tenant.directory.now
  const chosen = mdmUserScope.map((id) => groups.get(objectId(definition.tenantId, 'group', id)))
  const members = new Set(chosen.flatMap((group) => group?.members ?? []))
  return judged(
    'mdmScope',
    [...users]
      .filter(([email]) => !members.has(email))
      .map(([, { email }]) => ({
        text: `${email} is in no group of the MDM user scope: a device of theirs joins, and is not enrolled`,
        remedy,
      })),
    `all users are in ${quoted(chosen.flatMap((group) => group?.name ?? []))}`,
  )
}

/** "exactly one MDM application" (6.1 [D]): with several the enrolment finds none. */
export const mdmApplications: Check = ({ tenant }) => {
  const { mdmApplications: names } = tenant.definition.enrollment
  if (names === undefined) {
    return notKnown(
      'mdmApplications',
      'whether Microsoft Intune is the only MDM application with a user scope',
      'look at Mobility (MDM) in Microsoft Entra. "mdmApplications: [Microsoft Intune]" under "enrollment" in the file says that it is',
    )
  }
  const [only] = names
  if (only !== undefined && names.length === 1) return ready('mdmApplications', `${only} is the only one`)
  return notReady(
    'mdmApplications',
    names.length === 0 ? 'there is no MDM application' : `there are several: ${names.join(', ')}`,
    'leave exactly one MDM application with a user scope',
  )
}

export const joining: Check = ({ tenant }) =>
  tenant.enrolmentRules.join === 'all'
    ? ready('joining', 'all users may join devices')
    : notReady(
        'joining',
        `users may not join devices: the join will fail with ${CODE.joinNotAuthorized}`,
        'allow users to join devices to Microsoft Entra: All, or Selected with all users',
      )

export const enrollment: Check = ({ tenant }) =>
  tenant.enrolmentRules.windows === 'allow'
    ? ready('enrollment', 'Windows devices may enrol')
    : notReady(
        'enrollment',
        `Windows devices may not enrol: enrolment will fail with ${CODE.deviceNotSupported}`,
        'set Windows (MDM) to Allow in the device platform restrictions of Intune',
      )

/** Of a user; 50 is the default of Microsoft Entra (6.1 [D]). */
export const deviceLimit: Check = ({ tenant }) => {
  const { deviceLimit: limit } = tenant.definition.enrollment
  if (limit === undefined) {
    return notKnown(
      'deviceLimit',
      'how many devices a user may join. The default of Microsoft Entra is 50',
      'look at the device settings of Microsoft Entra. "deviceLimit: 50" under "enrollment" in the file says it',
    )
  }
  const remedy = 'raise the number of devices that a user may join, or delete old devices'
  if (limit === 0) return notReady('deviceLimit', 'a user may join no device: the limit is 0', remedy)
  const assigned = new Map<string, number>()
  for (const { assignedUser } of tenant.directory.now.devices.values()) {
    const user = assignedUser.toLowerCase()
    if (user !== '') assigned.set(user, (assigned.get(user) ?? 0) + 1)
  }
  return judged(
    'deviceLimit',
    [...assigned]
      .filter(([, devices]) => devices > limit)
      .map(([user, devices]) => ({
        text: `${user} has ${count(devices, 'device')} assigned, and may join ${limit}`,
        remedy,
      })),
    `a user may join ${count(limit, 'device')}`,
  )
}
