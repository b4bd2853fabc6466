import { CODE, codeOfSigned, win32ErrorOf } from '../domain/windows-codes.ts'
import type { AppFact } from './facts.ts'
import { type Incident, nodesLike } from './incident.ts'

/** An app that the device was to get, with all that its files say of it. */
export interface ImportedApp {
  kind: 'msi' | 'win32' | 'msix'
  /** In lower case, without brackets. */
  id: string
  scope: 'device' | 'user'
  name: string | undefined
  publisher: string | undefined
  version: string | undefined
  state: 'waiting' | 'installing' | 'installed' | 'failed' | 'skipped'
  exitCode: number | undefined
  /** Windows code of its failure. */
  code: string | undefined
  /** Seconds that its installer took; undefined where the files do not say. */
  seconds: number | undefined
  /** It failed, and was installed by a later try. */
  hasRecovered: boolean
}

/** The management extension comes as an MSI; a tenant has it as `management.hasAgent`. */
export const isAgent = ({ name }: ImportedApp): boolean => name === 'Microsoft Intune Management Extension'

const MSI = /^\.\/(Device|User)\/Vendor\/MSFT\/EnterpriseDesktopAppManagement\/MSI\/([^/]+)\/(\w+)$/
const MODERN = /^\.\/(Device|User)\/Vendor\/MSFT\/EnterpriseModernAppManagement\/AppInstallation\/([^/]+)\/(\w+)$/
const TRACKED =
  /^\.\/(Device|User)\/.*\/Setup\/Apps\/Tracking\/[^/]+\/Win32App_([0-9a-fA-F-]{36})_\d+\/InstallationState$/
const LISTS = /^\.\/(Device|User)\/.*\/FirstSyncStatus\/Expected(MSIAppPackages|ModernAppPackages)$/

/** All apps, in the order in which the device heard of them. */
export function appsOf(incident: Incident): ImportedApp[] {
  const apps = new Map<string, ImportedApp>()
  const at = (kind: ImportedApp['kind'], id: string): ImportedApp => {
    const key = `${kind} ${id}`
    const known = apps.get(key)
    if (known) return known
    const fresh: ImportedApp = {
      ...{ kind, id, scope: 'device', name: undefined, publisher: undefined, version: undefined, state: 'waiting' },
      ...{ exitCode: undefined, code: undefined, seconds: undefined, hasRecovered: false },
    }
    apps.set(key, fresh)
    return fresh
  }
  expected(incident, at)
  for (const { parts, value } of nodesLike(incident, MSI)) msiNode(at('msi', productOf(parts[1]!)), parts[2]!, value)
  for (const { parts, value } of nodesLike(incident, MODERN)) {
    const app = at('msix', decoded(parts[1]!))
    modernNode(app, parts[2]!, value)
  }
  for (const { parts, value } of nodesLike(incident, TRACKED)) {
    const app = at('win32', parts[1]!.toLowerCase())
    app.scope = parts[0] === 'User' ? 'user' : 'device'
    app.state = TRACKED_STATES[value] ?? app.state
  }
  for (const { list, entry, scope } of incident.tracked) {
    const [, id] = list === 'Sidecar' ? (/^Win32App_([0-9a-f-]{36})_\d+$/i.exec(entry) ?? []) : []
    if (id !== undefined) at('win32', id.toLowerCase()).scope = scope
    const [, product] = list === 'ExpectedMSIAppPackages' ? (/\/MSI\/([^/]+)$/.exec(entry) ?? []) : []
    if (product !== undefined) at('msi', productOf(product)).scope = scope
  }
  for (const fact of incident.apps) {
    if (fact.type === 'script') continue
    // A log of msiexec may be of a Win32 app whose installer it is: that one has another id.
    if (fact.type === 'msi' && !apps.has(`msi ${fact.id}`)) continue
    logged(at(fact.type, fact.id), fact)
  }
  for (const app of apps.values()) timed(app, incident)
  return [...apps.values()]
}

const decoded = (part: string): string => {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}

const productOf = (part: string): string => decoded(part).replace(/[{}]/g, '').toLowerCase()

/** Packages that the server named for the status page. */
function expected(incident: Incident, at: (kind: ImportedApp['kind'], id: string) => ImportedApp): void {
  for (const { parts, value } of nodesLike(incident, LISTS)) {
    for (const uri of value.split('\uf000')) {
      const [, msi] = /\/MSI\/([^/;]+)(?:;\d+)?$/.exec(uri) ?? []
      const [, modern] = /\/AppInstallation\/([^/;]+)(?:;\d+)?$/.exec(uri) ?? []
      const app =
        msi !== undefined ? at('msi', productOf(msi)) : modern !== undefined ? at('msix', decoded(modern)) : undefined
      if (app) app.scope = parts[0] === 'User' ? 'user' : 'device'
    }
  }
}

/** Status numbers of the MSI CSP (4.6 [F]): 60 failed, 70 success, 30 the download failed; what is below 60 is on its way. */
function msiNode(app: ImportedApp, name: string, value: string): void {
  if (name === 'Name') app.name = value
  else if (name === 'Publisher') app.publisher = value
  else if (name === 'Version') app.version = value
  else if (name === 'Status') {
    const status = Number(value)
    app.state =
      status === 70 ? 'installed' : status === 60 || status === 30 ? 'failed' : status >= 20 ? 'installing' : 'waiting'
  } else if (name === 'LastError' && /^-?\d+$/.test(value) && Number(value) !== 0)
    app.code = codeOfSigned(Number(value))
}

/** `AppInstallation` of MSIX: status 1 installing, 2 failed; an installed one is gone from there (EnterpriseModernAppManagement CSP [D]). */
function modernNode(app: ImportedApp, name: string, value: string): void {
  app.name ??= app.id.replace(/_.*$/, '')
  if (name === 'Status') app.state = value === '2' ? 'failed' : value === '1' ? 'installing' : app.state
  else if (name === 'LastError' && /^-?\d+$/.test(value) && Number(value) !== 0) app.code = codeOfSigned(Number(value))
}

/** EnrollmentStatusTracking (4.3 [D]). */
const TRACKED_STATES: Readonly<Record<string, ImportedApp['state']>> = {
  1: 'waiting',
  2: 'installing',
  3: 'installed',
  4: 'failed',
}

function logged(app: ImportedApp, fact: AppFact): void {
  app.name ??= fact.name
  if (fact.scope !== undefined && app.kind === 'win32') app.scope = fact.scope
  // Of several tries the one that failed says more.
  if (fact.exitCode !== undefined && (fact.exitCode !== 0 || app.exitCode === undefined)) app.exitCode = fact.exitCode
  if (fact.code !== undefined) app.code = fact.code
  // The registry has the last state; a log alone is better than nothing.
  if (fact.state !== undefined && app.state === 'waiting') app.state = fact.state
}

/** From the moments that the status page noted: begun, ended, and whether an earlier try failed. */
function timed(app: ImportedApp, { tracked }: Incident): void {
  const steps = tracked.filter(({ list, entry }) =>
    app.kind === 'msi'
      ? list === 'ExpectedMSIAppPackages' && productOf(entry.slice(entry.lastIndexOf('/') + 1)) === app.id
      : list === 'Sidecar' && entry.toLowerCase().startsWith(`win32app_${app.id}`),
  )
  const [begun, ended, failed] = app.kind === 'msi' ? [50, 70, 60] : [2, 3, 4]
  const from = steps.findLast(({ state }) => state === begun)?.at
  const to = steps.findLast(({ state }) => state === ended || state === failed)?.at
  if (from !== undefined && to !== undefined && to > from) app.seconds = Math.round((to - from) / 1000)
  app.hasRecovered = app.state === 'installed' && steps.some(({ state }) => state === failed)
}

/** What its installer would have to return for the code that the device has: `CODE` of an MSI that the policy of Windows 11 SE forbids is none. */
export function exitCodeOf({ exitCode, code }: ImportedApp): number | undefined {
  if (exitCode !== undefined && exitCode !== 0) return exitCode
  if (code === undefined || code === CODE.appNotDetected || code === CODE.timedOut) return undefined
  return win32ErrorOf(code)
}
