import { TENANT_LIMITS } from '../../domain/tenant-limits.ts'
import type { JsonObject } from '../../protocols/json.ts'
import type { StatusPage } from '../directory/state.ts'
import type { Tenant } from '../tenant.ts'
import { type BodyType, checkBody, typeOf } from './body-types.ts'
import { badRequest } from './call.ts'
import { ENROLLMENT_CONFIGURATION } from './enrollment-configuration-members.ts'

const { blockingApps: BLOCKING_APPS_MAX, customErrorMessage: MESSAGE_MAX } = TENANT_LIMITS

/** Reference: oobe-autopilot-esp.md, 4.2 [D]. */
export const STATUS_PAGE: BodyType = {
  name: 'windows10EnrollmentCompletionPageConfiguration',
  members: {
    ...ENROLLMENT_CONFIGURATION,
    showInstallationProgress: 'Edm.Boolean',
    blockDeviceSetupRetryByUser: 'Edm.Boolean',
    allowDeviceResetOnInstallFailure: 'Edm.Boolean',
    allowLogCollectionOnInstallFailure: 'Edm.Boolean',
    customErrorMessage: 'Edm.String',
    installProgressTimeoutInMinutes: 'Edm.Int32',
    allowDeviceUseOnInstallFailure: 'Edm.Boolean',
    selectedMobileAppIds: { listOf: 'Edm.String' },
    trackInstallProgressForAutopilotOnly: 'Edm.Boolean',
    disableUserStatusTrackingAfterFirstUser: 'Edm.Boolean',
    allowNonBlockingAppInstallation: 'Edm.Boolean',
    installQualityUpdates: 'Edm.Boolean',
  },
  relations: ['assignments'],
}

/** Kept and shown: all devices here are set up in OOBE, and none is pre-provisioned by a technician. */
const SHOWN = ['trackInstallProgressForAutopilotOnly', 'allowNonBlockingAppInstallation'] as const

/** What else is in the collection: each tenant has its default, and no more are made here. */
const OTHERS: readonly BodyType[] = [
  'deviceEnrollmentLimitConfiguration',
  'deviceEnrollmentPlatformRestrictionsConfiguration',
  'deviceEnrollmentPlatformRestrictionConfiguration',
  'deviceEnrollmentWindowsHelloForBusinessConfiguration',
  'deviceComanagementAuthorityConfiguration',
  'deviceEnrollmentNotificationConfiguration',
  'windowsRestoreDeviceEnrollmentConfiguration',
].map((name) => ({ name, members: ENROLLMENT_CONFIGURATION }))

export type PageFacts = Omit<StatusPage, 'id' | 'priority' | 'createdAt' | 'lastModifiedAt' | 'assignedTo' | 'excluded'>

export const shownOf = ({ shown }: PageFacts): Record<string, unknown> =>
  Object.fromEntries(SHOWN.map((name) => [name, shown?.[name] ?? false]))

/** What the body says; what it leaves out stays as it is. @throws GraphError 400 */
export function pageFacts(tenant: Tenant, json: JsonObject, page: PageFacts): PageFacts {
  const type = typeOf(json.members, [STATUS_PAGE, ...OTHERS]) ?? STATUS_PAGE
  if (type !== STATUS_PAGE) {
    throw badRequest(`This simulation makes no ${type.name}: a tenant has its default, and Enrollment Status Pages.`)
  }
  checkBody(json, STATUS_PAGE)
  const name = json.optionalString('displayName') ?? (json.members.displayName === null ? '' : page.name)
  if (name.trim() === '') throw badRequest('displayName is missing')
  const tag = json.optionalStrings('roleScopeTagIds')?.find((id) => id !== '0')
  if (tag !== undefined) throw badRequest(`there is no role scope tag "${tag}": this tenant has the default tag alone`)
  const timeoutMinutes = json.optionalNumber('installProgressTimeoutInMinutes') ?? page.timeoutMinutes
  if (timeoutMinutes < 1 || timeoutMinutes > 1440) {
    throw badRequest('installProgressTimeoutInMinutes is a whole number from 1 to 1440')
  }
  const customErrorMessage = text(json, 'customErrorMessage', page.customErrorMessage)
  if (customErrorMessage.length > MESSAGE_MAX) {
    throw badRequest(`customErrorMessage has at most ${MESSAGE_MAX} characters`)
  }
  const blocksRetry = json.optionalBoolean('blockDeviceSetupRetryByUser')
  const shown = Object.fromEntries(
    SHOWN.map((member) => [member, json.optionalBoolean(member) ?? page.shown?.[member] ?? false]),
  )
  return {
    ...page,
    name,
    description: text(json, 'description', page.description),
    timeoutMinutes,
    customErrorMessage,
    blockingApps: blockingApps(tenant, json) ?? page.blockingApps,
    allowRetry: blocksRetry === undefined ? page.allowRetry : !blocksRetry,
    showInstallationProgress: json.optionalBoolean('showInstallationProgress') ?? page.showInstallationProgress,
    allowReset: json.optionalBoolean('allowDeviceResetOnInstallFailure') ?? page.allowReset,
    allowLogCollection: json.optionalBoolean('allowLogCollectionOnInstallFailure') ?? page.allowLogCollection,
    allowContinue: json.optionalBoolean('allowDeviceUseOnInstallFailure') ?? page.allowContinue,
    firstUserOnly: json.optionalBoolean('disableUserStatusTrackingAfterFirstUser') ?? page.firstUserOnly,
    installQualityUpdates: json.optionalBoolean('installQualityUpdates') ?? page.installQualityUpdates,
    shown,
  }
}

function blockingApps(tenant: Tenant, json: JsonObject): string[] | undefined {
  const ids = json.optionalStrings('selectedMobileAppIds')
  if (ids === undefined) return undefined
  const missing = ids.find((id) => !tenant.directory.now.apps.has(id))
  if (missing !== undefined) throw badRequest(`there is no app "${missing}"`)
  if (ids.length > BLOCKING_APPS_MAX) throw badRequest(`selectedMobileAppIds names at most ${BLOCKING_APPS_MAX} apps`)
  return ids
}

/** Null takes a text away. */
const text = (json: JsonObject, name: string, now: string): string =>
  json.members[name] === null ? '' : (json.optionalString(name) ?? now)
