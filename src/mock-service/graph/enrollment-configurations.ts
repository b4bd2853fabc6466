import { TENANT_LIMITS } from '../../domain/tenant-limits.ts'
import type { JsonObject } from '../../protocols/json.ts'
import { DEFAULT_STATUS_PAGE } from '../directory/assignment.ts'
import { type StatusPage, withEntry } from '../directory/state.ts'
import type { Tenant } from '../tenant.ts'
import { type AssignmentKind, assignmentsToJson, assignmentType, targetsOf } from './assignments.ts'
import { checkParameters } from './body-types.ts'
import { badRequest, collection, created, dateTime, entity, type GraphRoute, noContent, notFound, ok } from './call.ts'
import { defaultAssignment, defaultConfigurations, HELLO_ID, RESTORE_ID } from './enrollment-defaults.ts'
import { changeHello } from './hello-configuration.ts'
import { changeRestore } from './restore-configuration.ts'
import { pageFacts, STATUS_PAGE, shownOf } from './status-page-body.ts'
import { STATUS_PAGE_SUFFIX, statusPageIdOf } from './status-page-id.ts'

const PATH = '/deviceManagement/deviceEnrollmentConfigurations'
const SET = PATH.slice(1)
const permission = 'DeviceManagementServiceConfig'

/** A log that is cut has the page's GUID, the group's, and the beginning of the page's again [M]: the end is assumed [A]. */
const ASSIGNMENTS: AssignmentKind = {
  type: assignmentType('enrollmentConfigurationAssignment'),
  allowsUsers: true,
  idOf: (page, group, isExclusion) =>
    `${page.replace(STATUS_PAGE_SUFFIX, '')}_${group}_${isExclusion ? 'exclusion_' : ''}${page}`,
}

function toJson(page: StatusPage): Record<string, unknown> {
  return {
    '@odata.type': `#microsoft.graph.${STATUS_PAGE.name}`,
    id: statusPageIdOf(page),
    displayName: page.name,
    description: page.description,
    priority: page.priority,
    createdDateTime: dateTime(page.createdAt ?? page.lastModifiedAt),
    lastModifiedDateTime: dateTime(page.lastModifiedAt),
    version: 1,
    roleScopeTagIds: ['0'],
    deviceEnrollmentConfigurationType: STATUS_PAGE.name,
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
    ...shownOf(page),
  }
}

/** Settings of the whole tenant that can be changed, by the end of their ids. */
const CHANGES: Partial<Record<string, (tenant: Tenant, json: JsonObject) => void>> = {
  [HELLO_ID]: changeHello,
  [RESTORE_ID]: changeRestore,
}

const defaultOf = (tenant: Tenant, id: string) => defaultConfigurations(tenant).find((entry) => entry.id === id)

/** A page that can be changed. @param what would be done with it @throws GraphError */
function pageOf(tenant: Tenant, id: string, what: string): StatusPage {
  if (defaultOf(tenant, id)) throw badRequest(`A default configuration cannot be ${what}.`)
  const page = id.endsWith(STATUS_PAGE_SUFFIX)
    ? tenant.directory.now.statusPages.get(id.slice(0, -STATUS_PAGE_SUFFIX.length))
    : undefined
  if (!page) throw notFound('deviceEnrollmentConfiguration', id)
  return page
}

/** One of the collection's, with its assignments. */
function shownAt(
  tenant: Tenant,
  id: string,
): { json: Record<string, unknown>; assignments: Record<string, unknown>[] } {
  const json = defaultOf(tenant, id)
  if (json) return { json, assignments: [defaultAssignment(id)] }
  const page = pageOf(tenant, id, 'shown')
  return { json: toJson(page), assignments: assignmentsToJson(id, page, ASSIGNMENTS) }
}

const put = (tenant: Tenant, id: string, page: StatusPage | undefined): void =>
  tenant.directory.change(tenant.now(), ({ statusPages }) => ({ statusPages: withEntry(statusPages, id, page) }))

const expands: GraphRoute['expands'] = {
  assignments: ({ tenant }, id) => shownAt(tenant, id).assignments,
}

/** `deviceEnrollmentConfiguration`: Enrollment Status Pages. */
export const enrollmentConfigurationRoutes: GraphRoute[] = (
  [
    {
      method: 'GET',
      path: PATH,
      expands,
      handle: (call) =>
        collection(
          call,
          [...defaultConfigurations(call.tenant), ...[...call.tenant.directory.now.statusPages.values()].map(toJson)],
          SET,
        ),
    },
    {
      method: 'POST',
      path: PATH,
      handle({ tenant, body }) {
        const { statusPages } = tenant.directory.now
        if (statusPages.size >= TENANT_LIMITS.statusPages) {
          throw badRequest(`at most ${TENANT_LIMITS.statusPages} Enrollment Status Pages`)
        }
        const facts = pageFacts(tenant, body(), { ...DEFAULT_STATUS_PAGE, name: '', description: '' })
        // A new one comes last.
        const priority = Math.max(0, ...[...statusPages.values()].map((page) => page.priority)) + 1
        const now = tenant.now()
        const made: StatusPage = {
          ...facts,
          id: tenant.ids.guid(),
          priority,
          createdAt: now,
          lastModifiedAt: now,
          assignedTo: [],
          excluded: [],
        }
        put(tenant, made.id, made)
        return created(toJson(made))
      },
    },
    {
      method: 'GET',
      path: `${PATH}/{id}`,
      expands,
      handle: (call) => entity(call, shownAt(call.tenant, call.params[0]!).json, SET),
    },
    {
      method: 'PATCH',
      path: `${PATH}/{id}`,
      handle(call) {
        const { tenant, params, body } = call
        const change = CHANGES[params[0]!.replace(`${tenant.definition.tenantId}_`, '')]
        if (change) {
          change(tenant, body())
          return entity(call, shownAt(tenant, params[0]!).json, SET)
        }
        const page = pageOf(tenant, params[0]!, 'changed in this simulation')
        const changed = {
          ...page,
          ...pageFacts(tenant, body(), page),
          createdAt: page.createdAt ?? page.lastModifiedAt,
          lastModifiedAt: tenant.now(),
        }
        put(tenant, page.id, changed)
        return entity(call, toJson(changed), SET)
      },
    },
    {
      method: 'DELETE',
      path: `${PATH}/{id}`,
      handle({ tenant, params: [id] }) {
        put(tenant, pageOf(tenant, id!, 'deleted').id, undefined)
        return noContent
      },
    },
    {
      method: 'POST',
      path: `${PATH}/{id}/setPriority`,
      handle({ tenant, params: [id], body }) {
        const page = pageOf(tenant, id!, 'given another priority than 0')
        const json = body()
        checkParameters(json, 'setPriority', { priority: 'Edm.Int32' })
        const wanted = json.number('priority')
        if (wanted < 1) throw badRequest('priority is a whole number from 1')
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
        const { json, assignments } = shownAt(call.tenant, call.params[0]!)
        return collection(call, assignments, `${SET}('${json.id}')/assignments`)
      },
    },
    {
      method: 'GET',
      path: `${PATH}/{id}/assignments/{id}`,
      handle(call) {
        const [id, assignment] = call.params
        const { assignments } = shownAt(call.tenant, id!)
        const found = assignments.find((entry) => entry.id === assignment)
        if (!found) throw notFound(ASSIGNMENTS.type.name, assignment!)
        return entity(call, found, `${SET}('${id}')/assignments`)
      },
    },
    {
      method: 'POST',
      path: `${PATH}/{id}/assign`,
      handle({ tenant, params: [id], body }) {
        const page = pageOf(tenant, id!, 'assigned to others than all')
        const targets = targetsOf(tenant.directory.now, body(), 'enrollmentConfigurationAssignments', ASSIGNMENTS)
        put(tenant, page.id, { ...page, ...targets })
        return ok({ value: null })
      },
    },
  ] satisfies Omit<GraphRoute, 'isBeta' | 'permission'>[]
).map((route) => ({ ...route, permission }))
