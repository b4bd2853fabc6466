import type { KeyObject } from 'node:crypto'
import type { Endpoints } from '../domain/endpoints.ts'
import type { TenantDefinition, UserDefinition } from '../domain/tenant.ts'
import type { Ids } from '../ports/ids.ts'
import type { KeySource } from '../ports/keys.ts'
import type { PendingChallenge } from './attestation/pending-challenge.ts'
import type { VendorRecords } from './attestation/vendor-records.ts'
import { CertificateAuthority } from './certificate-authority.ts'
import { Changes } from './changes.ts'
import { type ProfileResolution, resolveApps, resolveProfile, resolveStatusPage } from './directory/assignment.ts'
import { Contacts } from './directory/contacts.ts'
import { type Delays, delaysOf } from './directory/delays.ts'
import { Directory } from './directory/directory.ts'
import { identityOf } from './directory/hardware-identity.ts'
import { Imports } from './directory/imports.ts'
import { stateOf } from './directory/load.ts'
import type { HardwareIdentity, RegisteredDevice } from './directory/state.ts'
import { Synchronisation } from './directory/synchronisation.ts'
import type { DeviceCode } from './entra/pending-device-code.ts'
import type { ManagedDevice } from './mdm/managed-device.ts'
import type { Management } from './mdm/plan-source.ts'

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
  /** What the makers of TPMs know. Asked for when it is needed. */
  vendorRecords?: () => VendorRecords
}

/** What a sign-in leaves behind until its code is exchanged. */
export interface PendingCode {
  user: UserDefinition
  tenantId: string
  codeChallenge: string
  redirectUri: string
  clientId: string
  scope: string
  /** Of the ID token. */
  nonce: string | undefined
}

/** What a refresh token is good for: it serves the application alone that it was given to (RFC 6749, 6). */
export interface RefreshGrant {
  user: UserDefinition
  tenantId: string
  clientId: string
}

/** A nonce of the token endpoint, and what it has served for: nothing is served twice. */
export interface Nonce {
  /** Unix milliseconds. */
  goodUntil: number
  /** The primary refresh token that was issued for it, or that it was first used under: it serves under no other. */
  primaryToken?: string
  /** Hashes of the requests under that token's session key that were answered. */
  answered: string[]
}

/** A device that has joined. */
export interface JoinedDevice {
  deviceId: string
  displayName: string
  /** DER of the certificate that the join issued. */
  certificate: Uint8Array
  transportKey: KeyObject
}

/** A person's primary refresh token on a device ([MS-OAPXBC]). */
export interface PrimaryToken {
  user: UserDefinition
  tenantId: string
  deviceId: string
  sessionKey: Uint8Array
}

/** A notification on somebody's phone. */
export interface PhoneProof {
  email: string
  context: string
  sentAt: number
  isApproved: boolean
}

export type AuthorityLabel = 'mdm-root' | 'organization-access'

/** A live tenant: what its file sets up, and all that has happened in it. */
export class Tenant {
  readonly changes = new Changes()
  readonly definition: TenantDefinition
  readonly endpoints: Endpoints
  readonly ids: Ids
  readonly now: () => number
  readonly keys: KeySource
  readonly delays: Delays
  readonly directory: Directory
  readonly imports: Imports
  readonly contacts = new Contacts(this.changes)
  readonly synchronisation: Synchronisation
  readonly codes = this.changes.map<string, PendingCode>()
  readonly deviceCodes = this.changes.map<string, DeviceCode>()
  readonly refreshTokens = this.changes.map<string, RefreshGrant>()
  /** Joined devices by certificate thumbprint. */
  readonly joined = this.changes.map<string, JoinedDevice>()
  readonly primaryTokens = this.changes.map<string, PrimaryToken>()
  readonly nonces = this.changes.map<string, Nonce>()
  /** Notifications by their session id. */
  readonly proofs = this.changes.map<string, PhoneProof>()
  /** Sign-ins at the school's own page that Entra has not heard of yet, by the id of their assertion. */
  readonly assertions = this.changes.map<string, UserDefinition>()
  /** Results of the web sign-in of device management, and whose they are. */
  readonly webSignIns = this.changes.map<string, string>()
  /** Terms that somebody accepted: their `OpaqueBlob`. */
  readonly acceptedTerms = this.changes.set<string>()
  /** Enrolled devices by certificate thumbprint. */
  readonly managed = this.changes.map<string, ManagedDevice>()
  readonly challenges = this.changes.map<string, PendingChallenge>()
  readonly vendorRecords: () => VendorRecords
  /** Authorities that have been asked for, by their label. */
  readonly authorities = this.changes.map<AuthorityLabel, CertificateAuthority>()
  readonly #others: TenantParts['others']
  #known: HardwareIdentity[] | undefined
  #elsewhere: HardwareIdentity[] | undefined

  constructor({ definition, endpoints, keys, ids, now, others, vendorRecords }: TenantParts) {
    this.definition = definition
    this.endpoints = endpoints
    this.keys = keys
    this.ids = ids
    this.now = now
    this.#others = others
    this.vendorRecords = vendorRecords ?? (() => ({ endorsement: [], authorities: [] }))
    this.delays = delaysOf(definition.delays)
    this.directory = new Directory(stateOf(definition), this.delays.groups + this.delays.profiles, this.changes)
    this.imports = new Imports(this)
    this.synchronisation = new Synchronisation(this.delays.sync, this.changes)
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
  }

  get keySeed(): string {
    return `tenant:${this.definition.id}`
  }

  tokenKey() {
    return this.keys.rsa2048(this.keySeed, 'token-signing')
  }

  /** The authority that issues device certificates of a kind. */
  authority(label: AuthorityLabel): CertificateAuthority {
    const known = this.authorities.get(label)
    if (known) return known
    const name = label === 'mdm-root' ? `${this.definition.name} MDM Root (simulated)` : 'MS-Organization-Access'
    const made = new CertificateAuthority(name, this.keys.rsa2048(this.keySeed, label), this.changes)
    this.authorities.set(label, made)
    return made
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

  /** What a registered device is told now. */
  profileOf(device: RegisteredDevice): ProfileResolution {
    return resolveProfile(this.directory, this.delays, this.now(), device)
  }

  /** What a device is to get from management, and why: by the groups as they are evaluated by now. */
  managementOf(registered: RegisteredDevice | undefined, upn: string): Management {
    const { devices, groups } = this.directory.at(this.now() - this.delays.groups)
    const state = { ...this.directory.now, groups }
    const device = registered && devices.get(registered.id)
    const statusPage = resolveStatusPage(state, device, upn)
    // Until groups know of a device it has no groups.
    if (registered && !device) statusPage.why.push('the device was registered too short a while ago for its groups')
    return { statusPage, apps: resolveApps(state, device, upn) }
  }
}
