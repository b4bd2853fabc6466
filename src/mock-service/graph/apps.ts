import { type App, withEntry } from '../directory/state.ts'
import type { Tenant } from '../tenant.ts'
import { assignmentsToJson, mergedTargets, targetOf } from './assignments.ts'
import { badRequest, collection, created, dateTime, entity, type GraphRoute, noContent, notFound } from './call.ts'

const PATH = '/deviceAppManagement/mobileApps'
const SET = PATH.slice(1)
const TYPE = '#microsoft.graph.windowsMobileMSI'
const ASSIGNMENT = '#microsoft.graph.mobileAppAssignment'
const permission = 'DeviceManagementApps'

const toJson = (app: App): Record<string, unknown> => ({
  '@odata.type': TYPE,
  id: app.id,
  displayName: app.name,
  publisher: app.publisher,
  lastModifiedDateTime: dateTime(app.lastModifiedAt),
  publishingState: 'published',
  productCode: `{${app.id.toUpperCase()}}`,
  productVersion: app.version,
  size: app.sizeMb * 1_000_000,
})

function appOf(tenant: Tenant, id: string): App {
  const app = tenant.directory.now.apps.get(id)
  if (!app) throw notFound('mobileApp', id)
  return app
}

const put = (tenant: Tenant, id: string, app: App | undefined): void =>
  tenant.directory.change(tenant.now(), ({ apps }) => ({ apps: withEntry(apps, id, app) }))

const expands: GraphRoute['expands'] = {
  assignments: ({ tenant }, id) =>
    assignmentsToJson(id, appOf(tenant, id), ASSIGNMENT).map((entry) => ({ ...entry, intent: 'required' })),
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
        const json = body()
        const type = json.optionalString('@odata.type') ?? TYPE
        if (type !== TYPE) throw badRequest(`apps of the type ${type} are not supported: use ${TYPE}`)
        const name = json.optionalString('displayName') ?? ''
        if (name === '') throw badRequest('displayName is missing')
        const version = json.optionalString('productVersion') ?? '1.0.0'
        if (!/^\d+(\.\d+){0,3}$/.test(version)) throw badRequest('productVersion looks like 1.2.3')
        const size = json.optionalNumber('size') ?? 20_000_000
        if (!Number.isSafeInteger(size) || size < 0) throw badRequest('size is a number of bytes')
        const made: App = {
          id: tenant.ids.guid(),
          name,
          publisher: json.optionalString('publisher') ?? '',
          version,
          scope: 'device',
          sizeMb: size / 1_000_000,
          installSeconds: 50,
          exitCode: 0,
          isDetected: true,
          kind: 'msi',
          retryCount: 0,
          timeoutMinutes: 10,
          isSkipped: false,
          assignedTo: [],
          excluded: [],
          lastModifiedAt: tenant.now(),
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
        const value = assignmentsToJson(app.id, app, ASSIGNMENT).map((entry) => ({ ...entry, intent: 'required' }))
        return collection(call, value, `${SET}('${app.id}')/assignments`)
      },
    },
    {
      method: 'POST',
      path: `${PATH}/{id}/assign`,
      handle({ tenant, params: [id], body }) {
        const app = appOf(tenant, id!)
        const assignments = body().list('mobileAppAssignments')
        const other = assignments.find((json) => (json.optionalString('intent') ?? 'required') !== 'required')
        if (other) throw badRequest('only the intent "required" is installed during enrolment, and supported here')
        const targets = assignments.map((json) => targetOf(tenant.directory.now, json, true))
        put(tenant, app.id, { ...app, ...mergedTargets(targets) })
        return noContent
      },
    },
  ] satisfies Omit<GraphRoute, 'isBeta' | 'permission'>[]
).map((route) => ({ ...route, permission }))
