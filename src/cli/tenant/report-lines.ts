import { formatDuration } from '../../domain/duration.ts'
import { safeText } from '../../domain/safe-text.ts'
import type { DeploymentPhase } from '../../journal/phases.ts'
import type { ReportedDeployment } from '../../mock-service/administration.ts'
import { columns } from '../columns.ts'
import type { SeenBySchool } from './seen-by-school.ts'

/** How one run went: the device's side, and the school's. */
export interface RunReport {
  run: string
  scenario: string
  tenant: string
  serialNumber: string
  deviceName: string
  osVersion: string
  /** Empty where the device has none. */
  profile: string
  /** Empty where no person enrolled the device. */
  user: string
  outcome: string
  cause: string | undefined
  next: readonly string[]
  phases: readonly DeploymentPhase[]
  timeOf: (at: number) => string
  school: SeenBySchool
}

export function runLines(report: RunReport, isFurther: boolean): string[] {
  const { run, tenant, serialNumber, deviceName, osVersion, profile, user, outcome, cause, next, phases, school } =
    report
  return [
    ...(isFurther ? [''] : []),
    safeText(`${run}: ${outcome}`),
    ...indented([
      ['school', tenant],
      ['device', [serialNumber, deviceName, osVersion].filter((part) => part !== '').join(', ')],
      ['user', user || 'none'],
      ['Autopilot profile', profile || 'none'],
    ]),
    '',
    'on the device',
    ...(phases.length === 0
      ? ['  it came to no phase of a deployment']
      : indented([['phase', 'began', 'took', 'state'], ...phases.map(phaseRow)])),
    ...(cause === undefined
      ? []
      : ['', safeText(`why: ${cause}`), ...next.map((command) => `     ${safeText(command)}`)]),
    '',
    'as the school sees it',
    ...deploymentLines(school),
  ]
}

const indented = (rows: readonly (readonly string[])[]): string[] => columns(rows).map((line) => `  ${line}`)

const STATES: Readonly<Record<DeploymentPhase['state'], string>> = {
  succeeded: 'succeeded',
  failed: 'failed',
  inProgress: 'in progress',
}

function phaseRow({ name, startedAt, tookMs, state, failures, failed }: DeploymentPhase): string[] {
  const step = failed?.step ? `${failed.step.label} (${failed.step.status})` : ''
  const what = [step, failed?.code ?? ''].filter((part) => part !== '').join(', ')
  const why = failures === 0 || what === '' ? '' : state === 'failed' ? `: ${what}` : ` before: ${what}`
  const times = failures > 1 ? ` ${failures} times` : ''
  const said = state === 'failed' ? `failed${times}` : failures > 0 ? `${STATES[state]}; failed${times}` : STATES[state]
  return [name, formatDuration(startedAt), formatDuration(tookMs), `${said}${why}`]
}

export function schoolLines({ school, deployments }: { school: string; deployments: ReportedDeployment[] }): string[] {
  return [
    safeText(`${school}: ${deployments.length} in the report of deployments`),
    ...deploymentLines({ deployments }),
  ]
}

function deploymentLines(seen: SeenBySchool): string[] {
  if ('unknown' in seen) return [`  not known: ${safeText(seen.unknown)}`]
  if (seen.deployments.length === 0) {
    return ['  nothing: the report has enrolments of registered devices, and of those with a profile from a file']
  }
  return seen.deployments.flatMap((one, index) => [...(index > 0 ? [''] : []), ...deploymentOf(one)])
}

function deploymentOf(one: ReportedDeployment): string[] {
  const failed = one.policyStatusDetails.filter(({ complianceStatus }) => complianceStatus === 'error')
  const page = one.windows10EnrollmentCompletionPageConfigurationDisplayName
  return indented([
    ['device', `${one.deviceSerialNumber || 'not told yet'}, ${one.managedDeviceName}`],
    ['user', one.userPrincipalName || 'none'],
    ['profile, status page', `${one.windowsAutopilotDeploymentProfileDisplayName || 'none'}, ${page}`],
    [
      'enrolment',
      `${one.enrollmentState}, ${one.enrollmentStartDateTime}, ${one.enrollmentType}${one.enrollmentFailureDetails === '' ? '' : `: ${one.enrollmentFailureDetails}`}`,
    ],
    ['deployment', `${one.deploymentState}, ${one.deploymentTotalDuration}`],
    ['device setup', `${one.deviceSetupStatus}, ${one.deviceSetupDuration}`],
    ['account setup', `${one.accountSetupStatus}, ${one.accountSetupDuration}`],
    ['targeted', `${one.targetedAppCount} apps, ${one.targetedPolicyCount} policies`],
    ...failed.map(({ policyType, displayName, errorCode }) => [
      policyType === 'application' ? 'app' : 'policy',
      `"${displayName}" failed: ${hex(errorCode)}`,
    ]),
  ])
}

/** An HRESULT as Windows prints it; a status of OMA-DM as it is. */
const hex = (code: number): string =>
  code >= 0 && code < 1_000 ? String(code) : `0x${(code >>> 0).toString(16).padStart(8, '0')}`
