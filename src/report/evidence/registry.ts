import { PREPARATION_NODES } from '../../domain/device-preparation.ts'
import { DEVICE_SID } from '../../domain/enrollment-id.ts'
import type { PageId } from '../../domain/pages.ts'
import type { CategoryProgress } from '../../domain/screen.ts'
import { type DiskFacts, lastValues, plainName, type Written } from './facts.ts'
import { keyPart, RegistryFile, type RegistryValue } from './registry-file.ts'
import { privacyValues } from './registry-privacy.ts'
import { trackingValues } from './registry-tracking.ts'

const SOFTWARE = 'HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft'
export const PROVISIONING = `${SOFTWARE}\\Provisioning`
const AUTOPILOT = `${PROVISIONING}\\Diagnostics\\Autopilot`

/** Areas of the tree that are seen as they are (oobe-autopilot-esp.md, 4.3; mdm-protocols.md, 3.2). */
const SEEN: readonly [node: RegExp, key: string][] = [
  // Of device preparation (oobe-autopilot-esp.md, 2.8 [F]).
  [/^\.\/Device\/Vendor\/MSFT\/DevicePreparation\//, `${PROVISIONING}\\AutopilotSettings\\DevicePreparation\\`],
  [/^\.\/Device\/Vendor\/MSFT\/Policy\/Config\//, `${SOFTWARE}\\PolicyManager\\current\\device\\`],
  [/^\.\/User\/Vendor\/MSFT\/Policy\/Config\//, `${SOFTWARE}\\PolicyManager\\current\\user\\`],
  [
    /^\.\/Device\/Vendor\/MSFT\/EnrollmentStatusTracking\//,
    `${SOFTWARE}\\Windows\\Autopilot\\EnrollmentStatusTracking\\Device\\`,
  ],
  [
    /^\.\/User\/Vendor\/MSFT\/EnrollmentStatusTracking\//,
    `${SOFTWARE}\\Windows\\Autopilot\\EnrollmentStatusTracking\\User\\`,
  ],
]

/** The profile's values that a device keeps below Diagnostics (3.5). */
const PROFILE_VALUES = [
  'CloudAssignedTenantId',
  'CloudAssignedTenantDomain',
  'CloudAssignedTenantUpn',
  'CloudAssignedOobeConfig',
  'CloudAssignedDeviceName',
  'CloudAssignedForcedEnrollment',
  'CloudAssignedLanguage',
  'CloudAssignedRegion',
  'DeploymentProfileName',
]

/** Names of FirstSyncStatus in the registry, and whether a value is a flag (4.3 [F, M]). */
const FIRST_SYNC: Readonly<Record<string, string>> = {
  SkipDeviceStatusPage: 'SkipDeviceStatusPage',
  SkipUserStatusPage: 'SkipUserStatusPage',
  TimeOutUntilSyncFailure: 'SyncFailureTimeout',
  BlockInStatusPage: 'BlockInStatusPage',
  ServerHasFinishedProvisioning: 'IsServerProvisioningDone',
  IsSyncDone: 'IsSyncDone',
  AllowCollectLogsButton: 'AllowCollectLogsButton',
  WasDeviceSuccessfullyProvisioned: 'WasDeviceSuccessfullyProvisioned',
}

/** `MDMDeviceWithAAD`: of an enrolment by a join (4.3 [F]). */
const ENROLLMENT_TYPE = 6
const SKIPPED = 0xffffffff

/** What the registry of the device says of profile, enrolment, policies, apps and the status page. */
export function registryOf(facts: DiskFacts): RegistryFile {
  const file = new RegistryFile()
  profileValues(facts, file)
  enrolmentValues(facts, file)
  for (const [node, key] of SEEN) for (const one of lastValues(facts, node).values()) put(file, one, node, key)
  preparationValues(facts, file)
  trackingValues(facts, file)
  msiValues(facts, file)
  officeValues(facts, file)
  extensionValues(facts, file)
  nodeCache(facts, file)
  for (const category of lastCategories(facts)) {
    const name = `${category.id.charAt(0).toUpperCase()}${category.id.slice(1)}`
    file.set(`${PROVISIONING}\\AutopilotSettings`, `${name}Category.Status`, categoryJson(name, category))
  }
  privacyValues(facts.device?.privacy, file)
  windowsValues(facts, file)
  setupState(facts, file)
  return file
}

export const registryDump = (facts: DiskFacts): Uint8Array => registryOf(facts).toBytes()

function put(file: RegistryFile, { uri, value }: Written, node: RegExp, key: string): void {
  const path = uri.replace(node, '').split('/').map(plainName).map(keyPart)
  const name = path.pop()!
  file.set([key.replace(/\\$/, ''), ...path].join('\\'), name, value)
}

function profileValues({ profile, timeOf, written, join, hardwareHash }: DiskFacts, file: RegistryFile): void {
  if (!profile) {
    if (hardwareHash === undefined) return
    file.set(`${PROVISIONING}\\AutopilotPolicyCache`, 'ProfileAvailable', 0)
    file.set(AUTOPILOT, 'IsAutoPilotDisabled', 1)
    return
  }
  const { json } = profile
  for (const name of PROFILE_VALUES) {
    const value = json[name]
    if (typeof value === 'string' || typeof value === 'number') file.set(AUTOPILOT, name, value)
  }
  file.set(AUTOPILOT, 'IsAutoPilotDisabled', 0)
  if (join) file.set(AUTOPILOT, 'TenantMatched', 1)
  const established = `${AUTOPILOT}\\EstablishedCorrelations`
  if (typeof json.ZtdRegistrationId === 'string') file.set(established, 'ZtdRegistrationId', json.ZtdRegistrationId)
  file.set(established, 'EntDMID', written.findLast(({ uri }) => uri.endsWith('/EntDMID'))?.value)
  const cache = `${PROVISIONING}\\AutopilotPolicyCache`
  file.set(cache, 'PolicyJsonCache', JSON.stringify({ ...json, PolicyDownloadDate: timeOf(profile.at) }))
  file.set(cache, 'ProfileAvailable', 1)
}

/** A device without a profile whose person has a device preparation policy: that is its normal state (2.8 [F]). */
function preparationValues({ written }: DiskFacts, file: RegistryFile): void {
  if (!written.some(({ uri, value }) => uri === PREPARATION_NODES.pageEnabled && value === 'true')) return
  file.set(`${PROVISIONING}\\AutopilotSettings`, 'AutopilotDevicePrepHint', 1)
  file.set(`${PROVISIONING}\\AutopilotPolicyCache`, 'ProfileAvailable', 0)
}

function enrolmentValues(facts: DiskFacts, file: RegistryFile): void {
  const { device, enrollment, join, profile, written, apps } = facts
  if (join) {
    const info = `HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Control\\CloudDomainJoin\\JoinInfo\\${keyPart(join.thumbprint)}`
    const { CloudAssignedTenantId } = profile?.json ?? {}
    if (typeof CloudAssignedTenantId === 'string') file.set(info, 'TenantId', CloudAssignedTenantId)
    file.set(info, 'UserEmail', join.upn)
  }
  if (device?.managedBy === undefined) return
  const key = `${SOFTWARE}\\Enrollments\\${enrollment}`
  file.set(key, 'ProviderID', device.managedBy)
  file.set(key, 'EnrollmentType', ENROLLMENT_TYPE)
  file.set(key, 'EnrollmentState', 1)
  file.set(key, 'UPN', join?.upn)
  const known = new Map<string, RegistryValue>()
  for (const { uri, value } of written) {
    const [, scope, node = ''] = /^\.\/(Device|User)\/.*\/FirstSyncStatus\/(\w+)$/.exec(uri) ?? []
    const name = Object.hasOwn(FIRST_SYNC, node) ? FIRST_SYNC[node] : undefined
    if (name !== undefined && scope === 'Device') known.set(name, numberOf(node, value))
  }
  for (const [name, value] of known) file.set(`${key}\\FirstSync`, name, value)
  const [first, last] = [apps.at(0), apps.findLast(({ state }) => state === 'installed' || state === 'failed')]
  if (first && last) {
    file.set(`${key}\\FirstSync`, 'ApplicationsDuration', Math.round((last.at - first.at) / 1_000))
  }
}

/** Flags and numbers are REG_DWORD; a page that is skipped has all bits (4.3 [F]). */
function numberOf(node: string, value: string): RegistryValue {
  if (value === 'true') return node.startsWith('Skip') ? SKIPPED : 1
  if (value === 'false') return 0
  return /^-?\d{1,10}$/.test(value) ? Number(value) : value
}

const MSI = /^\.\/(?:Device|User)\/Vendor\/MSFT\/EnterpriseDesktopAppManagement\/MSI\/([^/]+)\/(\w+)$/
const MSI_NUMBERS = ['Status', 'LastError']

/** Below the SID of the device; that of a user is not known to a journal, so it has the same. */
function msiValues(facts: DiskFacts, file: RegistryFile): void {
  for (const { uri, value } of lastValues(facts, MSI).values()) {
    const [, product, name] = MSI.exec(uri)!
    if (name === 'DownloadInstall') continue
    const code = keyPart(plainName(product!))
    const key = `${SOFTWARE}\\EnterpriseDesktopAppManagement\\${DEVICE_SID}\\MSI\\${code}`
    file.set(key, 'ProductCode', code)
    file.set(key, name === 'Version' ? 'ProductVersion' : name!, MSI_NUMBERS.includes(name!) ? Number(value) : value)
  }
}

const OFFICE = /^\.\/(?:Device|User)\/Vendor\/MSFT\/Office\/Installation\/([^/]+)\/(Status|FinalStatus)$/

/** Microsoft 365 Apps: a key for each installation of the Office CSP, as the diagnostics script reads it (4.6 [F]). */
function officeValues(facts: DiskFacts, file: RegistryFile): void {
  for (const { uri, value } of lastValues(facts, OFFICE).values()) {
    const [, installation, name] = OFFICE.exec(uri)!
    file.set(`${SOFTWARE}\\OfficeCSP\\${keyPart(plainName(installation!))}`, name!, Number(value))
  }
}

/** Of the Win32 apps the management extension keeps its results (mdm-protocols.md; names assumed where no source has them). */
function extensionValues({ apps, timeOf }: DiskFacts, file: RegistryFile): void {
  for (const { type, scope, id, exitCode, state, at } of apps) {
    if ((type !== 'win32' && type !== 'store') || (state !== 'installed' && state !== 'failed')) continue
    const owner = scope === 'device' ? '00000000-0000-0000-0000-000000000000' : 'user'
    const key = `${SOFTWARE}\\IntuneManagementExtension\\Win32Apps\\${owner}\\${keyPart(id)}_1`
    file.set(key, 'ExitCode', exitCode)
    file.set(key, 'Result', state === 'installed' ? 'Success' : 'Failed')
    file.set(key, 'LastUpdatedTimeUtc', timeOf(at))
  }
}

/** Numbered nodes that the server wrote, for those who want to see each policy. */
function nodeCache(facts: DiskFacts, file: RegistryFile): void {
  const { device } = facts
  if (device?.managedBy === undefined) return
  const base = `${SOFTWARE}\\Provisioning\\NodeCache\\CSP\\Device\\${keyPart(device.managedBy)}\\CacheVersion\\1\\Nodes`
  let number = 0
  for (const { uri, value } of lastValues(
    facts,
    /^\.\/(?:Device|User)\/Vendor\/MSFT\/(?!EnterpriseDesktop)/,
  ).values()) {
    const key = `${base}\\${number++}`
    file.set(key, 'NodeUri', uri)
    file.set(key, 'ExpectedValue', value)
  }
}

/** Pages that come when Windows Setup is complete; that it is complete by then is documented, the moment is assumed. */
const AFTER_SETUP: readonly PageId[] = ['desktop', 'signInScreen', 'kiosk', 'nextSignIn', 'firstLogon', 'kioskSignIn']

/** `ImageState`, as the documentation of Windows Setup has it (Windows Setup States [D]). */
function setupState({ entries }: DiskFacts, file: RegistryFile): void {
  const isOver = entries.some(
    (entry) => entry.kind === 'screen' && 'screen' in entry && AFTER_SETUP.includes(entry.screen.page),
  )
  const key = `${SOFTWARE}\\Windows\\CurrentVersion\\Setup\\State`
  file.set(key, 'ImageState', isOver ? 'IMAGE_STATE_COMPLETE' : 'IMAGE_STATE_UNDEPLOYABLE')
}

function windowsValues({ spec, device }: DiskFacts, file: RegistryFile): void {
  if (!spec) return
  const [, build = '', revision = ''] = /^10\.0\.(\d+)\.(\d+)/.exec(spec.device.windows.build) ?? []
  const key = `${SOFTWARE}\\Windows NT\\CurrentVersion`
  file.set(key, 'EditionID', spec.device.windows.edition)
  if (build !== '') file.set(key, 'CurrentBuild', build)
  if (revision !== '') file.set(key, 'UBR', Number(revision))
  const named = 'HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Control\\ComputerName\\ActiveComputerName'
  file.set(named, 'ComputerName', device?.name)
}

export function lastCategories({ entries }: DiskFacts): readonly CategoryProgress[] {
  const shown = entries.findLast(
    (entry) => entry.kind === 'screen' && 'screen' in entry && entry.screen.progress?.categories !== undefined,
  )
  return shown?.kind === 'screen' && 'screen' in shown ? (shown.screen.progress?.categories ?? []) : []
}

/** The newer form: each step is an object (oobe-autopilot-esp.md, 4.4 [F]). */
const categoryJson = (name: string, { state, status, steps }: CategoryProgress): string =>
  JSON.stringify({
    ...Object.fromEntries(
      steps.map(({ id, state: subcategoryState, status: subcategoryStatusText }) => [
        `${name}.${id.charAt(0).toUpperCase()}${id.slice(1)}Subcategory`,
        { subcategoryState, subcategoryStatusText },
      ]),
    ),
    ...(state === 'succeeded' || state === 'failed' ? { categorySucceeded: String(state === 'succeeded') } : {}),
    categoryState: state,
    categoryStatusMessage: status,
  })
