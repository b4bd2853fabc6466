import { relatedTo } from '../../domain/app-relations.ts'
import type { ScriptDefinition } from '../../domain/tenant-apps.ts'
import type { AgentApp, NamedApp, ReplacedApp } from '../../protocols/agent-apps/agent-apps.ts'
import { type PackagedApp, packageHash, packageUrl, scriptAsApp } from '../content/app-packages.ts'
import { deviceTarget, userTarget } from '../directory/groups.ts'
import { assignmentOf } from '../directory/preparation-policy.ts'
import type { App, DirectoryState } from '../directory/state.ts'
import type { EnrolledDevice } from './orders.ts'
import type { PlanSource } from './plan-source.ts'
import { trackedApps } from './tracked-apps.ts'

/** What the management extension gets of this tenant's directory. */
export interface ItemSource extends PlanSource {
  readonly directory: { readonly now: DirectoryState }
}

type Marks = Pick<AgentApp, 'isUntracked' | 'isLater'>

const AFTER_THE_PAGE: Marks = { isUntracked: true, isLater: true }

/** Win32 apps, and apps of the Microsoft Store. */
export const isOfExtension = ({ kind }: Pick<App, 'kind'>): boolean => kind === 'win32' || kind === 'store'

/** A package as the management extension gets it. */
export const itemOf =
  ({ contentUrl }: Pick<EnrolledDevice, 'contentUrl'>) =>
  (app: PackagedApp): AgentApp => ({
    id: app.id,
    revision: 1,
    name: app.name,
    version: app.version,
    isApplicable: !app.isSkipped,
    url: packageUrl(app, contentUrl),
    fileHash: packageHash(app),
    ...(app.kind === 'store' ? { kind: app.kind } : {}),
    ...(app.isPreinstalled ? { isPreinstalled: true } : {}),
  })

/**
 * Scripts, then the apps that the page waits for, and what comes after it: other required apps, and remediations (reference:
 * oobe-autopilot-esp.md, 4.5 [M]).
 */
export function extensionItems(
  source: ItemSource,
  device: EnrolledDevice,
  upn: string,
  scope: 'device' | 'user',
): AgentApp[] {
  const required = source
    .managementOf(device, upn)
    .apps.map(({ app }) => app)
    .filter((app) => app.scope === scope && isOfExtension(app))
  const tracked = new Set(trackedApps(source, device, upn, scope).map(({ id }) => id))
  const ordered = appsInOrder(source, device, required, ({ id }) => (tracked.has(id) ? {} : AFTER_THE_PAGE))
  return [
    ...scriptItems(source, device, upn, scope, 'platform'),
    ...ordered,
    ...scriptItems(source, device, upn, scope, 'remediation'),
  ]
}

/**
 * Apps with what they depend on before them, and without those that another one supersedes. That the page counts neither a dependency
 * that is not required itself, nor a superseded app, is assumed.
 */
export function appsInOrder(
  { directory }: ItemSource,
  device: EnrolledDevice,
  required: readonly App[],
  marksOf: (app: App) => Marks,
): AgentApp[] {
  const { apps } = directory.now
  const item = itemOf(device)
  const superseded = new Set(
    required.filter(({ isSkipped }) => !isSkipped).flatMap(({ id }) => relatedTo(apps, id, 'supersedes')),
  )
  const items = new Map<string, AgentApp>()
  const place = (app: App, marks: Marks): void => {
    if (items.has(app.id) || superseded.has(app.id)) return
    const needed = app.dependsOn ?? []
    for (const { app: id, install } of needed) {
      const other = apps.get(id)
      const isRequired = required.some((one) => one.id === id)
      if (!other || !(isRequired || install === 'auto')) continue
      const { isUntracked } = isRequired ? marksOf(other) : { isUntracked: true }
      place(other, { ...(isUntracked ? { isUntracked } : {}), ...(marks.isLater ? { isLater: true } : {}) })
    }
    const named = needed.flatMap(({ app: id }) => namedApp(apps.get(id)))
    const replaces = replacedBy(apps, app)
    items.set(app.id, {
      ...item(app),
      ...marks,
      ...(named.length > 0 ? { dependsOn: named } : {}),
      ...(replaces.length > 0 ? { replaces } : {}),
    })
  }
  const isLater = (app: App): boolean => marksOf(app).isLater === true
  for (const app of [...required.filter((one) => !isLater(one)), ...required.filter(isLater)]) place(app, marksOf(app))
  return [...items.values()]
}

const namedApp = (app: App | undefined): NamedApp[] =>
  app ? [{ id: app.id, name: app.name, ...(app.isPreinstalled ? { isPreinstalled: true } : {}) }] : []

/** What an app uninstalls, over a chain of newer apps too. */
function replacedBy(apps: DirectoryState['apps'], app: App): ReplacedApp[] {
  const chain = [app, ...relatedTo(apps, app.id, 'supersedes').flatMap((id) => apps.get(id) ?? [])]
  const ids = new Set(
    chain.flatMap(({ supersedes = [] }) =>
      supersedes.filter(({ uninstallPrevious }) => uninstallPrevious).map(({ app: id }) => id),
    ),
  )
  return [...ids].flatMap((id) => {
    const other = apps.get(id)
    if (!other) return []
    return namedApp(other).map((named) => ({ ...named, exitCode: other.uninstallExitCode ?? 0 }))
  })
}

/**
 * Scripts that reach a device, or the person at it. Those of the system run again when a person checks in (4.5 [M]).
 */
function scriptItems(
  source: ItemSource,
  device: EnrolledDevice,
  upn: string,
  scope: 'device' | 'user',
  kind: 'platform' | 'remediation',
): AgentApp[] {
  const { definition } = source
  const { groups } = source.managementOf(device, upn)
  return definition.scripts
    .filter((script) => (script.kind ?? 'platform') === kind)
    .filter((script) => {
      const assignment = assignmentOf(definition.tenantId, script)
      const forDevice = deviceTarget(assignment, groups) !== undefined
      if (scope === 'device') return forDevice && script.runAsAccount === 'system'
      // A remediation of the system has its own time, with or without a user.
      if (kind === 'remediation' && forDevice && script.runAsAccount === 'system') return false
      return forDevice || userTarget(assignment, source.directory.now, upn) !== undefined
    })
    .map((script) => scriptItem(device, script, definition.name))
}

export const scriptItem = (device: EnrolledDevice, script: ScriptDefinition, publisher: string): AgentApp => ({
  ...itemOf(device)(scriptAsApp(script, publisher)),
  kind: script.kind === 'remediation' ? 'remediation' : 'script',
  ...(script.kind === 'remediation' ? AFTER_THE_PAGE : { isUntracked: true }),
})
