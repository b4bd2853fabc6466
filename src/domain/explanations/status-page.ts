import type { EspCategoryId, EspStatus, EspStepId } from '../esp.ts'
import type { Explanation } from './explanation.ts'

interface Row {
  why: string
  help: string
  source: string
}

const row = (why: string, help: string, source: string): Row => ({ why, help, source })
const LABELS = 'oobe-autopilot-esp.md, 4.1'
const NODES = 'mdm-protocols.md, 3.2 [O]'

/** A category, a step or a state without a line does not compile. */
const ROWS: Readonly<Record<EspCategoryId | EspStepId | EspStatus['says'], Row>> = {
  devicePreparation: row(
    'The TPM, the join and the enrolment of the device.',
    'A step that failed has its own code.',
    LABELS,
  ),
  deviceSetup: row(
    'Policies, certificates, networks and apps of the device.',
    'A step that failed has its own code.',
    LABELS,
  ),
  accountSetup: row(
    'Policies, certificates, networks and apps of the person.',
    'A step that failed has its own code.',
    LABELS,
  ),
  securingHardware: row(
    'The TPM proves itself: self-deploying and pre-provisioning only.',
    'Look at the firmware of the TPM and at the clock.',
    LABELS,
  ),
  joiningNetwork: row('The device joins Microsoft Entra.', 'Look at the code of the join.', LABELS),
  registering: row('The device enrols in the MDM server.', 'Look at the code of the enrolment.', LABELS),
  preparing: row(
    'The management extension gets ready.',
    'Look at the provider that does not say it is ready: 15 minutes is its limit.',
    LABELS,
  ),
  securityPolicies: row('Policies that the page counts.', 'Nothing: the page counts one policy.', LABELS),
  certificates: row('Certificates of the server (SCEP).', 'Look at the certificate profile and its connector.', LABELS),
  networkConnections: row('Profiles of Wi-Fi and VPN.', 'Look at the profiles that are assigned.', LABELS),
  apps: row(
    'Apps that the page waits for.',
    'Look at the app that is not there: its log and its detection rule.',
    LABELS,
  ),
  identifying: row(
    'The server has not said what is to come; a provider that never makes its list stays so without a limit.',
    'Look at the licence of the person, and at the management extension.',
    'oobe-autopilot-esp.md, 4.7 [D]',
  ),
  noSetup: row('There is nothing of this kind to do.', 'Nothing.', LABELS),
  waiting: row('The category before it is not over.', 'Wait.', LABELS),
  working: row('It is under way.', 'Wait.', LABELS),
  complete: row('It is done.', 'Nothing.', LABELS),
  failed: row('A step failed.', 'Look at the step with a code.', LABELS),
  failedWith: row('A step of Device preparation failed, with its code.', '"oobe explain CODE" with that code.', LABELS),
  error: row(
    'An app of the management extension failed, and the page has no code for it.',
    'Look at the app: its exit code, its log and its detection rule.',
    LABELS,
  ),
  code: row('A step failed, with its code.', '"oobe explain CODE" with that code.', LABELS),
  applied: row('So many policies or networks are there.', 'Wait.', LABELS),
  added: row('So many networks are there.', 'Wait.', LABELS),
  installed: row(
    'So many apps are there. With all of them there the page waits for the server, which may still say more.',
    'Wait; else look at whether the server ends the provisioning.',
    LABELS,
  ),
}

const statesOf = (node: string, states: readonly string[]): Explanation[] =>
  states.map((state, index) => ({
    family: 'page',
    code: `${node} ${index + 1}`,
    causes: [{ why: `${state}.`, source: NODES }],
    pages: ['enrollmentStatus'],
    seen: 'EnrollmentStatusTracking of the CSP tree and of the registry',
    help: state.startsWith('failed') ? 'Look at LastError beside it.' : 'Nothing.',
  }))

export const PAGE_EXPLANATIONS: readonly Explanation[] = [
  ...Object.entries(ROWS).map(
    ([code, { why, help, source }]): Explanation => ({
      family: 'page',
      code,
      causes: [{ why, source }],
      pages: ['enrollmentStatus'],
      help,
    }),
  ),
  ...statesOf('provider InstallationState', ['not installed', 'not required', 'completed', 'failed']),
  ...statesOf('app InstallationState', ['not installed', 'in progress', 'completed', 'failed']),
  ...statesOf('RebootRequired', ['no restart', 'a soft restart', 'a hard restart']),
]
