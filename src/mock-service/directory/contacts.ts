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
  #contacts = new Map<string, Contact>()

  of = (registrationId: string): Contact => this.#contacts.get(registrationId) ?? NONE

  note(registrationId: string, facts: Partial<Contact>): void {
    this.#contacts.set(registrationId, { ...this.of(registrationId), ...facts })
  }

  forget = (registrationId: string): boolean => this.#contacts.delete(registrationId)

  keep = (): Map<string, Contact> => this.#contacts

  restore(kept: Map<string, Contact>): void {
    this.#contacts = kept
  }
}
