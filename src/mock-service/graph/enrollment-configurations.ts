import type { JsonObject } from '../../protocols/json.ts'
import { DEFAULT_STATUS_PAGE } from '../directory/assignment.ts'
import { type StatusPage, withEntry } from '../directory/state.ts'
import type { Tenant } from '../tenant.ts'
import { assignmentsToJson, mergedTargets, targetOf } from './assignments.ts'
import { badRequest, collection, created, dateTime, entity, type GraphRoute, noContent, notFound, ok } from './call.ts'

const PATH = '/deviceManagement/deviceEnrollmentConfigurations'
const SET = PATH.slice(1)
const TYPE = '#microsoft.graph.windows10EnrollmentCompletionPageConfiguration'
const ASSIGNMENT = '#microsoft.graph.enrollmentConfigurationAssignment'
const permission = 'DeviceManagementServiceConfig'

/** The default and 50 more (reference: oobe-autopilot-esp.md, 4.2 [D]). */
const PAGES_MAX = 50
const BLOCKING_APPS_MAX = 100
const MESSAGE_MAX = 10_000

function toJson(page: StatusPage): Record<string, unknown> {
  return {
    '@odata.type': TYPE,
    id: page.id,
    displayName: page.name,
    description: page.description,
    priority: page.priority,
    createdDateTime: dateTime(page.lastModifiedAt),
    lastModifiedDateTime: dateTime(page.lastModifiedAt),
    version: 1,
    roleScopeTagIds: ['0'],
    deviceEnrollmentConfigurationType:
      page === DEFAULT_STATUS_PAGE
        ? 'defaultWindows10EnrollmentCompletionPageConfiguration'
        : 'windows10EnrollmentCompletionPageConfiguration',
    showInstallationProgress: page.showInstallationProgress,
    blockDeviceSetupRetryByUser: !page.allowRetry,
    allowDeviceResetOnInstallFailure: page.allowReset,
    allowLogCollectionOnInstallFailure: page.allowLogCollection,
    customErrorMessage: page.customErrorMessage,
    installProgressTimeoutInMinutes: page.timeoutMinutes,
    allowDeviceUseOnInstallFailure: page.allowContinue,
    selectedMobileAppIds: page.blockingApps,
    disableUserStatusTrackingAfterFirstUser: page.firstUserOnly,
    installQualityUpdates: page.installQualityUpdates,
  }
}

type Facts = Omit<StatusPage, 'id' | 'priority' | 'lastModifiedAt'>

/** What the body says; what it leaves out stays as it is. @throws GraphError 400 */
function factsOf(tenant: Tenant, json: JsonObject, page: Facts): Facts {
  const type = json.optionalString('@odata.type') ?? TYPE
  if (type !== TYPE) throw badRequest(`configurations of the type ${type} are not supported: use ${TYPE}`)
  const name = json.optionalString('displayName') ?? page.name
  if (name === '') throw badRequest('displayName is missing')
  const timeoutMinutes = json.optionalNumber('installProgressTimeoutInMinutes') ?? page.timeoutMinutes
  if (!Number.isInteger(timeoutMinutes) || timeoutMinutes < 1 || timeoutMinutes > 1440) {
    throw badRequest('installProgressTimeoutInMinutes is a whole number from 1 to 1440')
  }
  const customErrorMessage = json.optionalString('customErrorMessage') ?? page.customErrorMessage
  if (customErrorMessage.length > MESSAGE_MAX) {
    throw badRequest(`customErrorMessage has at most ${MESSAGE_MAX} characters`)
  }
  const blockingApps = json.optionalStrings('selectedMobileAppIds') ?? page.blockingApps
  const missing = blockingApps.find((id) => !tenant.directory.now.apps.has(id))
  if (missing !== undefined) throw badRequest(`there is no app "${missing}"`)
  if (blockingApps.length > BLOCKING_APPS_MAX) {
    throw badRequest(`selectedMobileAppIds names at most ${BLOCKING_APPS_MAX} apps`)
  }
  const blocksRetry = json.optionalBoolean('blockDeviceSetupRetryByUser')
  return {
    ...page,
    name,
    description: json.optionalString('description') ?? page.description,
    timeoutMinutes,
    customErrorMessage,
    blockingApps,
    allowRetry: blocksRetry === undefined ? page.allowRetry : !blocksRetry,
    showInstallationProgress: json.optionalBoolean('showInstallationProgress') ?? page.showInstallationProgress,
    allowReset: json.optionalBoolean('allowDeviceResetOnInstallFailure') ?? page.allowReset,
    allowLogCollection: json.optionalBoolean('allowLogCollectionOnInstallFailure') ?? page.allowLogCollection,
    allowContinue: json.optionalBoolean('allowDeviceUseOnInstallFailure') ?? page.allowContinue,
    firstUserOnly: json.optionalBoolean('disableUserStatusTrackingAfterFirstUser') ?? page.firstUserOnly,
    installQualityUpdates: json.optionalBoolean('installQualityUpdates') ?? page.installQualityUpdates,
  }
}

function pageOf(tenant: Tenant, id: string): StatusPage {
  const page = tenant.directory.now.statusPages.get(id)
  if (page) return page
  if (id === DEFAULT_STATUS_PAGE.id) throw badRequest('the default configuration cannot be changed in this simulation')
  throw notFound('deviceEnrollmentConfiguration', id)
}

const put = (tenant: Tenant, id: string, page: StatusPage | undefined): void =>
  tenant.directory.change(tenant.now(), ({ statusPages }) => ({ statusPages: withEntry(statusPages, id, page) }))

const expands: GraphRoute['expands'] = {
  assignments: ({ tenant }, id) =>
    assignmentsToJson(id, id === DEFAULT_STATUS_PAGE.id ? DEFAULT_STATUS_PAGE : pageOf(tenant, id), ASSIGNMENT),
}

/** `deviceEnrollmentConfiguration`: Enrollment Status Pages. */
export const enrollmentConfigurationRoutes: GraphRoute[] = (
  [
    {
      method: 'GET',
      path: PATH,
      expands,
      handle: (call) =>
        collection(call, [...call.tenant.directory.now.statusPages.values(), DEFAULT_STATUS_PAGE].map(toJson), SET),
    },
    {
      method: 'POST',
      path: PATH,
      handle({ tenant, body }) {
        const { statusPages } = tenant.directory.now
        if (statusPages.size >= PAGES_MAX) throw badRequest(`at most ${PAGES_MAX} Enrollment Status Pages`)
        const facts = factsOf(tenant, body(), { ...DEFAULT_STATUS_PAGE, name: '', description: '', assignedTo: [] })
        // A new one comes last.
        const priority = Math.max(0, ...[...statusPages.values()].map((page) => page.priority)) + 1
        const made = { ...facts, id: tenant.ids.guid(), priority, lastModifiedAt: tenant.now() }
        put(tenant, made.id, made)
        return created(toJson(made))
      },
    },
    {
      method: 'GET',
      path: `${PATH}/{id}`,
      expands,
      handle: (call) => entity(call, toJson(pageOf(call.tenant, call.params[0]!)), SET),
    },
    {
      method: 'PATCH',
      path: `${PATH}/{id}`,
      handle(call) {
        const { tenant, params, body } = call
        const page = pageOf(tenant, params[0]!)
        const { id, priority } = page
        const changed = { ...factsOf(tenant, body(), page), id, priority, lastModifiedAt: tenant.now() }
        put(tenant, id, changed)
        return entity(call, toJson(changed), SET)
      },
    },
    {
      method: 'DELETE',
      path: `${PATH}/{id}`,
      handle({ tenant, params: [id] }) {
        put(tenant, pageOf(tenant, id!).id, undefined)
        return noContent
      },
    },
    {
      method: 'POST',
      path: `${PATH}/{id}/setPriority`,
      handle({ tenant, params: [id], body }) {
        const page = pageOf(tenant, id!)
        const wanted = body().optionalNumber('priority')
        if (wanted === undefined || !Number.isInteger(wanted) || wanted < 1) throw badRequest('priority is missing')
        const others = [...tenant.directory.now.statusPages.values()]
          .filter((other) => other.id !== page.id)
          .sort((a, b) => a.priority - b.priority)
        const ordered = [...others.slice(0, wanted - 1), page, ...others.slice(wanted - 1)]
        tenant.directory.change(tenant.now(), () => ({
          statusPages: new Map(ordered.map((entry, index) => [entry.id, { ...entry, priority: index + 1 }])),
        }))
        return ok({ value: null })
      },
    },
    {
      method: 'GET',
      path: `${PATH}/{id}/assignments`,
      handle(call) {
        const page = pageOf(call.tenant, call.params[0]!)
        return collection(call, assignmentsToJson(page.id, page, ASSIGNMENT), `${SET}('${page.id}')/assignments`)
      },
    },
    {
      method: 'POST',
      path: `${PATH}/{id}/assign`,
      handle({ tenant, params: [id], body }) {
        const page = pageOf(tenant, id!)
        const targets = body()
          .list('enrollmentConfigurationAssignments')
          .map((json) => targetOf(tenant.directory.now, json, true))
        put(tenant, page.id, { ...page, ...mergedTargets(targets) })
        return ok({ value: null })
      },
    },
  ] satisfies Omit<GraphRoute, 'isBeta' | 'permission'>[]
).map((route) => ({ ...route, permission }))
