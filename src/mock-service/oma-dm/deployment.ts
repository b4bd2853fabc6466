/** `windowsAutopilotDeploymentState`, as far as the service can be sure of it. */
export type PhaseState = 'unknown' | 'success' | 'inProgress' | 'failure' | 'notAttempted' | 'disabled'

/** A phase of the Enrollment Status Page, as the service saw it. */
export interface Phase {
  state: PhaseState
  /** Unix milliseconds; undefined before it began. */
  startedAt: number | undefined
  /** Unix milliseconds of the session in which the device told that it is over. */
  endedAt: number | undefined
}

/** `deviceManagementAutopilotPolicyStatusDetail`. */
export interface PolicyStatus {
  id: string
  name: string
  type: 'application' | 'configurationPolicy'
  compliance: 'unknown' | 'compliant' | 'installed' | 'notInstalled' | 'error'
  errorCode: number
  /** Unix milliseconds. */
  reportedAt: number
}

/** An enrolment with Autopilot: `deviceManagementAutopilotEvent`. It outlives the device's record. */
export interface Deployment {
  id: string
  /** `managedDevice` it became; empty for an enrolment that failed. */
  managedDeviceId: string
  /** Empty for a device that is not registered. */
  registrationId: string
  /** Of a profile that came as a file. Left out for a registered device. */
  offlineCorrelator?: string
  /** Of a device that is not registered: empty until it has told. */
  serialNumber: string
  deviceName: string
  upn: string
  osVersion: string
  profileName: string
  mode: 'userDriven' | 'selfDeploying' | 'hybrid' | 'none'
  /** A technician enrolled the device, or tried to. */
  isPreProvisioned?: true
  statusPage: { id: string; name: string }
  /** Unix milliseconds; undefined for a device that is not registered. */
  registeredAt: number | undefined
  /** Unix milliseconds. */
  startedAt: number
  /** Why the enrolment failed; empty when it did not. */
  failure: string
  deviceSetup: Phase
  accountSetup: Phase
  targetedApps: number
  targetedPolicies: number
  /** As they were when the device's record went. */
  statuses: PolicyStatus[]
}

/** The report keeps enrolments for so long (reference: oobe-autopilot-esp.md, 6.4 [D]). */
export const KEPT_MS = 30 * 24 * 60 * 60_000

const isOver = ({ state }: Phase): boolean => state !== 'inProgress' && state !== 'unknown'

/** A failure that was seen stays in the report, whatever comes later (6.4 [D]). */
export function deploymentStateOf({ failure, deviceSetup, accountSetup }: Deployment): PhaseState {
  if (failure !== '' || deviceSetup.state === 'failure' || accountSetup.state === 'failure') return 'failure'
  return isOver(deviceSetup) && isOver(accountSetup) ? 'success' : 'inProgress'
}

/** Unix milliseconds; undefined until it ends. */
export function deploymentEndOf(deployment: Deployment): number | undefined {
  if (deploymentStateOf(deployment) === 'inProgress') return undefined
  const { startedAt, deviceSetup, accountSetup } = deployment
  return Math.max(startedAt, deviceSetup.endedAt ?? startedAt, accountSetup.endedAt ?? startedAt)
}
