import type { UserDefinition } from '../../domain/tenant.ts'
import type { JsonObject } from '../../protocols/json.ts'
import type { DeviceLabels } from '../oma-dm/enrolment-facts.ts'
import type { ManagedDevice } from '../oma-dm/managed-device.ts'
import { removeDevice } from '../oma-dm/remove-device.ts'
import type { Tenant } from '../tenant.ts'
import { badRequest, collection, entity, type GraphCall, type GraphRoute, noContent, notFound } from './call.ts'
import { managedDeviceToJson } from './managed-device-json.ts'
import { noneReadOnly, onlyMembers } from './strict-body.ts'
import { userOf, userToJson } from './users.ts'

export const MANAGED_DEVICES = '/deviceManagement/managedDevices'
const SET = MANAGED_DEVICES.slice(1)
const permission = 'DeviceManagementManagedDevices'

export function managedDeviceOf(tenant: Tenant, id: string): [thumbprint: string, device: ManagedDevice] {
  const found = [...tenant.state.management.managed].find(([, managed]) => managed.device.entDmId === id)
  if (!found) throw notFound('managedDevice', id)
  return found
}

const alone = (call: GraphCall): ManagedDevice => managedDeviceOf(call.tenant, call.params[0]!)[1]

const OWNERS = ['unknown', 'company', 'personal'] as const

/** What an administrator may write; the documentation lists every member, and the service takes these. @throws GraphError 400 */
function labelsOf(
  json: JsonObject,
  labels: DeviceLabels,
  shown: Record<string, unknown>,
  isBeta: boolean,
): DeviceLabels {
  const ownerName = isBeta && 'ownerType' in json.members ? 'ownerType' : 'managedDeviceOwnerType'
  const writable = ['managedDeviceOwnerType', ...(isBeta ? ['ownerType'] : []), 'managedDeviceName', 'notes']
  onlyMembers(json, 'managedDevice', [...Object.keys(shown), ...writable])
  noneReadOnly(
    json,
    Object.keys(shown).filter((name) => !writable.includes(name)),
  )
  const { notes = labels.notes, managedDeviceName = labels.name, [ownerName]: owner = labels.owner } = json.members
  const known = OWNERS.find((one) => one === owner)
  if (known === undefined) throw badRequest(`${ownerName} is one of ${OWNERS.join(', ')}`)
  if (notes !== null && typeof notes !== 'string') throw badRequest('notes is a text')
  if (managedDeviceName !== undefined && typeof managedDeviceName !== 'string') {
    throw badRequest('managedDeviceName is a text')
  }
  return { owner: known, notes: notes ?? '', name: managedDeviceName }
}

/** What a person has enrolled. */
export function managedDevicesOf(call: GraphCall, { email }: Pick<UserDefinition, 'email'>, entitySet: string) {
  const own = [...call.tenant.state.management.managed.values()].filter(
    ({ device }) => device.upn.toLowerCase() === email.toLowerCase(),
  )
  return collection(
    call,
    own.map((device) => managedDeviceToJson(call, device, false)),
    entitySet,
  )
}

/** `managedDevice`: what has enrolled. */
export const managedDeviceRoutes: GraphRoute[] = (
  [
    {
      method: 'GET',
      path: MANAGED_DEVICES,
      handle: (call) =>
        collection(
          call,
          [...call.tenant.state.management.managed.values()].map((device) => managedDeviceToJson(call, device, false)),
          SET,
        ),
    },
    {
      method: 'GET',
      path: `${MANAGED_DEVICES}/{id}`,
      handle: (call) => entity(call, managedDeviceToJson(call, alone(call), true), SET),
    },
    {
      method: 'PATCH',
      path: `${MANAGED_DEVICES}/{id}`,
      handle(call) {
        const device = alone(call)
        const shown = managedDeviceToJson(call, device, true)
        device.labels = labelsOf(call.body(), device.labels, shown, call.version === 'beta')
        call.tenant.changes.note()
        return entity(call, managedDeviceToJson(call, device, true), SET)
      },
    },
    {
      method: 'DELETE',
      path: `${MANAGED_DEVICES}/{id}`,
      handle({ tenant, params: [id] }) {
        const [thumbprint, { device }] = managedDeviceOf(tenant, id!)
        removeDevice(tenant, thumbprint)
        // With its record gone, a device that has enrolled without a user may do so again (oobe-autopilot-esp.md, 2.1 [D]).
        if (device.registered) tenant.contacts.note(device.registered.id, { userlessEnrollment: 'unknown' })
        return noContent
      },
    },
    {
      method: 'GET',
      path: `${MANAGED_DEVICES}/{id}/users`,
      isBeta: true,
      handle(call) {
        const { upn } = alone(call).device
        const user = call.tenant.directory.now.users.get(upn.toLowerCase())
        return collection(call, user ? [userToJson(user)] : [], 'users')
      },
    },
    {
      method: 'GET',
      path: '/users/{id}/managedDevices',
      handle: (call) => {
        const [id = ''] = call.params
        return managedDevicesOf(call, userOf(call.tenant, id), `users('${id}')/managedDevices`)
      },
    },
  ] satisfies Omit<GraphRoute, 'permission'>[]
).map((route) => ({ ...route, permission }))
