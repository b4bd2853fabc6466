import type { Changes } from '../changes.ts'

/** What the service has seen of a registered device since it was registered. */
export interface Contact {
  /** Unix milliseconds; undefined before the first lookup. */
  lastContactedAt?: number
  enrollmentState: 'notContacted' | 'unknown' | 'enrolled' | 'failed' | 'blocked'
  entraDeviceId: string
  managedDeviceId: string
  /** A device that enrolled without a user is blocked from doing so again until an administrator allows it. */
  userlessEnrollment: 'unknown' | 'allowed' | 'blocked'
  remediation: 'noRemediationRequired' | 'manualRemediationRequired'
}

const NONE: Contact = {
  enrollmentState: 'notContacted',
  entraDeviceId: '',
  managedDeviceId: '',
  userlessEnrollment: 'unknown',
  remediation: 'noRemediationRequired',
}

/** By registration. */
export class Contacts {
  readonly #changes: Changes
  #contacts = new Map<string, Contact>()

  constructor(changes: Changes) {
    this.#changes = changes
  }

  of = (registrationId: string): Contact => this.#contacts.get(registrationId) ?? NONE

  note(registrationId: string, facts: Partial<Contact>): void {
    this.#changes.note()
    this.#contacts.set(registrationId, { ...this.of(registrationId), ...facts })
  }

  forget(registrationId: string): void {
    this.#changes.note()
    this.#contacts.delete(registrationId)
  }

  keep = (): Map<string, Contact> => this.#contacts

  restore(kept: Map<string, Contact>): void {
    this.#contacts = kept
  }
}
