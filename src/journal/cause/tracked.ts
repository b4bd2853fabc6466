import type { AppFact, JournalEntry } from '../../domain/journal.ts'
import type { AppDefinition } from '../../domain/tenant-apps.ts'
import { codeOfSigned } from '../../domain/windows-codes.ts'
import type { CausingApp } from './cause.ts'
import type { Story } from './story.ts'

/** An app that the page waits for. */
export interface TrackedApp {
  /** Of the node or of the management extension. */
  id: string
  kind: CausingApp['kind']
  isUser: boolean
  state: 'waiting' | 'working' | 'installed' | 'failed'
  /** Windows code of its failure. */
  code?: string
  /** The write that says so: where it is in the journal. */
  write: { uri: string; value: string; at: number; index: number }
  /** How often its installation began. */
  attempts: number
}

/** A policy provider of device preparation, or one whose list of apps is awaited. */
export interface TrackedProvider {
  name: string
  /** `InstallationState`: 1 not installed, 2 not required, 3 completed, 4 failed. */
  state?: string
  lastError?: string
  /** Minutes. */
  timeout?: string
  /** `TrackingPoliciesCreated`; the account has its own. */
  listed: { device?: boolean; user?: boolean }
  /** The last write of its state. */
  write?: { uri: string; value: string; at: number }
}

export interface Tracked {
  apps: TrackedApp[]
  providers: TrackedProvider[]
  /** `ServerHasFinishedProvisioning`. */
  released: { device: boolean; user: boolean }
  /** Minutes: `TimeOutUntilSyncFailure`. */
  limitMinutes?: string
}

type Write = Extract<JournalEntry, { kind: 'csp' }>

const MSI = /\/EnterpriseDesktopAppManagement\/MSI\/([^/]+)\/(Status|LastError)$/
const MSIX = /\/EnterpriseModernAppManagement\/AppInstallation\/([^/]+)\/(Status|LastError)$/
const OFFICE = /\/Office\/Installation\/([^/]+)\/(Status|FinalStatus)$/
const WIN32 =
  /\/EnrollmentStatusTracking\/Setup\/Apps\/Tracking\/[^/]+\/(Win32App|Script)_(.+)_[^_/]+\/InstallationState$/
const PREPARING =
  /\/EnrollmentStatusTracking\/DevicePreparation\/PolicyProviders\/([^/]+)\/(InstallationState|LastError|Timeout)$/
const LISTING = /\/EnrollmentStatusTracking\/Setup\/Apps\/PolicyProviders\/([^/]+)\/TrackingPoliciesCreated$/
const RELEASE = /\/FirstSyncStatus\/ServerHasFinishedProvisioning$/
const LIMIT = /\/FirstSyncStatus\/TimeOutUntilSyncFailure$/

type State = TrackedApp['state']

/** States by the values of their nodes (reference: oobe-autopilot-esp.md, 4.6; mdm-protocols.md, 3.2 and 3.5). */
const STATES: Readonly<Record<CausingApp['kind'], Readonly<Record<string, State>>>> = {
  msi: { '30': 'failed', '60': 'failed', '70': 'installed', '10': 'waiting' },
  msix: { '2': 'failed', '3': 'installed', '0': 'waiting' },
  office: { '60': 'failed', '70': 'installed' },
  win32: { '4': 'failed', '3': 'installed', '1': 'waiting' },
  store: { '4': 'failed', '3': 'installed', '1': 'waiting' },
  script: { '4': 'failed', '3': 'installed', '1': 'waiting' },
}

/** Values at which an installation of its kind begins. */
const BEGINS: Readonly<Record<CausingApp['kind'], string>> = {
  msi: '20',
  msix: '1',
  office: '997',
  win32: '2',
  store: '2',
  script: '2',
}

/** What the management tree says of apps and providers: read off the writes to it. */
export function trackedIn({ entries, spec }: Story): Tracked {
  const ofExtension = (name: string): 'win32' | 'store' =>
    spec.tenant.apps?.some(({ id, kind }) => kind === 'store' && id === plain(name)) ? 'store' : 'win32'
  const apps = new Map<string, TrackedApp>()
  const providers = new Map<string, TrackedProvider>()
  const released = { device: false, user: false }
  let limitMinutes: string | undefined
  const noteApp = (kind: CausingApp['kind'], id: string, node: string, write: Write, index: number) => {
    const isUser = write.uri.startsWith('./User/')
    const key = `${kind} ${isUser} ${id}`
    const value = write.value ?? ''
    const known = apps.get(key)
    const place = { uri: write.uri, value, at: write.at, index }
    const app = known ?? { id: plain(id), kind, isUser, state: 'waiting' as State, write: place, attempts: 0 }
    if (!known) apps.set(key, app)
    if (node === 'LastError') {
      if (value === '0') delete app.code
      else app.code = codeOfSigned(Number(value))
      return
    }
    const state = STATES[kind][value] ?? 'working'
    if (value === BEGINS[kind]) app.attempts++
    // The first write of a failure is the one that decided.
    if (state !== 'failed' || app.state !== 'failed') app.write = place
    app.state = state
  }
  const provider = (name: string): TrackedProvider => {
    const known = providers.get(name) ?? { name: plain(name), listed: {} }
    providers.set(name, known)
    return known
  }
  entries.forEach((entry, index) => {
    if (entry.kind === 'power' && entry.event === 'reset') {
      apps.clear()
      providers.clear()
      released.device = released.user = false
    }
    if (entry.kind !== 'csp' || entry.command === 'Get' || entry.status !== 200) return
    const { uri, value = '' } = entry
    const scope = uri.startsWith('./User/') ? 'user' : 'device'
    const app = MSI.exec(uri) ?? MSIX.exec(uri)
    if (app) noteApp(uri.includes('ModernApp') ? 'msix' : 'msi', app[1]!, app[2]!, entry, index)
    const office = OFFICE.exec(uri)
    // What it ended with is in the other node.
    if (office && (office[2] === 'FinalStatus' || value === BEGINS.office))
      noteApp('office', office[1]!, office[2]!, entry, index)
    const win32 = WIN32.exec(uri)
    if (win32)
      noteApp(win32[1] === 'Script' ? 'script' : ofExtension(win32[2]!), win32[2]!, 'InstallationState', entry, index)
    const preparing = PREPARING.exec(uri)
    if (preparing) {
      const one = provider(preparing[1]!)
      if (preparing[2] === 'InstallationState') {
        one.state = value
        one.write = { uri, value, at: entry.at }
      } else if (preparing[2] === 'LastError') one.lastError = codeOfSigned(Number(value))
      else one.timeout = value
    }
    const listing = LISTING.exec(uri)
    if (listing) provider(listing[1]!).listed[scope] = value === 'true'
    if (RELEASE.test(uri)) released[scope] = value === 'true'
    if (LIMIT.test(uri)) limitMinutes = value
  })
  const timesOut = limitMinutes === undefined ? {} : { limitMinutes }
  return { apps: [...apps.values()], providers: [...providers.values()], released, ...timesOut }
}

function plain(name: string): string {
  try {
    return decodeURIComponent(name)
  } catch {
    return name
  }
}

/** The name of an app that people know: the one in the tenant, or the one in its package. */
export function appNamed(story: Story, app: TrackedApp): string {
  const script = app.kind === 'script' ? story.spec.tenant.scripts?.find((one) => one.id === app.id) : undefined
  if (script) return script.name
  const known = definedApp(story.spec.tenant.apps, app)
  if (known) return known.app.name
  return stepsOf(story, app).findLast(({ name }) => name !== undefined)?.name ?? app.id
}

/** What happened to it, up to here. */
function stepsOf({ entries }: Story, { id, kind, isUser }: TrackedApp): AppFact[] {
  const bare = plainId(id)
  return entries.flatMap((entry) =>
    entry.kind === 'app' && entry.type === kind && (entry.scope === 'user') === isUser && plainId(entry.id) === bare
      ? [entry]
      : [],
  )
}

const plainId = (id: string): string => id.replace(/^\{|\}$/g, '').toLowerCase()

/** What the tenant says of an app, and its place among the apps. */
export function definedApp(
  apps: readonly AppDefinition[] = [],
  { id, kind }: Pick<TrackedApp, 'id' | 'kind'>,
): { app: AppDefinition; index: number } | undefined {
  const bare = id.replace(/^\{|\}$/g, '').toLowerCase()
  const family = id.replace(/_[^_]*$/, '').toLowerCase()
  const index = apps.findIndex((app) =>
    kind === 'msix'
      ? app.kind === 'msix' && app.name.replace(/[^a-z0-9.-]/gi, '').toLowerCase() === family
      : app.id.toLowerCase() === bare,
  )
  return index < 0 ? undefined : { app: apps[index]!, index }
}

/** How an app failed: its exit code, or that it was forbidden. Of one that is open, how its last attempt did. */
export function failureOf(story: Story, app: TrackedApp): { text?: string; exitCode?: number; code?: string } {
  const failed = stepsOf(story, app).findLast(({ state }) => state === 'failed' || state === 'skipped')
  if (!failed) return {}
  const { text, exitCode, code } = failed
  return {
    ...(text === undefined
      ? {}
      : { text: text.startsWith('forbidden by ') ? `${text.replace('forbidden by ', '')} forbids it` : text }),
    ...(exitCode === undefined ? {} : { exitCode }),
    ...(code === undefined ? {} : { code }),
  }
}
