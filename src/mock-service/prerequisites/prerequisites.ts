import { directoryLicence, licences } from './accounts.ts'
import { appKinds } from './app-kinds.ts'
import { approvedApps } from './approved-apps.ts'
import { deviceNames } from './device-names.ts'
import { hardware, registrations, serialNumbers } from './devices.ts'
import { deviceLimit, enrollment, joining, mdmApplications, mdmScope } from './enrolment.ts'
import { groupRules, groupTags, ruleAttributes } from './groups.ts'
import { objects } from './objects.ts'
import { consent, surfaceRequests } from './partners.ts'
import { type Check, PREREQUISITES, type Prerequisite, type PrerequisiteId, type School } from './prerequisite.ts'
import { assignments, deviceProfiles, profileConflicts } from './profiles.ts'
import { branding, network } from './surroundings.ts'
import { values } from './values.ts'
import { windows } from './windows.ts'

const CHECKS: Record<PrerequisiteId, Check> = {
  licences,
  directoryLicence,
  mdmScope,
  mdmApplications,
  joining,
  enrollment,
  deviceLimit,
  consent,
  surfaceRequests,
  registrations,
  serialNumbers,
  windows,
  groupTags,
  groupRules,
  ruleAttributes,
  deviceProfiles,
  profileConflicts,
  assignments,
  deviceNames,
  hardware,
  approvedApps,
  appKinds,
  objects,
  values,
  branding,
  network,
}

/** Whether devices can enrol here, point by point, at the tenant's time. Its own groups and profiles count as they are now. */
export const prerequisitesOf = (school: School): Prerequisite[] =>
  (Object.keys(PREREQUISITES) as PrerequisiteId[]).map((id) => CHECKS[id](school))
