import { OOBE_CONFIG } from '../../domain/autopilot.ts'
import { formatDuration } from '../../domain/duration.ts'
import type { AppFact } from '../../domain/journal.ts'
import { deliveryOf } from './delivery.ts'
import { type At, type DiskFacts, lastValues, plainName } from './facts.ts'

/** A section of the report: its title, and its lines. */
export type DiagnosticSection = [title: string, lines: string[]]

/** Words that the community's diagnostics script has for the bits of a profile (oobe-autopilot-esp.md, 8.4), from bit 1024 down to 2. */
const BITS: readonly [bit: keyof typeof OOBE_CONFIG, label: string][] = [
  ['skipKeyboard', 'Skip keyboard'],
  ['enablePatchDownload', 'Enable patch download'],
  ['skipUpgradeUx', 'Skip Windows upgrade UX'],
  ['tpmRequired', 'AAD TPM Required'],
  ['deviceAuthentication', 'AAD device auth'],
  ['tpmAttestation', 'TPM attestation'],
  ['skipEula', 'Skip EULA'],
  ['skipOemRegistration', 'Skip OEM registration'],
  ['skipExpressSettings', 'Skip express settings'],
  ['userNotLocalAdmin', 'Disallow admin'],
]

/** What that script prints of a device, in its order: profile, policy of the status page, downloads, hardware, policies, phases with their apps, timeline. */
export function diagnosticsOf(facts: DiskFacts): DiagnosticSection[] {
  return [
    ['Autopilot diagnostics', profileLines(facts)],
    ['Enrollment status page', statusPageLines(facts)],
    ['Delivery Optimization statistics', deliveryLines(facts)],
    ['Hardware', hardwareLines(facts)],
    ['Policies processed', policyLines(facts)],
    ['Device ESP', phaseLines(facts, 'device')],
    [`User ESP${facts.join?.upn === undefined ? '' : ` of ${facts.join.upn}`}`, phaseLines(facts, 'user')],
    ['Observed timeline', timelineLines(facts)],
  ].filter((section): section is DiagnosticSection => section[1]!.length > 0)
}

/** A member of the profile, which came from outside. */
const said = (value: unknown): string => (typeof value === 'string' ? value : '')

const on = (is: boolean): string => (is ? 'Yes' : 'No')

function profileLines({ profile, written, spec, timeOf }: DiskFacts): string[] {
  const entDmId = written.findLast(({ uri }) => uri.endsWith('/EntDMID'))?.value
  const known = [
    ...(spec ? [`OS version: ${spec.device.windows.build}`] : []),
    ...(entDmId === undefined ? [] : [`EntDMID: ${entDmId}`]),
  ]
  if (!profile) return ['Scenario: no Autopilot profile', ...known]
  const { json } = profile
  const config = Number(json.CloudAssignedOobeConfig ?? 0)
  return [
    'Scenario: Windows Autopilot',
    `Profile: ${said(json.DeploymentProfileName)}, downloaded ${timeOf(profile.at)}`,
    `TenantDomain: ${said(json.CloudAssignedTenantDomain)}`,
    `TenantID: ${said(json.CloudAssignedTenantId)}`,
    `OobeConfig: ${config}`,
    ...BITS.map(([bit, label]) => `  ${label}: ${on((config & OOBE_CONFIG[bit]) !== 0)}`),
    `Join: ${json.CloudAssignedDomainJoinMethod === 1 ? 'Microsoft Entra hybrid' : 'Microsoft Entra'}`,
    ...known,
  ]
}

function statusPageLines(facts: DiskFacts): string[] {
  const nodes = lastValues(facts, /^\.\/Device\/.*\/FirstSyncStatus\/\w+$/)
  const values = new Map([...nodes].map(([uri, { value }]) => [uri.slice(uri.lastIndexOf('/') + 1), value]))
  if (values.size === 0) return []
  const block = Number(values.get('BlockInStatusPage') ?? 0)
  return [
    `Device ESP enabled: ${on(values.get('SkipDeviceStatusPage') !== 'true')}`,
    `User ESP enabled: ${on(values.get('SkipUserStatusPage') !== 'true')}`,
    `ESP timeout: ${values.get('TimeOutUntilSyncFailure') ?? '60'} minutes`,
    `ESP blocking: ${on(block !== 0)}`,
    `ESP allow reset: ${on((block & 1) !== 0)}`,
    `ESP allow try again: ${on((block & 2) !== 0)}`,
    `ESP continue anyway: ${on(block === 0 || (block & 4) !== 0)}`,
  ]
}

function deliveryLines(facts: DiskFacts): string[] {
  const { files, bytes } = deliveryOf(facts)
  if (files === 0) return []
  return [`Total bytes downloaded: ${bytes} in ${files} files`, 'From peers: 0%', 'From Connected Cache: 0%']
}

/** What the server set, node by node: the script shows it with -ShowPolicies. */
const policyLines = (facts: DiskFacts): string[] =>
  [...lastValues(facts, /^\.\/(?:Device|User)\/Vendor\/MSFT\/Policy\/Config\//)].map(
    ([uri, { value, at }]) => `${uri} = ${value}, at ${formatDuration(at)}`,
  )

function hardwareLines({ spec }: DiskFacts): string[] {
  if (!spec) return []
  const { smbios, tpm } = spec.device
  return [
    `Manufacturer: ${smbios.manufacturer}`,
    `Model: ${smbios.productName}`,
    `Serial: ${smbios.serialNumber}`,
    `TPM: ${tpm ? `${tpm.version}, ${tpm.vendor}` : 'none'}`,
  ]
}

const LISTS: readonly [node: string, title: string][] = [
  ['ExpectedPolicies', 'Policies'],
  ['ExpectedMSIAppPackages', 'Apps'],
  ['ExpectedModernAppPackages', 'Modern Apps'],
  ['ExpectedSCEPCerts', 'Certificates'],
  ['ExpectedPFXCerts', 'Certificates by PFX'],
  ['ExpectedNetworkProfiles', 'Network profiles'],
]
const ENDS: readonly AppFact['state'][] = ['installed', 'failed', 'skipped', 'uninstalled']

/** What was expected of a phase, and its apps with their last state, exit code and times. */
function phaseLines(facts: DiskFacts, scope: AppFact['scope']): string[] {
  const root = scope === 'device' ? './Device/' : './User/'
  const lists = LISTS.flatMap(([node, title]) => {
    const list = facts.written.findLast(({ uri }) => uri.startsWith(root) && uri.endsWith(`/FirstSyncStatus/${node}`))
    const items = list?.value.split('\uf000').filter((item) => item !== '') ?? []
    return items.length === 0 ? [] : [`${title}: ${items.length} expected`]
  })
  const apps = new Map<string, At<AppFact>[]>()
  for (const app of facts.apps) {
    const key = `${app.type} ${app.id}`
    if (app.scope === scope) apps.set(key, [...(apps.get(key) ?? []), app])
  }
  return [...lists, ...[...apps.values()].map(appLine)]
}

function appLine(steps: At<AppFact>[]): string {
  const [first, last] = [steps[0]!, steps.at(-1)!]
  const name = steps.findLast((step) => step.name !== undefined)?.name ?? plainName(last.id)
  const exit = last.exitCode === undefined ? '' : `, exit code ${last.exitCode}`
  const code = last.code === undefined ? '' : `, ${last.code}`
  const tries = last.attempt > 1 ? `, attempt ${last.attempt}` : ''
  const took = ENDS.includes(last.state) ? `, ${formatDuration(last.at - first.at)}` : ''
  return `${KINDS[last.type]} ${name}: ${last.state}${exit}${code}${tries}, at ${formatDuration(last.at)}${took}`
}

const KINDS = {
  msi: 'App',
  msix: 'Modern App',
  win32: 'Sidecar app',
  office: 'Office',
  store: 'Store app',
  script: 'Script',
  remediation: 'Remediation',
} as const

/** What the script shows of the events: enrolment, MSI, restarts, the status page; and the ends of all apps. */
const SHOWN = [
  'profileDownloadCompleted',
  'mdmEnrollSucceeded',
  'autoEnrollFailed',
  'msiDownloadStarted',
  'msiDownloadFinished',
  'msiInstallationStarted',
  'msiInstallationFinished',
  'msiInstallationFailed',
  'restartTriggered',
  'statusPageFailed',
  'statusPageTimedOut',
  'statusPageExiting',
] as const

function timelineLines({ events, apps, timeOf }: DiskFacts): string[] {
  const shown = new Set<string>(SHOWN)
  const lines = [
    ...events.flatMap(({ event, id, text, level, at }) =>
      event !== undefined && shown.has(event)
        ? [{ at, text: `${level === 'error' ? 'Failed' : 'Done'}  ${id} ${text}` }]
        : [],
    ),
    ...apps.flatMap(({ type, id, name, state, at }) =>
      type !== 'msi' && ENDS.includes(state)
        ? [{ at, text: `${state === 'failed' ? 'Failed' : 'Done'}  ${KINDS[type]} ${name ?? id}: ${state}` }]
        : [],
    ),
  ]
  return lines.toSorted((a, b) => a.at - b.at).map(({ at, text }) => `${timeOf(at)}  ${text}`)
}
