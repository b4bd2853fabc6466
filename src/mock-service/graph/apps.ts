import type { JsonObject } from '../../protocols/json.ts'
import { type App, withEntry } from '../directory/state.ts'
import type { Tenant } from '../tenant.ts'
import { APP_TYPES, appFacts, appTexts } from './app-body.ts'
import {
  type AssignmentKind,
  assignmentsToJson,
  assignmentType,
  targetOf,
  targetsOf,
  without,
  withTarget,
} from './assignments.ts'
import { badRequest, collection, created, dateTime, entity, type GraphRoute, noContent, notFound } from './call.ts'

const PATH = '/deviceAppManagement/mobileApps'
const SET = PATH.slice(1)
const permission = 'DeviceManagementApps'

const INTENTS = ['available', 'required', 'uninstall', 'availableWithoutEnrollment']
const REQUIRED = 'required'

/** The group, the intent's number, and 1 for an exclusion, as scripts have found [M]. */
const ASSIGNMENTS: AssignmentKind = {
  type: assignmentType('mobileAppAssignment', {
    intent: { enumeration: 'installIntent', values: INTENTS },
    settings: [{ name: 'mobileAppAssignmentSettings', members: {} }],
  }),
  allowsUsers: true,
  idOf: (_, group, isExclusion) => `${group}_${INTENTS.indexOf(REQUIRED)}_${Number(isExclusion)}`,
  shown: { intent: REQUIRED, settings: null },
}

function toJson(app: App): Record<string, unknown> {
  const kinds = {
    msi: { productVersion: app.version, useDeviceContext: app.scope === 'device' },
    win32: {
      displayVersion: app.version,
      installExperience: { runAsAccount: app.scope === 'device' ? 'system' : 'user' },
    },
    msix: { identityVersion: app.version },
    office: { productIds: ['o365ProPlusRetail'], updateChannel: 'current', officePlatformArchitecture: 'x64' },
    // The id of its package in the Store is not known here: that of the app.
    store: {
      packageIdentifier: app.id,
      installExperience: { runAsAccount: app.scope === 'device' ? 'system' : 'user' },
    },
  }
  const texts = appTexts(app)
  return {
    '@odata.type': `#microsoft.graph.${APP_TYPES[app.kind]}`,
    id: app.id,
    displayName: app.name,
    publisher: app.publisher,
    largeIcon: null,
    createdDateTime: dateTime(app.createdAt ?? app.lastModifiedAt),
    lastModifiedDateTime: dateTime(app.lastModifiedAt),
    ...texts,
    // The code that the management channel installs it by, where none was given.
    ...(app.kind === 'msi' ? { productCode: texts.productCode ?? `{${app.id.toUpperCase()}}` } : {}),
    uploadState: 1,
    publishingState: 'published',
    isAssigned: app.assignedTo.length > 0,
    roleScopeTagIds: [],
    dependentAppCount: 0,
    supersedingAppCount: 0,
    supersededAppCount: 0,
    committedContentVersion: '1',
    size: app.sizeMb * 1_000_000,
    ...kinds[app.kind],
  }
}

/** Reads what an assignment says besides its target. @throws GraphError 400 */
function refuseOther(json: JsonObject): void {
  if ((json.optionalString('intent') ?? REQUIRED) !== REQUIRED) {
    throw badRequest('only the intent "required" is installed during enrolment, and supported here')
  }
  if (json.optionalObject('settings')) throw badRequest('settings of assignments are not simulated: leave them out')
}

function appOf(tenant: Tenant, id: string): App {
  const app = tenant.directory.now.apps.get(id)
  if (!app) throw notFound('mobileApp', id)
  return app
}

const put = (tenant: Tenant, id: string, app: App | undefined): void =>
  tenant.directory.change(tenant.now(), ({ apps }) => ({ apps: withEntry(apps, id, app) }))

const expands: GraphRoute['expands'] = {
  assignments: ({ tenant }, id) =>
    assignmentsToJson(id, appOf(tenant, id), ASSIGNMENTS).map((entry) => ({ ...entry, intent: 'required' })),
}

/** `mobileApp`: line-of-business MSI packages, which is what the management channel installs. */
export const appRoutes: GraphRoute[] = (
  [
    {
      method: 'GET',
      path: PATH,
      expands,
      handle: (call) => collection(call, [...call.tenant.directory.now.apps.values()].map(toJson), SET),
    },
    {
      method: 'POST',
      path: PATH,
      handle({ tenant, body }) {
        const now = tenant.now()
        const made: App = {
          ...appFacts(body()),
          id: tenant.ids.guid(),
          installSeconds: 50,
          exitCode: 0,
          isDetected: true,
          kind: 'msi',
          retryCount: 0,
          timeoutMinutes: 10,
          isSkipped: false,
          assignedTo: [],
          excluded: [],
          createdAt: now,
          lastModifiedAt: now,
        }
        put(tenant, made.id, made)
        return created(toJson(made))
      },
    },
    {
      method: 'GET',
      path: `${PATH}/{id}`,
      expands,
      handle: (call) => entity(call, toJson(appOf(call.tenant, call.params[0]!)), SET),
    },
    {
      method: 'DELETE',
      path: `${PATH}/{id}`,
      handle({ tenant, params: [id] }) {
        const { id: appId } = appOf(tenant, id!)
        const isAwaited = [...tenant.directory.now.statusPages.values()].find((page) =>
          page.blockingApps.includes(appId),
        )
        if (isAwaited) throw badRequest(`the Enrollment Status Page "${isAwaited.name}" waits for this app`)
        put(tenant, appId, undefined)
        return noContent
      },
    },
    {
      method: 'GET',
      path: `${PATH}/{id}/assignments`,
      handle(call) {
        const app = appOf(call.tenant, call.params[0]!)
        return collection(call, assignmentsToJson(app.id, app, ASSIGNMENTS), `${SET}('${app.id}')/assignments`)
      },
    },
    {
      method: 'POST',
      path: `${PATH}/{id}/assignments`,
      handle({ tenant, params: [id], body }) {
        const app = appOf(tenant, id!)
        const json = body()
        refuseOther(json)
        const target = targetOf(tenant.directory.now, json, ASSIGNMENTS)
        put(tenant, app.id, { ...app, ...withTarget(app, target) })
        return created(assignmentsToJson(app.id, target, ASSIGNMENTS)[0])
      },
    },
    {
      method: 'GET',
      path: `${PATH}/{id}/assignments/{id}`,
      handle(call) {
        const [id, assignment] = call.params
        const app = appOf(call.tenant, id!)
        const found = assignmentsToJson(app.id, app, ASSIGNMENTS).find((entry) => entry.id === assignment)
        if (!found) throw notFound(ASSIGNMENTS.type.name, assignment!)
        return entity(call, found, `${SET}('${app.id}')/assignments`)
      },
    },
    {
      method: 'DELETE',
      path: `${PATH}/{id}/assignments/{id}`,
      handle({ tenant, params: [id, assignment] }) {
        const app = appOf(tenant, id!)
        const left = without(app.id, app, assignment!, ASSIGNMENTS)
        if (!left) throw notFound(ASSIGNMENTS.type.name, assignment!)
        put(tenant, app.id, { ...app, ...left })
        return noContent
      },
    },
    {
      method: 'POST',
      path: `${PATH}/{id}/assign`,
      handle({ tenant, params: [id], body }) {
        const app = appOf(tenant, id!)
        const json = body()
        for (const entry of json.list('mobileAppAssignments')) refuseOther(entry)
        const targets = targetsOf(tenant.directory.now, json, 'mobileAppAssignments', ASSIGNMENTS)
        put(tenant, app.id, { ...app, ...targets })
        return noContent
      },
    },
  ] satisfies Omit<GraphRoute, 'isBeta' | 'permission'>[]
).map((route) => ({ ...route, permission }))
