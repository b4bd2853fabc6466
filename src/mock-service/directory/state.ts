import type {
  DeploymentProfileDefinition,
  RegistrationPath,
  StatusPageDefinition,
  TenantDefinition,
  UserDefinition,
} from '../../domain/tenant.ts'
import type { AppDefinition } from '../../domain/tenant-apps.ts'

/** A `windowsAutopilotDeviceIdentity`, as the deployment service knows it. */
export interface RegisteredDevice extends HardwareIdentity {
  /** ZtdRegistrationId. */
  id: string
  groupTag: string
  purchaseOrder: string
  assignedUser: string
  /** Greeting of the assigned user. */
  addressableUserName: string
  displayName: string
  path: RegistrationPath
  /** Unix milliseconds. */
  registeredAt: number
  /** Object id of the device object that the registration made. It may be gone. */
  entraObjectId: string
  /** `deviceId` of that object. */
  entraDeviceId: string
}

/** What of a hardware hash the service matches on, and shows. */
export interface HardwareIdentity {
  manufacturer: string
  productName: string
  serialNumber: string
  smbiosUuid: string
  productKeyId: string
  /** Hexadecimal SHA-256 of the endorsement key; empty without a TPM. */
  endorsementKeyHash: string
  sku: string
  family: string
  /** `2.0`, `1.2`, or empty without a TPM. */
  tpmVersion: string
  /** TCG vendor id without its padding; empty without a TPM. */
  tpmVendor: string
}

export interface Group {
  id: string
  name: string
  description: string
  /** As it was given; undefined for one of a file: made of the name. */
  mailNickname?: string
  /** The membership rule as it was written; undefined for a group whose members are listed. */
  rule: string | undefined
  /** E-mail addresses in lower case, and object ids of devices. */
  members: readonly string[]
}

/** A person, and what Graph was told beside it. */
export type DirectoryUser = UserDefinition & { shown?: Readonly<Record<string, string>> }

/** To whom something is assigned, and who is taken out. */
export interface Assignment {
  /** Ids of groups, `allDevices` or `allUsers`. */
  assignedTo: readonly string[]
  excluded: readonly string[]
}

type Assigned<Definition extends { assignedTo: string[]; excluded: string[] }> = Omit<Definition, keyof Assignment> &
  Assignment & { lastModifiedAt: number }

export type DeploymentProfile = Assigned<DeploymentProfileDefinition> & {
  description: string
  /** The person chooses, where there is no language; Windows' own otherwise. */
  asksLanguage?: boolean
  /** "Convert all targeted devices to Autopilot": kept and shown. No device is converted. */
  extractsHash?: boolean
}
export type StatusPage = Assigned<StatusPageDefinition> & { description: string } & Shown
export type App = Assigned<AppDefinition> & Shown

interface Shown {
  /** Unix milliseconds; undefined for what was made before it was kept: the last change then. */
  createdAt?: number
  /** What Graph was told, and shows again: nothing here depends on it. */
  shown?: Readonly<Record<string, string | number | boolean | null>>
}

/** All that administrators can change. Never changed in place: the service looks at what it was some minutes ago. */
export interface DirectoryState {
  devices: ReadonlyMap<string, RegisteredDevice>
  groups: ReadonlyMap<string, Group>
  profiles: ReadonlyMap<string, DeploymentProfile>
  statusPages: ReadonlyMap<string, StatusPage>
  apps: ReadonlyMap<string, App>
  users: ReadonlyMap<string, DirectoryUser>
  branding: TenantDefinition['branding']
}

/** A copy of a map with one entry set, or taken out. */
export function withEntry<Value>(map: ReadonlyMap<string, Value>, id: string, value: Value | undefined) {
  const copy = new Map(map)
  if (value === undefined) copy.delete(id)
  else copy.set(id, value)
  return copy
}
