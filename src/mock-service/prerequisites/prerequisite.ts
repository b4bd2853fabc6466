import type { DeviceDefinition } from '../../domain/device.ts'
import type { Tenant } from '../tenant.ts'

/** What has to be in order before devices can enrol, by an id that programs may rely on. In the order in which it is shown. */
export const PREREQUISITES = {
  licences: 'Intune licences',
  directoryLicence: 'Licence of Microsoft Entra ID',
  mdmScope: 'MDM user scope',
  mdmApplications: 'MDM applications',
  joining: 'Joining devices',
  enrollment: 'Enrolment of Windows',
  deviceLimit: 'Device limit',
  consent: 'Consent for partners',
  surfaceRequests: 'Requests for Surface devices',
  registrations: 'Registered devices',
  serialNumbers: 'Serial numbers',
  windows: 'Version of Windows 11 SE',
  groupTags: 'Group tags',
  groupRules: 'Rules of groups',
  ruleAttributes: 'Attributes in rules',
  deviceProfiles: 'Deployment profiles of devices',
  profileConflicts: 'Deployment profiles side by side',
  assignments: 'Assignments',
  deviceNames: 'Device names',
  hardware: 'Hardware',
  approvedApps: 'Apps for Windows 11 SE',
  appKinds: 'Kinds of apps',
  objects: 'Names that exist',
  values: 'Values that the service takes',
  branding: 'Branding',
  network: 'Network',
} as const

export type PrerequisiteId = keyof typeof PREREQUISITES

/** What was found, and what to do about it; empty where nothing is to be done. */
export interface Reason {
  text: string
  remedy: string
}

export interface Prerequisite {
  id: PrerequisiteId
  title: string
  /** `notKnown`: the tenant does not say it, so that an administrator has to look. */
  status: 'ready' | 'notReady' | 'notKnown'
  /** At least one. */
  reasons: Reason[]
}

/** What is looked at: the tenant, and of its registered devices what their definitions say, by registration. */
export interface School {
  tenant: Tenant
  definitions: ReadonlyMap<string, DeviceDefinition>
  /** What the tenant's file says and the service refuses, with the place of each. */
  refusals?: readonly string[]
}

export type Check = (school: School) => Prerequisite

const found = (id: PrerequisiteId, status: Prerequisite['status'], reasons: Reason[]): Prerequisite => ({
  id,
  title: PREREQUISITES[id],
  status,
  reasons,
})

export const ready = (id: PrerequisiteId, text: string): Prerequisite => found(id, 'ready', [{ text, remedy: '' }])

export const notReady = (id: PrerequisiteId, text: string, remedy: string): Prerequisite =>
  found(id, 'notReady', [{ text, remedy }])

export const notKnown = (id: PrerequisiteId, what: string, remedy: string): Prerequisite =>
  found(id, 'notKnown', [{ text: `not known from this file: ${what}`, remedy }])

/** Not ready for each reason; ready without one. */
export const judged = (id: PrerequisiteId, reasons: Reason[], otherwise: string): Prerequisite =>
  reasons.length > 0 ? found(id, 'notReady', reasons) : ready(id, otherwise)

export const quoted = (names: Iterable<string>): string => [...names].map((name) => `"${name}"`).join(', ')

/** `1 device`, `2 devices`. */
export const count = (number: number, one: string): string => `${number} ${one}${number === 1 ? '' : 's'}`
