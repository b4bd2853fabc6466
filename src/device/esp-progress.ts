import type { EspCategoryId, EspProgress } from '../domain/esp.ts'
import type { CategoryState, StepProgress } from '../domain/screen.ts'
import { splitList } from '../protocols/syncml/list.ts'
import type { CspTree } from './csp/csp-tree.ts'
import { wantsRestart } from './restart-policies.ts'

const ROOT = { device: './Device/Vendor/MSFT', user: './User/Vendor/MSFT' } as const

/** Progress of a category, computed from the tree and from nothing else (reference: oobe-autopilot-esp.md, 4). */
export function espProgress(tree: CspTree, category: EspCategoryId, providerId: string): EspProgress {
  if (category === 'devicePreparation') return preparation(tree)
  return setup(tree, category, providerId)
}

function preparation(tree: CspTree): EspProgress {
  const base = `${ROOT.device}/EnrollmentStatusTracking/DevicePreparation/PolicyProviders`
  const providers = tree.children(base).map((name) => ({
    state: tree.readInt(`${base}/${encodeURIComponent(name)}/InstallationState`),
    lastError: tree.readInt(`${base}/${encodeURIComponent(name)}/LastError`),
  }))
  const failed = providers.find(({ state }) => state === 4)
  const isDone = providers.every(({ state }) => state === 2 || state === 3)
  const state: CategoryState = failed ? 'failed' : isDone ? 'succeeded' : 'inProgress'
  const code = failed ? hresult(failed.lastError) : undefined
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
        status: failed ? `Failed: ${code}` : isDone ? 'Complete' : 'Working on it...',
      },
    ],
    ...(code ? { code } : {}),
    restartUris: [],
  }
}

function setup(tree: CspTree, category: 'deviceSetup' | 'accountSetup', providerId: string): EspProgress {
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
  const apps = appStep(tree, root, expected('ExpectedMSIAppPackages', 'ExpectedModernAppPackages'))
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
  return {
    id: category,
    label: category === 'deviceSetup' ? 'Device setup' : 'Account setup',
    state,
    status: statusOf(state),
    steps: all,
    ...(code ? { code } : {}),
    restartUris: category === 'deviceSetup' ? policies.filter((uri) => wantsRestart(uri) && tree.has(uri)) : [],
  }
}

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

function appStep(tree: CspTree, root: string, packages: string[]): StepProgress {
  const step = { id: 'apps', label: 'Apps' }
  const providers = `${root}/EnrollmentStatusTracking/Setup/Apps/PolicyProviders`
  // A registered provider that never sets the flag parks the page here; there is no timeout of its own.
  const isIdentifying = tree
    .children(providers)
    .some((name) => !tree.readBool(`${providers}/${encodeURIComponent(name)}/TrackingPoliciesCreated`))
  if (isIdentifying) return { ...step, state: 'inProgress', status: 'Identifying' }
  const apps = [...packages.map((entry) => orderedApp(tree, entry)), ...trackedApps(tree, root)]
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
  if (status === 60 || status === 30) return { state: 'failed', code: hresult(tree.readInt(`${uri}/LastError`)) }
  return { state: status === 70 ? 'installed' : 'open' }
}

/** What an agent says of its own apps: 3 completed, 4 error. It has no node for a code, so E_FAIL stands for one. */
function trackedApps(tree: CspTree, root: string): AppState[] {
  const tracking = `${root}/EnrollmentStatusTracking/Setup/Apps/Tracking`
  return tree.children(tracking).flatMap((provider) => {
    const base = `${tracking}/${encodeURIComponent(provider)}`
    return tree.children(base).map((app): AppState => {
      const state = tree.readInt(`${base}/${encodeURIComponent(app)}/InstallationState`)
      if (state === 4) return { state: 'failed', code: '0x80004005' }
      return { state: state === 3 ? 'installed' : 'open' }
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
