import { DEVICE_SID } from '../../domain/enrollment-id.ts'
import { codeOfSigned } from '../../domain/windows-codes.ts'
import { type Take, timeIn } from '../facts.ts'
import { categoryOf, objectIn } from './json.ts'

export interface RegistryRow {
  key: string
  name: string
  /** Numbers in decimal. */
  value: string
}

/** One kind of key: how it looks, and what its values say. */
type Rule = [key: RegExp, take: (parts: string[], row: RegistryRow, take: Take, uris: Map<string, string>) => void]

/** The first rule that fits counts. Places: oobe-autopilot-esp.md, 3.5 and 4.3; mdm-protocols.md, 3.2. */
const RULES: readonly Rule[] = [
  [/\\AutopilotPolicyCache$/i, (_, row, take) => policyCache(row, take)],
  [/\\Provisioning\\Diagnostics\\Autopilot$/i, (_, row, take) => profilePart(row, take)],
  [/\\AutopilotSettings$/i, (_, { name, value }, take) => category(name, value, take)],
  [
    /\\AutopilotSettings\\DevicePreparation(.*)$/i,
    ([path = ''], { name, value }, take) =>
      node(`./Device/Vendor/MSFT/DevicePreparation${slashed(path)}/${name}`, value, take),
  ],
  [/\\Enrollments\\[^\\]+$/i, (_, row, take) => enrolment(row, take)],
  [/\\Enrollments\\[^\\]+\\FirstSync$/i, (_, { name, value }, take) => firstSync(name, value, take)],
  [
    /\\EnrollmentStatusTracking\\ESPTrackingInfo\\Diagnostics\\(?:(S-1-[^\\]+|user)\\)?([^\\]+)\\([^\\]+)$/i,
    ([owner, list = '', time], { name, value }, take) =>
      take({
        kind: 'tracked',
        scope: owner === undefined ? 'device' : 'user',
        list,
        entry: name,
        state: Number(value),
        ...atOf(time),
      }),
  ],
  [
    /\\EnrollmentStatusTracking\\(Device|User|S-1-[^\\]+)\\(.*)$/i,
    ([owner = '', path = ''], { name, value }, take) =>
      node(
        `./${scopeRoot(owner)}/Vendor/MSFT/EnrollmentStatusTracking/${path.replaceAll('\\', '/')}/${name}`,
        value,
        take,
      ),
  ],
  [
    /\\PolicyManager\\current\\(device|S-1-[^\\]+|user)\\([^\\]+)$/i,
    ([owner = '', area = ''], { name, value }, take) => {
      // Beside each value Windows keeps who set it: MyPolicy_ProviderSet, MyPolicy_WinningProvider.
      if (!/_(ProviderSet|WinningProvider|ADMXInstanceData|LastWrite)$/i.test(name))
        node(`./${scopeRoot(owner)}/Vendor/MSFT/Policy/Config/${area}/${name}`, value, take)
    },
  ],
  [
    /\\EnterpriseDesktopAppManagement\\([^\\]+)\\MSI\\([^\\]+)$/i,
    ([owner = '', product = ''], { name, value }, take) =>
      node(
        `./${owner === DEVICE_SID ? 'Device' : 'User'}/Vendor/MSFT/EnterpriseDesktopAppManagement/MSI/${encodeURIComponent(product)}/${MSI_NAMES[name] ?? name}`,
        value,
        take,
      ),
  ],
  [
    /\\IntuneManagementExtension\\Win32Apps\\([^\\]+)\\([0-9a-f-]{36})_\d+(?:\\\w+)?$/i,
    ([owner = '', id = ''], row, take) => win32(owner, id, row, take),
  ],
  [/\\NodeCache\\CSP\\.*\\Nodes\\\d+$/i, (_, row, take, uris) => cachedNode(row, take, uris)],
  [
    /\\CloudDomainJoin\\JoinInfo\\[^\\]+$/i,
    (_, { name, value }, take) => {
      take({ kind: 'joined', is: true })
      if (name === 'UserEmail') take({ kind: 'identity', of: 'person', text: value })
      if (name === 'TenantId') take({ kind: 'identity', of: 'organization', text: value })
    },
  ],
  [
    /\\Setup\\State$/i,
    (_, { name, value }, take) => {
      if (name === 'ImageState') take({ kind: 'setupOver', is: value === 'IMAGE_STATE_COMPLETE' })
    },
  ],
  [/\\Windows NT\\CurrentVersion$/i, (_, row, take) => windows(row, take)],
  [/\\(SystemInformation|BIOS)$/i, (_, row, take) => hardware(row, take)],
  [
    /\\ComputerName\\(Active)?ComputerName$/i,
    (_, { name, value }, take) => {
      if (name === 'ComputerName') take({ kind: 'identity', of: 'device', text: value })
    },
  ],
]

const MSI_NAMES: Readonly<Record<string, string>> = { ProductVersion: 'Version' }

/**
 * Whether the value is of a first boot.
 *
 * @param uris of cached nodes, by their keys: a node has two values, one behind the other
 */
export function takeRegistryRow(row: RegistryRow, take: Take, uris: Map<string, string>): boolean {
  for (const [key, rule] of RULES) {
    const found = key.exec(row.key)
    if (!found) continue
    rule(found.slice(1) as string[], row, take, uris)
    return true
  }
  return false
}

const slashed = (path: string): string => path.replaceAll('\\', '/')
const scopeRoot = (owner: string): string => (/^device$/i.test(owner) ? 'Device' : 'User')
const node = (uri: string, value: string, take: Take): void => take({ kind: 'node', uri, value })

function atOf(time: string | undefined): { at?: number } {
  const at = timeIn(time)
  return at === undefined ? {} : { at }
}

function policyCache({ name, value }: RegistryRow, take: Take): void {
  const json = name === 'PolicyJsonCache' ? objectIn(value) : undefined
  if (json) take({ kind: 'profile', json })
  if (name === 'ProfileAvailable' && value === '0') take({ kind: 'noProfile' })
}

/** Single values of the profile: where the cache is missing they are all there is. */
function profilePart({ name, value }: RegistryRow, take: Take): void {
  if (!/^(CloudAssigned|DeploymentProfile)/.test(name)) return
  take({ kind: 'profile', json: { [name]: /^\d+$/.test(value) ? Number(value) : value } })
}

function category(name: string, value: string, take: Take): void {
  const [, id] = /^(DevicePreparation|DeviceSetup|AccountSetup)Category\.Status$/.exec(name) ?? []
  const json = id === undefined ? undefined : objectIn(value)
  if (id !== undefined && json) take(categoryOf(id, json))
}

function enrolment({ name, value }: RegistryRow, take: Take): void {
  if (name === 'ProviderID' && value !== '') take({ kind: 'managed' })
  if (name === 'UPN' && value !== '') take({ kind: 'identity', of: 'person', text: value })
}

/** `FirstSync` has other names than the tree for two of its nodes (4.3 [F, M]). */
const FIRST_SYNC: Readonly<Record<string, string>> = {
  SyncFailureTimeout: 'TimeOutUntilSyncFailure',
  IsServerProvisioningDone: 'ServerHasFinishedProvisioning',
}
const FLAGS = [
  'SkipDeviceStatusPage',
  'SkipUserStatusPage',
  'ServerHasFinishedProvisioning',
  'IsSyncDone',
  'AllowCollectLogsButton',
]

function firstSync(name: string, value: string, take: Take): void {
  const known = FIRST_SYNC[name] ?? name
  const said = FLAGS.includes(known) ? String(value !== '0') : value
  node(`./Device/Vendor/MSFT/DMClient/Provider/MS%20DM%20Server/FirstSyncStatus/${known}`, said, take)
}

/** The number of an installer that ended, and what the extension made of it: 1000 installed, 3000 and more failed (4.6 [F]). */
function win32(owner: string, id: string, { name, value }: RegistryRow, take: Take): void {
  const scope = /^0{8}-/.test(owner) ? 'device' : 'user'
  const app = { kind: 'app', type: 'win32', id: id.toLowerCase(), scope } as const
  if (name === 'ExitCode') take({ ...app, exitCode: Number(value) | 0 })
  else if (name === 'Result') take({ ...app, state: /^success$/i.test(value) ? 'installed' : 'failed' })
  else if (name === 'EnforcementStateMessage') {
    const { EnforcementState: state, ErrorCode: error } = objectIn(value) ?? {}
    if (typeof state !== 'number') return
    const failed = state >= 3000
    take({
      ...app,
      ...(state >= 1000 && state < 2000 ? { state: 'installed' } : failed ? { state: 'failed' } : {}),
      ...(failed && typeof error === 'number' && error !== 0 ? { code: codeOfSigned(error) } : {}),
    })
  }
}

function cachedNode({ key, name, value }: RegistryRow, take: Take, uris: Map<string, string>): void {
  if (name === 'NodeUri') uris.set(key, value)
  const uri = uris.get(key)
  if (name === 'ExpectedValue' && uri !== undefined) node(uri, value, take)
}

function windows({ name, value }: RegistryRow, take: Take): void {
  if (name === 'EditionID') take({ kind: 'device', edition: value })
  if (name === 'CurrentBuild' || name === 'CurrentBuildNumber') take({ kind: 'device', build: `10.0.${value}` })
}

function hardware({ name, value }: RegistryRow, take: Take): void {
  if (name === 'SystemManufacturer') take({ kind: 'device', manufacturer: value })
  if (name === 'SystemProductName') take({ kind: 'device', model: value })
}
