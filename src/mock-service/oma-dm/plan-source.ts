import type { HelloDefinition } from '../../domain/hello.ts'
import type { TenantDefinition } from '../../domain/tenant.ts'
import type { RestoreState } from '../../domain/windows-backup.ts'
import type { KeySource } from '../../ports/keys.ts'
import type { CertificateAuthority } from '../certificate-authority.ts'
import type { resolveApps, resolveStatusPage } from '../directory/assignment.ts'
import type { DirectoryState, Group, RegisteredDevice } from '../directory/state.ts'
import type { PolicySetting } from './configuration-policy.ts'

/** What a device is to get from management, and why. */
export interface Management {
  statusPage: ReturnType<typeof resolveStatusPage>
  apps: ReturnType<typeof resolveApps>
  /** Those that the device belongs to. */
  groups: readonly Group[]
  /** Of configuration policies. */
  settings: PolicySetting[]
}

/** Whose device it is to the directory. */
export interface EnrolledAs {
  /** Its Autopilot registration, if it has one. */
  registered: RegisteredDevice | undefined
  /** `deviceId` that the enrolment proved; undefined where it proved none. */
  entraDeviceId?: string | undefined
  /** A reset has kept the enrolment: the Enrollment Status Page lists no apps (oobe-autopilot-esp.md, 2.6 [D]). */
  isAfterReset?: boolean | undefined
  /** Object id of the group that a device preparation policy has put it into: it counts at once. */
  enrolledInto?: string | undefined
}

/** What of a tenant the plan of a management session is made of. */
export interface PlanSource {
  readonly definition: TenantDefinition
  readonly directory: { readonly now: Pick<DirectoryState, 'apps'> }
  /** The tenant-wide setting of Windows Hello, as it is now. */
  readonly hello: HelloDefinition
  /** The tenant-wide setting "Show restore page", as it is now. */
  readonly restorePage: RestoreState
  /** Unix milliseconds. */
  readonly now: () => number
  managementOf(device: EnrolledAs, upn: string): Management
  /** Whether Intune has something for a person: those without a licence get nothing of it. */
  isLicensed(upn: string): boolean
  authority(label: 'cloud-pki'): CertificateAuthority
  /** Whose keys those of the service follow from. */
  readonly keySeed: string
  readonly keys: KeySource
}
