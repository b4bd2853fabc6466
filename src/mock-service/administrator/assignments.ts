import type { TenantObject } from '../../domain/tenant-action.ts'
import { EVERYBODY, objectId } from '../directory/load.ts'
import { statusPageIdOf } from '../graph/status-page-id.ts'
import { ActionRefused, type Office } from './office.ts'

const DM = '/deviceManagement'

interface Place {
  /** The object's own address. */
  path: string
  /** What its assignments are sent as, where all of them are sent together. */
  action?: { name: string; list: string }
  /** Members of an assignment besides its target. */
  besides?: Record<string, unknown>
}

/** Where an object of the tenant's file is in Graph. */
export function placeOf({ tenant }: Office, object: TenantObject): Place {
  const { tenantId } = tenant.definition
  if ('profile' in object) {
    return { path: `${DM}/windowsAutopilotDeploymentProfiles/${objectId(tenantId, 'profile', object.profile)}` }
  }
  if ('statusPage' in object) {
    const id = statusPageIdOf({ id: objectId(tenantId, 'statusPage', object.statusPage) })
    return {
      path: `${DM}/deviceEnrollmentConfigurations/${id}`,
      action: { name: 'assign', list: 'enrollmentConfigurationAssignments' },
    }
  }
  return {
    path: `/deviceAppManagement/mobileApps/${object.app}`,
    action: { name: 'assign', list: 'mobileAppAssignments' },
    besides: { '@odata.type': '#microsoft.graph.mobileAppAssignment', intent: 'required' },
  }
}

interface Assignment {
  id: string
  target: { '@odata.type': string; groupId?: string }
}

const TYPES = { allDevices: 'allDevicesAssignmentTarget', allUsers: 'allLicensedUsersAssignmentTarget' } as const

function targetOf({ tenant }: Office, name: string): Assignment['target'] {
  if ((EVERYBODY as readonly string[]).includes(name)) {
    return { '@odata.type': `#microsoft.graph.${TYPES[name as keyof typeof TYPES]}` }
  }
  const groupId = objectId(tenant.definition.tenantId, 'group', name)
  return { '@odata.type': '#microsoft.graph.groupAssignmentTarget', groupId }
}

const isSame = (a: Assignment['target'], b: Assignment['target']): boolean =>
  a['@odata.type'] === b['@odata.type'] && a.groupId === b.groupId

export function assign(office: Office, object: TenantObject, to: string): void {
  const { path, action, besides = {} } = placeOf(office, object)
  const target = targetOf(office, to)
  if (!action) {
    office.ask('POST', `${path}/assignments`, { ...besides, target })
    return
  }
  const all = office.ask('GET', `${path}/assignments`).value as Assignment[]
  const targets = [...all.map((one) => one.target), target]
  office.ask('POST', `${path}/${action.name}`, {
    [action.list]: targets.map((one) => ({ ...besides, target: bare(one) })),
  })
}

export function unassign(office: Office, object: TenantObject, from: string): void {
  const { path, action, besides = {} } = placeOf(office, object)
  const target = targetOf(office, from)
  const all = office.ask('GET', `${path}/assignments`).value as Assignment[]
  const found = all.find((one) => isSame(one.target, target))
  if (!found) throw new ActionRefused(`it is not assigned to ${from}`)
  if (!action) {
    office.ask('DELETE', `${path}/assignments/${found.id}`)
    return
  }
  const left = all.filter((one) => one !== found)
  office.ask('POST', `${path}/${action.name}`, {
    [action.list]: left.map((one) => ({ ...besides, target: bare(one.target) })),
  })
}

/** A target as a script sends it. */
const bare = ({ '@odata.type': type, groupId }: Assignment['target']): Assignment['target'] => ({
  '@odata.type': type,
  ...(groupId === undefined ? {} : { groupId }),
})
