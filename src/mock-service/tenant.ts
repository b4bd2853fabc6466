import type { DeviceAssociationDefinition } from '../domain/device-association.ts'
import type { Endpoints } from '../domain/endpoints.ts'
import { HELLO_DEFAULTS, type HelloDefinition } from '../domain/hello.ts'
import type { EnrollmentDefinition, TenantDefinition, UserDefinition } from '../domain/tenant.ts'
import type { RestoreState } from '../domain/windows-backup.ts'
import type { Ids } from '../ports/ids.ts'
import type { KeySource } from '../ports/keys.ts'
import type { VendorRecords } from './attestation/vendor-records.ts'
import { CertificateAuthority, newAuthority } from './certificate-authority.ts'
import { Changes } from './changes.ts'
import { type ProfileResolution, resolveApps, resolveProfile, resolveStatusPage } from './directory/assignment.ts'
import { Associations } from './directory/associations.ts'
import { Contacts } from './directory/contacts.ts'
import { type Delays, delaysOf } from './directory/delays.ts'
import { Directory } from './directory/directory.ts'
import { groupsOf } from './directory/groups.ts'
import { identityOf } from './directory/hardware-identity.ts'
import { Imports } from './directory/imports.ts'
import { RegistrationOrders } from './directory/registration-orders.ts'
import type { HardwareIdentity, RegisteredDevice } from './directory/state.ts'
import { Synchronisation } from './directory/synchronisation.ts'
import type { AuthorityLabel, ChangeableRule } from './enrollment/enrolment-part.ts'
import type { EnrolledAs, Management } from './oma-dm/plan-source.ts'
import { resolveSettings } from './oma-dm/resolve-settings.ts'
import { newState } from './state/new-state.ts'
import type { TenantState } from './state/tenant-state.ts'

export interface TenantParts {
  definition: TenantDefinition
  /** Where the services are that the tenant's answers name. */
  endpoints: Endpoints
  keys: KeySource
  ids: Ids
  /** Unix milliseconds. */
  now: () => number
  /** Hardware hashes of devices that are not this tenant's; asked for when a registration has to look. */
  others?: { known: () => string[]; elsewhere: () => string[] }
  /** Devices of `deviceAssociations`, by hardware hash. Asked for with the first lookup. */
  associated?: () => { hardwareHash: string; association: DeviceAssociationDefinition }[]
  /** What the makers of TPMs know. Asked for when it is needed. */
  vendorRecords?: () => VendorRecords
}

/** A live tenant: its state, and what the functions on it need besides. */
export class Tenant {
  readonly changes = new Changes()
  #state: TenantState
  readonly definition: TenantDefinition
  readonly endpoints: Endpoints
  readonly ids: Ids
  readonly now: () => number
  readonly keys: KeySource
  readonly delays: Delays
  readonly directory: Directory
  readonly imports: Imports
  readonly contacts: Contacts
  readonly synchronisation: Synchronisation
  readonly registrations: RegistrationOrders
  readonly vendorRecords: () => VendorRecords
  readonly #others: TenantParts['others']
  readonly associations: Associations
  #known: HardwareIdentity[] | undefined
  #elsewhere: HardwareIdentity[] | undefined

  constructor({ definition, endpoints, keys, ids, now, others, associated, vendorRecords }: TenantParts) {
    this.definition = definition
    this.endpoints = endpoints
    this.keys = keys
    this.ids = ids
    this.now = now
    this.#others = others
    this.associations = new Associations(definition.tenantId, associated ?? (() => []))
    this.vendorRecords = vendorRecords ?? (() => ({ endorsement: [], authorities: [] }))
    this.delays = delaysOf(definition.delays)
    this.#state = this.changes.counted(newState(definition))
    const part = () => this.#state.directory
    this.directory = new Directory(part, this.delays.groups + this.delays.profiles, this.changes)
    this.contacts = new Contacts(part, this.changes)
    this.synchronisation = new Synchronisation(part, this.delays.sync, this.changes)
    this.registrations = new RegistrationOrders(part, this)
    this.imports = new Imports(() => this.#state.imports, this)
  }

  /** All that the tenant remembers. A copy may take its place between any two requests. */
  get state(): TenantState {
    return this.#state
  }

  set state(state: TenantState) {
    this.#state = this.changes.counted(state)
  }

  /** Devices that their makers have reported to Microsoft: partners name them by product key id, or by tuple. */
  get known(): readonly HardwareIdentity[] {
    this.#known ??= (this.#others?.known() ?? []).map(identityOf)
    return this.#known
  }

  /** Devices that another tenant has registered. */
  get elsewhere(): readonly HardwareIdentity[] {
    this.#elsewhere ??= (this.#others?.elsewhere() ?? []).map(identityOf)
    return this.#elsewhere
  }

  /** Does what has become due since the last request. */
  settle(): void {
    this.imports.settle()
    this.registrations.settle()
  }

  /** Who may enrol and join, as it is now. */
  get enrolmentRules(): Pick<EnrollmentDefinition, ChangeableRule> {
    return { ...this.definition.enrollment, ...this.#state.enrolment.rules }
  }

  /** The tenant-wide setting of Windows Hello for Business, as it is now. */
  get hello(): HelloDefinition {
    return this.#state.enrolment.rules.hello ?? this.definition.windowsHello ?? HELLO_DEFAULTS
  }

  /** The tenant-wide setting "Show restore page", as it is now. */
  get restorePage(): RestoreState {
    return this.#state.enrolment.rules.restorePage ?? this.definition.restorePage ?? 'notConfigured'
  }

  get keySeed(): string {
    return `tenant:${this.definition.id}`
  }

  tokenKey() {
    return this.keys.rsa2048(this.keySeed, 'token-signing')
  }

  /** The authority that issues device certificates of a kind. */
  authority(label: AuthorityLabel): CertificateAuthority {
    const { authorities } = this.#state.enrolment
    const state = authorities.get(label) ?? newAuthority()
    if (!authorities.has(label)) authorities.set(label, state)
    return new CertificateAuthority(this.#nameOf(label), this.keys.rsa2048(this.keySeed, label), state, this.changes)
  }

  #nameOf(label: AuthorityLabel): string {
    const { name } = this.definition
    switch (label) {
      case 'mdm-root':
        return `${name} MDM Root (simulated)`
      case 'cloud-pki':
        return `${name} Certificates (simulated)`
      case 'organization-access':
        return 'MS-Organization-Access'
    }
  }

  findUser(email: string): { user: UserDefinition; tenantId: string } | undefined {
    const name = email.trim().toLowerCase()
    const own = this.directory.now.users.get(name)
    if (own) return { user: own, tenantId: this.definition.tenantId }
    const other = this.definition.otherAccounts.find((user) => user.email.toLowerCase() === name)
    return other && { user: other, tenantId: other.tenantId }
  }

  findPersonalAccount(email: string): UserDefinition | undefined {
    return this.definition.personalAccounts.find((user) => user.email.toLowerCase() === email.trim().toLowerCase())
  }

  /** What the service tells a registered device now. */
  profileOf(device: RegisteredDevice): ProfileResolution {
    return resolveProfile(this.directory, this.delays, this.now(), device)
  }

  /** What a device is to get from management, and why: by the groups as they are evaluated by now. */
  isLicensed(upn: string): boolean {
    return this.findUser(upn)?.user.licensed !== false
  }

  managementOf({ registered, entraDeviceId, enrolledInto }: EnrolledAs, upn: string): Management {
    const { entra } = this.directory
    const object =
      entraDeviceId === undefined ? registered && entra.get(registered.entraObjectId) : entra.byDeviceId(entraDeviceId)
    const seen = this.directory.momentAt(this.now() - this.delays.groups)
    const device = object && seen.entra.get(object.id)
    const groups = groupsOf(seen, device)
    const into = enrolledInto === undefined ? undefined : this.directory.now.groups.get(enrolledInto)
    if (into && !groups.some(({ id }) => id === into.id)) groups.push(into)
    const statusPage = resolveStatusPage(this.directory.now, groups, upn)
    // Until groups know of a device it has no groups.
    if (object && !device) statusPage.why.push('the device is too new in the directory for its groups')
    const settings = resolveSettings(this.#state.management.policies.values(), this.directory.now, groups, upn)
    return { statusPage, groups, apps: resolveApps(this.directory.now, groups, upn), settings }
  }
}
