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
  if (packages.length === 0) return { ...step, state: 'notRequired', status: 'No setup needed' }

  // Each entry is `LocURI;count`; the count is not checked.
  const apps = packages
    .map((entry) => entry.split(';')[0]!)
    .map((uri) => ({
      status: tree.readInt(`${uri}/Status`),
      lastError: tree.readInt(`${uri}/LastError`),
    }))
  const failed = apps.find(({ status }) => status === 60 || status === 30)
  if (failed) return { ...step, state: 'failed', status: hresult(failed.lastError) }
  const installed = apps.filter(({ status }) => status === 70).length
  const state = installed === apps.length ? 'succeeded' : 'inProgress'
  return { ...step, state, status: `${installed} of ${apps.length} installed` }
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
