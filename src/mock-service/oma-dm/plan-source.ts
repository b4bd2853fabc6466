import type { TenantDefinition } from '../../domain/tenant.ts'
import type { CertificateAuthority } from '../certificate-authority.ts'
import type { resolveApps, resolveStatusPage } from '../directory/assignment.ts'
import type { RegisteredDevice } from '../directory/state.ts'
import type { PolicySetting } from './configuration-policy.ts'

/** What a device is to get from management, and why. */
export interface Management {
  statusPage: ReturnType<typeof resolveStatusPage>
  apps: ReturnType<typeof resolveApps>
  /** Of configuration policies. */
  settings: PolicySetting[]
}

/** Whose device it is to the directory. */
export interface EnrolledAs {
  /** Its Autopilot registration, if it has one. */
  registered: RegisteredDevice | undefined
  /** `deviceId` that the enrolment proved; undefined where it proved none. */
  entraDeviceId?: string | undefined
}

/** What of a tenant the plan of a management session is made of. */
export interface PlanSource {
  readonly definition: TenantDefinition
  /** Unix milliseconds. */
  readonly now: () => number
  managementOf(device: EnrolledAs, upn: string): Management
  authority(label: 'cloud-pki'): Pick<CertificateAuthority, 'root'>
}
