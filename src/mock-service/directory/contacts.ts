import type { Changes } from '../changes.ts'
import type { Contact, DirectoryPart } from './directory-part.ts'

const NONE: Contact = {
  enrollmentState: 'notContacted',
  managedDeviceId: '',
  userlessEnrollment: 'unknown',
  remediation: 'noRemediationRequired',
}

/** By registration. */
export class Contacts {
  readonly #part: () => Pick<DirectoryPart, 'contacts'>
  readonly #changes: Changes

  constructor(part: () => Pick<DirectoryPart, 'contacts'>, changes: Changes) {
    this.#part = part
    this.#changes = changes
  }

  of = (registrationId: string): Contact => this.#part().contacts.get(registrationId) ?? NONE

  note(registrationId: string, facts: Partial<Contact>): void {
    this.#changes.note()
    this.#part().contacts.set(registrationId, { ...this.of(registrationId), ...facts })
  }

  forget(registrationId: string): void {
    this.#changes.note()
    this.#part().contacts.delete(registrationId)
  }
}
