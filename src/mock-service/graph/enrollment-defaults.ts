import type { Tenant } from '../tenant.ts'
import { targetJson } from './assignments.ts'
import { dateTime } from './call.ts'
import { DEFAULT_PAGE_NAME } from './status-page-id.ts'

/** A platform without restrictions, as two kinds of platforms show it. */
const restriction = (platformBlocked: boolean, version: '' | null, personalDeviceEnrollmentBlocked = false) => ({
  platformBlocked,
  personalDeviceEnrollmentBlocked,
  osMinimumVersion: version,
  osMaximumVersion: version,
  blockedManufacturers: [],
  blockedSkus: [],
})

/** Limit of devices a person may enrol. Nothing here enforces it. */
const DEVICE_LIMIT = 5

/** What of the setting of Windows Hello nothing here follows. */
export const HELLO_FIXED = {
  unlockWithBiometricsEnabled: true,
  remotePassportEnabled: true,
  pinPreviousBlockCount: 0,
  pinExpirationInDays: 0,
  enhancedBiometricsState: 'notConfigured',
  securityKeyForSignIn: 'notConfigured',
  enhancedSignInSecurity: 0,
}

/** Behind the tenant's id. */
export const HELLO_ID = 'DefaultWindowsHelloForBusiness'
export const RESTORE_ID = 'WindowsRestore'

/** What the status page is while its default is as it was made: it is not shown, and its other values are those of no page. */
const STATUS_PAGE = {
  showInstallationProgress: false,
  blockDeviceSetupRetryByUser: true,
  allowDeviceResetOnInstallFailure: false,
  allowLogCollectionOnInstallFailure: false,
  customErrorMessage: '',
  installProgressTimeoutInMinutes: 0,
  allowDeviceUseOnInstallFailure: false,
  selectedMobileAppIds: [],
  trackInstallProgressForAutopilotOnly: false,
  disableUserStatusTrackingAfterFirstUser: false,
  allowNonBlockingAppInstallation: false,
  installQualityUpdates: false,
}

const platforms = (blocksWindows: boolean, blocksPersonal: boolean) => ({
  iosRestriction: restriction(false, ''),
  windowsRestriction: restriction(blocksWindows, '', blocksPersonal),
  windowsHomeSkuRestriction: restriction(false, null),
  windowsMobileRestriction: restriction(true, ''),
  androidRestriction: restriction(false, ''),
  androidForWorkRestriction: restriction(false, ''),
  macRestriction: restriction(false, null),
  macOSRestriction: restriction(false, null),
  tvosRestriction: null,
  visionOSRestriction: null,
})

/**
 * The configurations that each tenant has, with the ids and values of exports from tenants that never changed them [M].
 * Windows is blocked where the tenant's file blocks it.
 */
export function defaultConfigurations({
  definition,
  enrolmentRules,
  hello,
  restorePage,
}: Tenant): Record<string, unknown>[] {
  const isBlocked = enrolmentRules.windows === 'block'
  const users = 'all users'
  const everybody = 'all users and all devices'
  const entries: DefaultConfiguration[] = [
    {
      type: 'deviceEnrollmentLimitConfiguration',
      id: 'DefaultLimit',
      kind: 'limit',
      what: `Device Limit Restriction applied with the lowest priority to ${users}`,
      members: { limit: DEVICE_LIMIT },
    },
    {
      type: 'deviceEnrollmentPlatformRestrictionsConfiguration',
      id: 'DefaultPlatformRestrictions',
      kind: 'platformRestrictions',
      what: `Device Type Restriction applied with the lowest priority to ${users}`,
      members: platforms(isBlocked, enrolmentRules.personal === 'block'),
    },
    {
      type: 'deviceEnrollmentWindowsHelloForBusinessConfiguration',
      id: HELLO_ID,
      kind: 'windowsHelloForBusiness',
      what: `Windows Hello for Business configuration applied with the lowest priority to ${users}`,
      members: { ...hello, ...HELLO_FIXED },
    },
    {
      type: 'windows10EnrollmentCompletionPageConfiguration',
      id: DEFAULT_PAGE_NAME,
      kind: 'windows10EnrollmentCompletionPageConfiguration',
      what: `enrollment status screen configuration applied with the lowest priority to ${everybody}`,
      members: STATUS_PAGE,
    },
    {
      type: 'windowsRestoreDeviceEnrollmentConfiguration',
      id: RESTORE_ID,
      kind: 'windowsRestore',
      what: `Windows Restore configuration applied with the lowest priority to ${everybody}`,
      members: { state: restorePage },
    },
  ]
  return entries.map(({ type, id, kind, what, members }) => ({
    '@odata.type': `#microsoft.graph.${type}`,
    id: `${definition.tenantId}_${id}`,
    displayName: 'All users and all devices',
    description: `This is the default ${what} regardless of group membership.`,
    priority: 0,
    createdDateTime: dateTime(undefined),
    lastModifiedDateTime: dateTime(undefined),
    version: 0,
    roleScopeTagIds: [],
    deviceEnrollmentConfigurationType: kind,
    ...members,
  }))
}

interface DefaultConfiguration {
  type: string
  /** Behind the tenant's id. */
  id: string
  /** `deviceEnrollmentConfigurationType`. */
  kind: string
  what: string
  members: Record<string, unknown>
}

/** Each of them is assigned to all devices, and its assignment has its own id [M]. */
export const defaultAssignment = (id: string): Record<string, unknown> => ({
  '@odata.type': '#microsoft.graph.enrollmentConfigurationAssignment',
  id,
  source: 'direct',
  sourceId: null,
  target: targetJson('allDevicesAssignmentTarget'),
})
