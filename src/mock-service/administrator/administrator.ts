import type { EspPhase } from '../../domain/esp.ts'
import type { SecretRef } from '../../domain/secret.ts'
import type { ServerOrder } from '../../domain/server-act.ts'
import type { TenantAction, TenantActionKind, TenantActions } from '../../domain/tenant-action.ts'
import { failure, type Result, success } from '../../domain/trouble.ts'
import { objectId } from '../directory/load.ts'
import { STUDENT_LICENCE } from '../graph/licences.ts'
import { endHold, holdPhase } from '../oma-dm/release.ts'
import { changeAccess, changeAccount } from './accounts.ts'
import { assign, placeOf, unassign } from './assignments.ts'
import { ActionRefused, type Office } from './office.ts'
import { send } from './server-orders.ts'
import {
  actOn,
  allowNextEnrollment,
  changeEntraDevice,
  deleteManaged,
  deregister,
  managed,
  register,
  setGroupTag,
} from './this-device.ts'

const textOf = (password: string | SecretRef): string => {
  if (typeof password === 'string') return password
  throw new Error('a secret is opened before it is used')
}

/** How each action is done: as a script does it, where Microsoft has a request for it. One without its line does not compile. */
const ACTIONS: { [Kind in TenantActionKind]: (office: Office, value: TenantActions[Kind]) => void } = {
  assignLicence: ({ ask }, user) =>
    ask('POST', `/users/${user}/assignLicense`, {
      addLicenses: [{ skuId: STUDENT_LICENCE, disabledPlans: [] }],
      removeLicenses: [],
    }),
  removeLicence: ({ ask }, user) =>
    ask('POST', `/users/${user}/assignLicense`, { addLicenses: [], removeLicenses: [STUDENT_LICENCE] }),
  setPassword: ({ tenant }, { user, password }) => {
    // Graph resets passwords by long-running operations, which the mock does not have.
    const found = tenant.directory.now.users.get(user.toLowerCase())
    if (!found) throw new ActionRefused(`there is no user ${user}`)
    tenant.directory.change(tenant.now(), ({ users }) => ({
      users: new Map(users).set(user.toLowerCase(), { ...found, password: textOf(password) }),
    }))
  },
  assign: (office, { to, ...object }) => assign(office, object, to),
  unassign: (office, { from, ...object }) => unassign(office, object, from),
  delete: (office, object) => {
    if ('user' in object) return office.ask('DELETE', `/users/${object.user}`)
    const { tenantId } = office.tenant.definition
    if ('group' in object) return office.ask('DELETE', `/groups/${objectId(tenantId, 'group', object.group)}`)
    return office.ask('DELETE', placeOf(office, object).path)
  },
  register,
  deregister,
  setGroupTag,
  entraDevice: changeEntraDevice,
  allowNextEnrollment,
  device: actOn,
  deleteManagedDevice: deleteManaged,
  enrollment: ({ tenant }, changes) => {
    const told = Object.entries(changes).filter(([, value]) => value !== undefined)
    tenant.changes.note()
    tenant.state.enrolment.rules = { ...tenant.state.enrolment.rules, ...Object.fromEntries(told) }
  },
  account: changeAccount,
  conditionalAccess: changeAccess,
  graph: ({ ask }, { method, path, body }) => ask(method, path, body),
}

/** Does what an administrator does. Codes: `ERR_ACTION_REFUSED` with the service's sentence. */
export const administer = (office: Office, { kind, value }: TenantAction): Result<void> =>
  attempt(() => (ACTIONS[kind] as (office: Office, value: TenantAction['value']) => void)(office, value))

/** Sends a command, or releases a phase. Codes: `ERR_ACTION_REFUSED` when the device has not enrolled, or holds no session. */
export const command = (office: Office, order: ServerOrder): Result<void> =>
  attempt(() => send(office.tenant, managed(office), order))

/** The server does not release a phase, or may again. */
export const hold = ({ tenant }: Office, phase: EspPhase, isHeld: boolean): Result<void> =>
  attempt(() => {
    tenant.changes.note()
    if (isHeld) holdPhase(tenant.state.management, phase)
    else endHold(tenant.state.management, phase)
  })

function attempt(act: () => void): Result<void> {
  try {
    act()
    return success(undefined)
  } catch (error) {
    if (error instanceof ActionRefused) return failure('ERR_ACTION_REFUSED', error.message)
    throw error
  }
}
