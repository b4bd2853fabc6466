import { PREPARATION_NODES } from '../../domain/device-preparation.ts'
import type { JournalEntry } from '../../domain/journal.ts'
import type { CategoryProgress } from '../../domain/screen.ts'

const PROVISIONING = 'HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\Provisioning'

/** Values by the path of their key. */
type Keys = Map<string, Map<string, string | number>>

/** Where parts of the management tree are seen in the registry (oobe-autopilot-esp.md, 3.5 and 4.3; mdm-protocols.md, 3.2). */
const SEEN: readonly [node: RegExp, key: string][] = [
  // Of device preparation (oobe-autopilot-esp.md, 2.8 [F]).
  [/^\.\/Device\/Vendor\/MSFT\/DevicePreparation\//, `${PROVISIONING}\\AutopilotSettings\\DevicePreparation\\`],
  [
    /^\.\/Device\/Vendor\/MSFT\/Policy\/Config\//,
    'HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\PolicyManager\\current\\device\\',
  ],
  [
    /^\.\/Device\/Vendor\/MSFT\/EnrollmentStatusTracking\//,
    'HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\Windows\\Autopilot\\EnrollmentStatusTracking\\Device\\',
  ],
  [
    /^\.\/User\/Vendor\/MSFT\/EnrollmentStatusTracking\//,
    'HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\Windows\\Autopilot\\EnrollmentStatusTracking\\User\\',
  ],
  [
    /^\.\/(?:Device|User)\/Vendor\/MSFT\/EnterpriseDesktopAppManagement\//,
    'HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\EnterpriseDesktopAppManagement\\',
  ],
  [
    /^\.\/Device\/Vendor\/MSFT\/DMClient\/Provider\/[^/]+\/FirstSyncStatus\//,
    'HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\Enrollments\\{enrollment}\\FirstSync\\',
  ],
]

/** The profile's values that a device keeps below Diagnostics. */
const PROFILE_VALUES = [
  'CloudAssignedTenantId',
  'CloudAssignedTenantDomain',
  'CloudAssignedTenantUpn',
  'CloudAssignedOobeConfig',
  'CloudAssignedDeviceName',
  'CloudAssignedForcedEnrollment',
  'DeploymentProfileName',
]

/** Names of categories and steps as `AutopilotSettings` has them (oobe-autopilot-esp.md, 4.4 [F]). */
const CATEGORY_VALUES: Readonly<Record<string, string>> = {
  devicePreparation: 'DevicePreparation',
  deviceSetup: 'DeviceSetup',
  accountSetup: 'AccountSetup',
}

/**
 * What the registry of the device says of profile, enrolment, policies, apps and the status page, as `reg export` writes it: UTF-16,
 * little endian. Read off the journal: values that the journal cuts are cut.
 */
export function registryDump(
  journal: readonly JournalEntry[],
  profile: Record<string, unknown> | undefined,
): Uint8Array {
  const keys: Keys = new Map()
  const set = (key: string, name: string, value: string | number) => {
    const values = keys.get(key) ?? new Map()
    keys.set(key, values.set(name, value))
  }
  profileValues(profile, set)
  enrolmentValues(journal, set)
  for (const category of lastCategories(journal)) {
    const name = CATEGORY_VALUES[category.id]
    if (name) set(`${PROVISIONING}\\AutopilotSettings`, `${name}Category.Status`, categoryJson(name, category))
  }
  const lines = [...keys]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([key, values]) => [`[${key}]`, ...valueLines(values), ''])
  const text = `\ufeff${['Windows Registry Editor Version 5.00', '', ...lines].join('\r\n')}\r\n`
  return new Uint8Array(Buffer.from(text, 'utf16le'))
}

type Setter = (key: string, name: string, value: string | number) => void

function profileValues(profile: Record<string, unknown> | undefined, set: Setter): void {
  if (!profile) return
  for (const name of PROFILE_VALUES) {
    const value = profile[name]
    if (typeof value === 'string' || typeof value === 'number')
      set(`${PROVISIONING}\\Diagnostics\\Autopilot`, name, value)
  }
  const { ZtdRegistrationId } = profile
  if (typeof ZtdRegistrationId === 'string') {
    set(`${PROVISIONING}\\Diagnostics\\Autopilot\\EstablishedCorrelations`, 'ZtdRegistrationId', ZtdRegistrationId)
  }
  set(`${PROVISIONING}\\AutopilotPolicyCache`, 'PolicyJsonCache', JSON.stringify(profile))
  set(`${PROVISIONING}\\AutopilotPolicyCache`, 'ProfileAvailable', 1)
}

/** The enrolment, and what was written to the management tree. */
function enrolmentValues(journal: readonly JournalEntry[], set: Setter): void {
  let enrollment = '00000000-0000-0000-0000-000000000000'
  const device = journal.findLast((entry) => entry.kind === 'device')
  if (device?.kind === 'device') {
    const { deviceId: id, managedBy } = device
    enrollment = [id.slice(0, 8), id.slice(8, 12), id.slice(12, 16), id.slice(16, 20), id.slice(20)].join('-')
    if (managedBy !== undefined) {
      set(`HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\Enrollments\\${enrollment}`, 'ProviderID', managedBy)
    }
  }
  const since = journal.findLastIndex((entry) => entry.kind === 'power' && entry.event === 'reset')
  for (const entry of journal.slice(since + 1)) {
    if (entry.kind !== 'csp' || entry.status !== 200 || entry.value === undefined || entry.command === 'Get') continue
    const seen = SEEN.find(([node]) => node.test(entry.uri))
    if (!seen) continue
    const [node, key] = seen
    if (entry.uri === PREPARATION_NODES.pageEnabled && entry.value === 'true') preparationValues(set)
    const path = plain(entry.uri.replace(node, '')).split('/')
    const name = path.pop()!
    set([key.replace('{enrollment}', enrollment).replace(/\\$/, ''), ...path].join('\\'), name, entry.value)
  }
}

/** A device without a profile whose person has a device preparation policy: that is its normal state (2.8 [F]). */
function preparationValues(set: Setter): void {
  set(`${PROVISIONING}\\AutopilotSettings`, 'AutopilotDevicePrepHint', 1)
  set(`${PROVISIONING}\\AutopilotPolicyCache`, 'ProfileAvailable', 0)
}

function plain(path: string): string {
  try {
    return path
      .split('/')
      .map((part) => decodeURIComponent(part).replace(/[\\/[\]\r\n]/g, '_'))
      .join('/')
  } catch {
    return path
  }
}

function lastCategories(journal: readonly JournalEntry[]): readonly CategoryProgress[] {
  const shown = journal.findLast(
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

const valueLines = (values: Map<string, string | number>): string[] =>
  [...values].map(([name, value]) =>
    typeof value === 'number'
      ? `"${escaped(name)}"=dword:${(value >>> 0).toString(16).padStart(8, '0')}`
      : `"${escaped(name)}"="${escaped(value)}"`,
  )

/** A line break would begin another value. */
const escaped = (text: string): string => text.replace(/["\\]/g, '\\$&').replace(/[\r\n\0]/g, ' ')
