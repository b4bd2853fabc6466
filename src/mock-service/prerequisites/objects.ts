import { EVERYBODY } from '../directory/load.ts'
import { type Check, judged, type Reason } from './prerequisite.ts'

/** What is named in one place, and is not there: a tenant's file is refused for most of it, administrators can still delete it. */
export const objects: Check = ({ tenant }) => {
  const { users, groups, apps, devices, profiles, statusPages } = tenant.directory.now
  const isUser = (email: string) => users.has(email.toLowerCase())
  const isTarget = (id: string) => groups.has(id) || (EVERYBODY as readonly string[]).includes(id)
  const assigned = [...profiles.values(), ...statusPages.values(), ...apps.values()]
  const reasons: Reason[] = [
    ...[...devices.values()]
      .filter(({ assignedUser }) => assignedUser !== '' && !isUser(assignedUser))
      .map(({ serialNumber, assignedUser }) => ({
        text: `${serialNumber} is assigned to ${assignedUser}, who is no user here: no other person can sign in`,
        remedy: 'unassign the user, or create the account',
      })),
    ...tenant.definition.partners
      .filter(({ consentedBy }) => consentedBy !== '' && !isUser(consentedBy))
      .map(({ name, consentedBy }) => ({
        text: `${consentedBy}, who consented for "${name}", is no user here`,
        remedy: 'a Global Administrator consents',
      })),
    ...[...groups.values()].flatMap(({ name, members }) =>
      members
        .filter((member) => member.includes('@') && !isUser(member))
        .map((member) => ({
          text: `the group "${name}" lists ${member}, who is no user here`,
          remedy: 'take the member out of the group, or create the account',
        })),
    ),
    ...assigned.flatMap(({ name, assignedTo, excluded }) =>
      [...assignedTo, ...excluded]
        .filter((id) => !isTarget(id))
        .map((id) => ({
          text: `"${name}" names the group ${id}, which does not exist`,
          remedy: 'assign it to a group that exists',
        })),
    ),
    ...[...statusPages.values()].flatMap(({ name, blockingApps }) =>
      blockingApps
        .filter((id) => !apps.has(id))
        .map((id) => ({
          text: `"${name}" waits for the app ${id}, which does not exist`,
          remedy: 'take the app off the list of the page',
        })),
    ),
  ]
  return judged('objects', reasons, 'users, groups and apps that are named are there')
}
