import type { EntraVersion } from './entra-device.ts'
import type { DirectoryState, RegisteredDevice } from './state.ts'

/** What the service has seen of a registered device since it was registered. */
export interface Contact {
  /** Unix milliseconds; undefined before the first lookup. */
  lastContactedAt?: number
  enrollmentState: 'notContacted' | 'unknown' | 'enrolled' | 'failed' | 'blocked'
  managedDeviceId: string
  /** A device that enrolled without a user is blocked from doing so again until an administrator allows it. */
  userlessEnrollment: 'unknown' | 'allowed' | 'blocked'
  remediation: 'noRemediationRequired' | 'manualRemediationRequired'
}

/** The exchange of Intune with the deployment service. */
export interface SynchronisationState {
  /** Unix milliseconds; undefined before the first one that was started. */
  startedAt: number | undefined
  endedBefore: number | undefined
}

/** A change of a registration that the deployment service has taken, and has not carried out yet. */
export interface RegistrationOrder {
  registrationId: string
  /** Unix milliseconds. */
  dueAt: number
  /** What is to be changed; undefined for a deletion. */
  facts: Partial<RegisteredDevice> | undefined
}

/** The directory at a moment. */
export interface Snapshot {
  /** Unix milliseconds. */
  at: number
  state: DirectoryState
}

/** What the directory remembers: its objects with their past, and what the deployment service has seen of the devices. */
export interface DirectoryPart {
  /** Unix milliseconds of the last change. */
  changedAt: number
  /** The oldest first. */
  past: Snapshot[]
  /** By registration. */
  contacts: Map<string, Contact>
  synchronisation: SynchronisationState
  /** Versions of the device objects by object id, the oldest first. */
  entraDevices: Map<string, readonly EntraVersion[]>
  /** Object ids by `deviceId`. */
  entraIds: Map<string, string>
  /** In the order in which they were given. */
  orders: RegistrationOrder[]
}

export const newDirectory = (state: DirectoryState): DirectoryPart => ({
  changedAt: Number.NEGATIVE_INFINITY,
  past: [{ at: Number.NEGATIVE_INFINITY, state }],
  contacts: new Map(),
  synchronisation: { startedAt: undefined, endedBefore: undefined },
  entraDevices: new Map(),
  entraIds: new Map(),
  orders: [],
})
