import type { ConnectorState } from './hybrid-join.ts'
import type { SecretRef } from './secret.ts'

/** An object of a tenant, by the id that the tenant's file gives it. */
export type TenantObject = { profile: string } | { statusPage: string } | { app: string }

/** Actions of Intune on a device. Those that keep the enrolment keep its person, too; `autopilotReset` takes the person away. */
export const REMOTE_ACTIONS = [
  'wipe',
  'wipeKeepingEnrolment',
  'autopilotReset',
  'freshStart',
  'freshStartKeepingUserData',
  'retire',
  'sync',
  'restart',
] as const

export type RemoteAction = (typeof REMOTE_ACTIONS)[number]

/** What an administrator does in a tenant while a device runs: the one list. `src/mock-service/administrator/` carries out each. */
export interface TenantActions {
  /** A user, by e-mail address. */
  assignLicence: string
  removeLicence: string
  setPassword: { user: string; password: string | SecretRef }
  /** @see TenantObject; `to` and `from` are ids of groups, `allDevices` or `allUsers`. */
  assign: TenantObject & { to: string }
  unassign: TenantObject & { from: string }
  delete: TenantObject | { group: string } | { user: string }
  /** This device, by its hardware hash. */
  register: { groupTag?: string | undefined }
  /** The registration of this device is taken away. */
  deregister: true
  setGroupTag: string
  /** The device object of Microsoft Entra. */
  entraDevice: 'disable' | 'enable' | 'delete'
  /** A device that has enrolled without a user may do so again. */
  allowNextEnrollment: true
  /** A remote action, which waits for the device's next session. */
  device: RemoteAction
  /** The record of the managed device is deleted. */
  deleteManagedDevice: true
  /** Whether Windows devices may enrol, personal ones too, users may join devices, how many, and whose are enrolled. */
  enrollment: {
    windows?: 'allow' | 'block' | undefined
    join?: 'all' | 'none' | undefined
    personal?: 'allow' | 'block' | undefined
    mdmUserScope?: 'all' | 'none' | undefined
    deviceLimit?: number | undefined
    connector?: ConnectorState | undefined
  }
  /** What keeps a user from signing in: an unlock, a block, a password that has to be changed. */
  account: {
    user: string
    disabled?: boolean | undefined
    locked?: boolean | undefined
    mustChangePassword?: boolean | undefined
  }
  /** A policy of Conditional Access, by its id: a user is excluded from it, or it is switched off and on. */
  conditionalAccess: { policy: string; exclude?: string | undefined; state?: 'off' | 'on' | undefined }
  /** Any other request to Microsoft Graph, as a script would send it. */
  graph: { method: 'GET' | 'POST' | 'PATCH' | 'DELETE'; path: string; body?: unknown }
}

export type TenantActionKind = keyof TenantActions

export type TenantAction = {
  [Kind in TenantActionKind]: { kind: Kind; value: TenantActions[Kind] }
}[TenantActionKind]

/** An action in one line, without its secrets. */
export function actionText({ kind, value }: TenantAction): string {
  if (value === true) return kind
  if (typeof value === 'string') return `${kind} ${value}`
  const shown = Object.entries(value).filter(
    ([name, fact]) => name !== 'password' && name !== 'body' && fact !== undefined,
  )
  return `${kind} ${shown.map(([, fact]) => String(fact)).join(' ')}`.trim()
}
