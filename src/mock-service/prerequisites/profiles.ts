import { deviceTarget, groupsOfRegistration } from '../directory/groups.ts'
import type { DeploymentProfile, RegisteredDevice } from '../directory/state.ts'
import type { Tenant } from '../tenant.ts'
import { preparationFaults, preparing } from './preparation.ts'
import { type Check, count, judged, notReady, quoted, type Reason, ready } from './prerequisite.ts'

/** Registered, and yet no profile: the lookup answers 815 (reference: oobe-autopilot-esp.md, 3.4 [D]). */
export const deviceProfiles: Check = ({ tenant }) => {
  const { devices, profiles } = tenant.directory.now
  if (profiles.size === 0 && devices.size === 0 && preparing(tenant) !== undefined) {
    return ready('deviceProfiles', 'no device is registered, and none needs a deployment profile')
  }
  if (profiles.size === 0) {
    return notReady(
      'deviceProfiles',
      'the school has no deployment profile: each device will get the standard pages',
      'create a profile, and assign it to a group of devices',
    )
  }
  return judged(
    'deviceProfiles',
    [...devices.values()]
      .filter((device) => tenant.profileOf(device).intended === null)
      .map((device) => ({
        text: `${device.serialNumber} gets no deployment profile: ${whyNone(tenant, device)}`,
        remedy: 'assign a profile to a group of the device, or to all devices',
      })),
    `${count(devices.size, 'device')}, none without a profile`,
  )
}

function whyNone(tenant: Tenant, device: RegisteredDevice): string {
  const { now } = tenant.directory
  const groups = groupsOfRegistration(tenant.directory.moment, device)
  const barring = [...now.profiles.values()].flatMap(({ name, assignedTo, excluded }) => {
    const isMeant = assignedTo.includes('allDevices') || groups.some(({ id }) => assignedTo.includes(id))
    const by = groups.find(({ id }) => excluded.includes(id))
    return isMeant && by ? [`"${name}" leaves out its group "${by.name}"`] : []
  })
  if (barring.length > 0) return barring.join(', ')
  if (groups.length === 0) return 'it is in no group'
  return `none is assigned to its ${groups.length === 1 ? 'group' : 'groups'} ${quoted(groups.map(({ name }) => name))}`
}

/** Of several through groups the oldest wins (3.4 [D]); of two for all devices Intune refuses the second (cases, reg-17). */
export const profileConflicts: Check = ({ tenant }) => {
  const { now } = tenant.directory
  const profiles = [...now.profiles.values()].sort(
    (a, b) => Date.parse(a.createdDateTime) - Date.parse(b.createdDateTime),
  )
  const forAll = profiles.filter(({ assignedTo }) => assignedTo.includes('allDevices'))
  const clashes = new Map<string, { reaching: DeploymentProfile[]; devices: RegisteredDevice[] }>()
  for (const device of now.devices.values()) {
    const groups = groupsOfRegistration(tenant.directory.moment, device)
    const reaching = profiles.filter((profile) => {
      const target = deviceTarget(profile, groups)
      return target !== undefined && target !== 'allDevices'
    })
    if (reaching.length < 2) continue
    const key = reaching.map(({ id }) => id).join(' ')
    const clash = clashes.get(key) ?? { reaching, devices: [] }
    clash.devices.push(device)
    clashes.set(key, clash)
  }
  return judged(
    'profileConflicts',
    [
      ...(forAll.length > 1
        ? [
            {
              text: `${quoted(forAll.map(({ name }) => name))} are all assigned to all devices: Intune takes one`,
              remedy: 'assign one profile to all devices, and the others to groups',
            },
          ]
        : []),
      ...[...clashes.values()].map(({ reaching, devices }): Reason => {
        const [oldest, ...others] = reaching.map(({ name }) => name)
        return {
          text: `${devices.map(({ serialNumber }) => serialNumber).join(', ')}: "${oldest}" is the oldest profile and wins over ${quoted(others)}`,
          remedy: 'exclude the group from one of the profiles, or put the device into one group',
        }
      }),
    ],
    'no device is meant by two profiles',
  )
}

export const assignments: Check = ({ tenant }) => {
  const { profiles, statusPages } = tenant.directory.now
  const idle = (items: Iterable<{ name: string; assignedTo: readonly string[] }>) =>
    [...items].filter(({ assignedTo }) => assignedTo.length === 0).map(({ name }) => name)
  const remedy = 'assign it to a group or to all devices, or delete it'
  return judged(
    'assignments',
    [
      ...idle(profiles.values()).map((name) => ({
        text: `no device gets the deployment profile "${name}": it is assigned to nothing`,
        remedy,
      })),
      ...preparationFaults(tenant),
      ...idle(statusPages.values()).map((name) => ({
        text: `no device shows the Enrollment Status Page "${name}": it is assigned to nothing`,
        remedy,
      })),
    ],
    'profiles and status pages are all assigned',
  )
}
