import { objectIdOf } from '../entra/token.ts'
import { type Deployment, deploymentEndOf, deploymentStateOf, type Phase } from '../oma-dm/deployment.ts'
import { statusesOf } from '../oma-dm/deployments.ts'
import type { Tenant } from '../tenant.ts'
import { collection, dateTime, entity, type GraphRoute, notFound } from './call.ts'
import { shownPageIdOf } from './status-page-id.ts'

const PATH = '/deviceManagement/autopilotEvents'
const SET = PATH.slice(1)
const permission = 'DeviceManagementManagedDevices'

/** `windowsAutopilotEnrollmentType`. */
function enrollmentTypeOf({ upn, mode, offlineCorrelator, isPreProvisioned }: Deployment): string {
  if (offlineCorrelator !== undefined) return 'azureADJoinedWithOfflineAutopilotProfile'
  if (isPreProvisioned) return 'azureADJoinedWithWhiteGlove'
  if (mode === 'hybrid') return 'offlineDomainJoined'
  if (upn !== '') return mode === 'none' ? 'unknown' : 'azureADJoinedWithAutopilotProfile'
  return mode === 'none'
    ? 'azureADJoinedUsingDeviceAuthWithoutAutopilotProfile'
    : 'azureADJoinedUsingDeviceAuthWithAutopilotProfile'
}

/** ISO 8601: `PT1H2M3S`. */
export function durationOf(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1_000))
  const parts = [
    [Math.floor(seconds / 3_600), 'H'],
    [Math.floor(seconds / 60) % 60, 'M'],
    [seconds % 60, 'S'],
  ] as const
  const text = parts.flatMap(([value, unit]) => (value > 0 ? [`${value}${unit}`] : [])).join('')
  return `PT${text || '0S'}`
}

const isWaiting = ({ state, startedAt }: Phase): boolean => state === 'inProgress' && startedAt === undefined

const phaseDuration = ({ startedAt, endedAt }: Phase): string =>
  durationOf(startedAt === undefined || endedAt === undefined ? 0 : endedAt - startedAt)

/** `deviceManagementAutopilotEvent`. */
function toJson(tenant: Tenant, deployment: Deployment) {
  const { upn, startedAt, failure, deviceSetup, accountSetup, statusPage } = deployment
  const user = tenant.directory.now.users.get(upn.toLowerCase())
  const endedAt = deploymentEndOf(deployment)
  const total = endedAt === undefined ? 0 : endedAt - startedAt
  return {
    '@odata.type': '#microsoft.graph.deviceManagementAutopilotEvent',
    id: deployment.id,
    deviceId: deployment.managedDeviceId,
    userId: user ? objectIdOf(user) : '',
    eventDateTime: dateTime(startedAt),
    deviceRegisteredDateTime: dateTime(deployment.registeredAt),
    enrollmentStartDateTime: dateTime(startedAt),
    enrollmentType: enrollmentTypeOf(deployment),
    deviceSerialNumber: deployment.serialNumber,
    managedDeviceName: deployment.deviceName,
    userPrincipalName: upn,
    windowsAutopilotDeploymentProfileDisplayName: deployment.profileName,
    enrollmentState: failure === '' ? 'enrolled' : 'failed',
    windows10EnrollmentCompletionPageConfigurationDisplayName: statusPage.name,
    windows10EnrollmentCompletionPageConfigurationId: shownPageIdOf(tenant.definition.tenantId, statusPage),
    deploymentState: deploymentStateOf(deployment),
    deviceSetupStatus: deviceSetup.state,
    // Until the person has signed in there is nothing to set up.
    accountSetupStatus: isWaiting(accountSetup) ? 'notAttempted' : accountSetup.state,
    osVersion: deployment.osVersion,
    deploymentDuration: durationOf(deviceSetup.endedAt === undefined ? total : deviceSetup.endedAt - startedAt),
    deploymentTotalDuration: durationOf(total),
    // The device has prepared itself when it enrols, and the service has not seen it before.
    devicePreparationDuration: durationOf(0),
    deviceSetupDuration: phaseDuration(deviceSetup),
    accountSetupDuration: phaseDuration(accountSetup),
    deploymentStartDateTime: dateTime(startedAt),
    deploymentEndDateTime: dateTime(endedAt),
    targetedAppCount: deployment.targetedApps,
    targetedPolicyCount: deployment.targetedPolicies,
    enrollmentFailureDetails: failure,
  }
}

function eventOf(tenant: Tenant, id: string): Deployment {
  const event = tenant.state.management.deployments.get(id)
  if (!event) throw notFound('deviceManagementAutopilotEvent', id)
  return event
}

/** `policyStatusDetails`: of a device that is still enrolled as it is now. */
function detailsOf(tenant: Tenant, deployment: Deployment) {
  const managed = [...tenant.state.management.managed.values()].find((one) => one.deploymentId === deployment.id)
  const statuses = managed ? statusesOf(tenant, managed) : deployment.statuses
  return statuses.map(({ id, name, type, compliance, errorCode, reportedAt }) => ({
    '@odata.type': '#microsoft.graph.deviceManagementAutopilotPolicyStatusDetail',
    id,
    displayName: name,
    policyType: type,
    complianceStatus: compliance,
    trackedOnEnrollmentStatus: true,
    lastReportedDateTime: dateTime(reportedAt),
    errorCode,
  }))
}

/** An entry of the report of deployments, with what is below it. */
export type ReportedDeployment = ReturnType<typeof toJson> & { policyStatusDetails: ReturnType<typeof detailsOf> }

/** The whole report, the first enrolment first. */
export const reportedDeployments = (tenant: Tenant): ReportedDeployment[] =>
  [...tenant.state.management.deployments.values()].map((deployment) => ({
    ...toJson(tenant, deployment),
    policyStatusDetails: detailsOf(tenant, deployment),
  }))

/** `deviceManagementAutopilotEvent`: the report of deployments, of what the service saw of them. */
export const autopilotEventRoutes: GraphRoute[] = (
  [
    {
      method: 'GET',
      path: PATH,
      handle: (call) => {
        const { tenant } = call
        const events = [...tenant.state.management.deployments.values()]
        return collection(
          call,
          events.map((event) => toJson(tenant, event)),
          SET,
        )
      },
    },
    {
      method: 'GET',
      path: `${PATH}/{id}`,
      handle: (call) => entity(call, toJson(call.tenant, eventOf(call.tenant, call.params[0]!)), SET),
    },
    {
      method: 'GET',
      path: `${PATH}/{id}/policyStatusDetails`,
      handle(call) {
        const event = eventOf(call.tenant, call.params[0]!)
        return collection(call, detailsOf(call.tenant, event), `${SET}('${event.id}')/policyStatusDetails`)
      },
    },
  ] satisfies Omit<GraphRoute, 'permission' | 'isBeta'>[]
).map((route) => ({ ...route, isBeta: true, permission }))
