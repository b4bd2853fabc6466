import { AGENT_PROVIDER, ESP_TIMEOUT_CODE, type EspCategoryId, type EspProgress } from '../domain/esp.ts'
import type { CategoryState, StepProgress } from '../domain/screen.ts'
import { splitList } from '../protocols/syncml/list.ts'
import type { CspTree } from './csp/csp-tree.ts'
import { wantsRestart } from './restart-policies.ts'

const ROOT = { device: './Device/Vendor/MSFT', user: './User/Vendor/MSFT' } as const

export interface EspOptions {
  /** Names of providers that have had their time. */
  overdue?: ReadonlySet<string>
  /** `DeviceBehaviour`. */
  waitsForSidecar?: boolean
  /** Policies that have had their restart. */
  settledRestarts?: ReadonlySet<string>
}

/** Progress of a category, computed from the tree and from nothing else (reference: oobe-autopilot-esp.md, 4). */
export function espProgress(
  tree: CspTree,
  category: EspCategoryId,
  providerId: string,
  options: EspOptions = {},
): EspProgress {
  if (category === 'devicePreparation') return preparation(tree, options)
  return setup(tree, category, providerId, options)
}

/** A policy provider that device preparation waits for. */
export interface PreparingProvider {
  name: string
  /** 1 not installed, 2 not required, 3 completed, 4 error. */
  state: number
  lastError: number
  timeoutMs: number
}

const isPrepared = ({ state }: PreparingProvider): boolean => state === 2 || state === 3

/** Those that are neither done nor failed are what device preparation waits for. */
export const isAwaited = (provider: PreparingProvider): boolean => !isPrepared(provider) && provider.state !== 4

export function preparingProviders(tree: CspTree): PreparingProvider[] {
  const base = `${ROOT.device}/EnrollmentStatusTracking/DevicePreparation/PolicyProviders`
  return tree.children(base).map((name) => {
    const provider = `${base}/${encodeURIComponent(name)}`
    return {
      name,
      state: tree.readInt(`${provider}/InstallationState`),
      lastError: tree.readInt(`${provider}/LastError`),
      timeoutMs: tree.readInt(`${provider}/Timeout`) * 60_000,
    }
  })
}

function preparation(tree: CspTree, { overdue }: EspOptions): EspProgress {
  const providers = preparingProviders(tree)
  const failed = providers.find(({ state }) => state === 4)
  const late = providers.find((provider) => isAwaited(provider) && overdue?.has(provider.name))
  const isDone = providers.every(isPrepared)
  const code = failed ? hresult(failed.lastError) : late ? ESP_TIMEOUT_CODE : undefined
  const state: CategoryState = code ? 'failed' : isDone ? 'succeeded' : 'inProgress'
  const done = (id: string, label: string): StepProgress => ({ id, label, state: 'succeeded', status: 'Complete' })
  return {
    id: 'devicePreparation',
    label: 'Device preparation',
    state,
    status: statusOf(state),
    steps: [
      done('securingHardware', 'Securing your hardware'),
      done('joiningNetwork', "Joining your organization's network"),
      done('registering', 'Registering your device for mobile management'),
      {
        id: 'preparing',
        label: 'Preparing your device for mobile management',
        state,
        status: code ? `Failed: ${code}` : isDone ? 'Complete' : 'Working on it...',
      },
    ],
    ...(code ? { code } : {}),
    restartUris: [],
  }
}

function setup(
  tree: CspTree,
  category: 'deviceSetup' | 'accountSetup',
  providerId: string,
  options: EspOptions,
): EspProgress {
  const root = category === 'deviceSetup' ? ROOT.device : ROOT.user
  const sync = `${root}/DMClient/Provider/${encodeURIComponent(providerId)}/FirstSyncStatus`
  const expected = (...names: string[]) => names.flatMap((name) => splitList(tree.read(`${sync}/${name}`) ?? ''))
  const isKnown = tree.has(`${sync}/ExpectedPolicies`)
  const isFinished = tree.readBool(`${sync}/ServerHasFinishedProvisioning`)

  const policies = expected('ExpectedPolicies')
  const steps = [
    counted('securityPolicies', 'Security policies', 'applied', policies, (uri) => tree.has(uri)),
    counted('certificates', 'Certificates', 'applied', expected('ExpectedSCEPCerts', 'ExpectedPFXCerts'), (uri) =>
      tree.has(uri),
    ),
    counted('networkConnections', 'Network connections', 'added', expected('ExpectedNetworkProfiles'), (uri) =>
      tree.has(uri),
    ),
  ]
  const tracked = trackedApps(tree, root)
  const isListed = hasLists(tree, root, options)
  const ordered = expected('ExpectedMSIAppPackages', 'ExpectedModernAppPackages')
  const apps = appStep(isListed, [...ordered.map((entry) => orderedApp(tree, entry)), ...tracked])
  // Until the server says so, more may come: the last step stays open.
  if (apps.state !== 'failed' && apps.state !== 'inProgress' && !isFinished) {
    apps.state = 'inProgress'
    apps.status = `${apps.status} — waiting for the service`
  }
  const all = isKnown ? [...steps, apps] : [...steps, apps].map(identifying)
  const code = all.find((step) => step.state === 'failed')?.status
  const state: CategoryState = code
    ? 'failed'
    : all.every((step) => step.state === 'succeeded' || step.state === 'notRequired')
      ? 'succeeded'
      : 'inProgress'
  const isDevice = category === 'deviceSetup'
  const wanting = isDevice ? tracked.filter(({ reboot }) => reboot !== 'none') : []
  return {
    id: category,
    label: category === 'deviceSetup' ? 'Device setup' : 'Account setup',
    state,
    status: statusOf(state),
    steps: all,
    ...(code ? { code } : {}),
    restartUris: isDevice
      ? [
          ...policies.filter((uri) => wantsRestart(uri) && tree.has(uri) && !options.settledRestarts?.has(uri)),
          ...wanting.map(({ uri }) => uri),
        ]
      : [],
    ...(wanting.some(({ reboot }) => reboot === 'hard') ? { restartsNow: true } : {}),
    ...(isKnown && !isListed && steps.every(isOver) ? { isParked: true } : {}),
  }
}

const isOver = ({ state }: StepProgress): boolean => state === 'succeeded' || state === 'notRequired'

const identifying = (step: StepProgress): StepProgress => ({ ...step, state: 'inProgress', status: 'Identifying' })

function counted(
  id: string,
  label: string,
  verb: string,
  uris: string[],
  isDone: (uri: string) => boolean,
): StepProgress {
  if (uris.length === 0) return { id, label, state: 'notRequired', status: 'No setup needed' }
  const done = uris.filter(isDone).length
  const state = done === uris.length ? 'succeeded' : 'inProgress'
  return { id, label, state, status: `${done} of ${uris.length} ${verb}` }
}

/** Whether every registered agent has made its list. One that never does parks the page: there is no limit to it. */
function hasLists(tree: CspTree, root: string, { waitsForSidecar }: EspOptions): boolean {
  const base = `${root}/EnrollmentStatusTracking/Setup/Apps/PolicyProviders`
  const names = tree.children(base)
  if (waitsForSidecar && names.length > 0 && !names.includes(AGENT_PROVIDER)) return false
  return names.every((name) => tree.readBool(`${base}/${encodeURIComponent(name)}/TrackingPoliciesCreated`))
}

function appStep(isListed: boolean, apps: AppState[]): StepProgress {
  const step = { id: 'apps', label: 'Apps' }
  if (!isListed) return { ...step, state: 'inProgress', status: 'Identifying' }
  if (apps.length === 0) return { ...step, state: 'notRequired', status: 'No setup needed' }
  const failed = apps.find((app) => app.state === 'failed')
  if (failed) return { ...step, state: 'failed', status: failed.code }
  const installed = apps.filter((app) => app.state === 'installed').length
  const state = installed === apps.length ? 'succeeded' : 'inProgress'
  return { ...step, state, status: `${installed} of ${apps.length} installed` }
}

type AppState = { state: 'open' | 'installed' } | { state: 'failed'; code: string }

/** An entry of the list is `LocURI;count`; the count is not checked. */
function orderedApp(tree: CspTree, entry: string): AppState {
  const uri = entry.split(';')[0]!
  const status = tree.readInt(`${uri}/Status`)
  if (uri.includes('/EnterpriseModernAppManagement/')) {
    if (status === 2) return { state: 'failed', code: hresult(tree.readInt(`${uri}/LastError`)) }
    return { state: status === 3 ? 'installed' : 'open' }
  }
  if (status === 60 || status === 30) return { state: 'failed', code: hresult(tree.readInt(`${uri}/LastError`)) }
  return { state: status === 70 ? 'installed' : 'open' }
}

type TrackedApp = AppState & { uri: string; reboot: 'none' | 'soft' | 'hard' }

/** What an agent says of its own apps: 3 completed, 4 error. It has no node for a code, so E_FAIL stands for one. */
function trackedApps(tree: CspTree, root: string): TrackedApp[] {
  const tracking = `${root}/EnrollmentStatusTracking/Setup/Apps/Tracking`
  return tree.children(tracking).flatMap((provider) => {
    const base = `${tracking}/${encodeURIComponent(provider)}`
    return tree.children(base).map((app): TrackedApp => {
      const uri = `${base}/${encodeURIComponent(app)}`
      const state = tree.readInt(`${uri}/InstallationState`)
      const reboot = (['none', 'soft', 'hard'] as const)[tree.readInt(`${uri}/RebootRequired`) - 1] ?? 'none'
      if (state === 4) return { uri, reboot, state: 'failed', code: '0x80004005' }
      return { uri, reboot, state: state === 3 ? 'installed' : 'open' }
    })
  })
}

const STATUS: Record<CategoryState, string> = {
  notStarted: 'Waiting for previous step to finish',
  inProgress: 'Working on it...',
  succeeded: 'Complete',
  failed: 'Failed',
  notRequired: 'No setup needed',
}

const statusOf = (state: CategoryState): string => STATUS[state]

/** A signed 32-bit result as Windows prints it. */
export const hresult = (value: number): string => `0x${(value >>> 0).toString(16).padStart(8, '0')}`
