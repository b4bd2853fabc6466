import type {
  DeploymentProfileDefinition,
  StatusPageDefinition,
  TenantDefinition,
  UserDefinition,
} from '../domain/tenant.ts'
import type { Ids } from '../ports/ids.ts'
import type { KeySource } from '../ports/keys.ts'
import { CertificateAuthority } from './certificate-authority.ts'
import { groupsOf } from './groups.ts'
import type { ManagedDevice } from './mdm/managed-device.ts'
import type { RegisteredDevice } from './registration.ts'

export interface TenantParts {
  definition: TenantDefinition
  keys: KeySource
  ids: Ids
  /** Unix milliseconds. */
  now: () => number
}

/** What a sign-in leaves behind until its code is exchanged. */
export interface PendingCode {
  user: UserDefinition
  tenantId: string
  codeChallenge: string
  redirectUri: string
  clientId: string
}

/** A live tenant: its definition, and all that has happened in it. */
export class Tenant {
  readonly definition: TenantDefinition
  readonly ids: Ids
  readonly now: () => number
  readonly keys: KeySource
  /** Autopilot devices by registration. */
  readonly registered: RegisteredDevice[] = []
  readonly codes = new Map<string, PendingCode>()
  readonly refreshTokens = new Map<string, { user: UserDefinition; tenantId: string }>()
  /** Joined devices by certificate thumbprint. */
  readonly joined = new Map<string, { deviceId: string; displayName: string }>()
  /** Enrolled devices by certificate thumbprint. */
  readonly managed = new Map<string, ManagedDevice>()
  readonly challenges = new Map<string, { secret: Uint8Array; registrationId: string }>()
  readonly #authorities = new Map<string, CertificateAuthority>()

  constructor({ definition, keys, ids, now }: TenantParts) {
    this.definition = definition
    this.keys = keys
    this.ids = ids
    this.now = now
  }

  get keySeed(): string {
    return `tenant:${this.definition.id}`
  }

  tokenKey() {
    return this.keys.rsa2048(this.keySeed, 'token-signing')
  }

  /** The authority that issues device certificates of a kind. */
  authority(label: 'mdm-root' | 'organization-access'): CertificateAuthority {
    const known = this.#authorities.get(label)
    if (known) return known
    const name = label === 'mdm-root' ? `${this.definition.name} MDM Root (simulated)` : 'MS-Organization-Access'
    const made = new CertificateAuthority(name, this.keys.rsa2048(this.keySeed, label))
    this.#authorities.set(label, made)
    return made
  }

  findUser(email: string): { user: UserDefinition; tenantId: string } | undefined {
    const name = email.trim().toLowerCase()
    const own = this.definition.users.find((user) => user.email.toLowerCase() === name)
    if (own) return { user: own, tenantId: this.definition.tenantId }
    const other = this.definition.otherAccounts.find((user) => user.email.toLowerCase() === name)
    return other && { user: other, tenantId: other.tenantId }
  }

  findPersonalAccount(email: string): UserDefinition | undefined {
    return this.definition.personalAccounts.find((user) => user.email.toLowerCase() === email.trim().toLowerCase())
  }

  /** The profile that a device gets: of several the oldest (reference: oobe-autopilot-esp.md, 3.4). */
  profileOf(device: RegisteredDevice): DeploymentProfileDefinition | undefined {
    const groups = groupsOf(this.definition.groups, device)
    const candidates = this.definition.deploymentProfiles.filter(({ assignedTo }) =>
      assignedTo.some((target) => groups.includes(target)),
    )
    const fallback = this.definition.deploymentProfiles.filter(({ assignedTo }) => assignedTo.includes('allDevices'))
    const oldestFirst = (a: DeploymentProfileDefinition, b: DeploymentProfileDefinition) =>
      a.createdDateTime < b.createdDateTime ? -1 : 1
    return [...candidates].sort(oldestFirst)[0] ?? [...fallback].sort(oldestFirst)[0]
  }

  statusPageOf(device: RegisteredDevice | undefined): StatusPageDefinition | undefined {
    const groups = device ? groupsOf(this.definition.groups, device) : []
    const { statusPages } = this.definition
    return (
      statusPages.find(({ assignedTo }) => assignedTo.some((target) => groups.includes(target))) ??
      statusPages.find(({ assignedTo }) => assignedTo.includes('allDevices'))
    )
  }
}
