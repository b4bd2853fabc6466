import type { JournalEntry } from '../domain/journal.ts'
import type { TenantDefinition, UserDefinition } from '../domain/tenant.ts'
import type { TenantAction, TenantActions, TenantObject } from '../domain/tenant-action.ts'

/** A school as its administrators have left it so far, and what they cannot see in its file. */
export interface TenantNow {
  tenant: TenantDefinition
  /** The device object of Microsoft Entra, where an administrator has touched it. */
  entraDevice?: 'disabled' | 'enabled' | 'deleted'
  /** The record of the managed device was deleted. */
  isManagedDeviceDeleted: boolean
  /** Remote actions that wait for the next session, in their order. */
  waiting: readonly string[]
  /** Policies of Conditional Access that are switched off. */
  accessOff: ReadonlySet<string>
  /** Requests to Microsoft Graph: what they changed is not worked out. */
  graphRequests: number
}

type State = Omit<TenantNow, 'accessOff'> & { accessOff: Set<string>; device: string }

/** What each action changes. One without its line does not compile. */
type Changes = { [Kind in TenantAction['kind']]: (state: State, value: TenantActions[Kind]) => Partial<State> }

const users = ({ tenant }: State, email: string, change: Partial<UserDefinition>): Partial<State> => ({
  tenant: {
    ...tenant,
    users: tenant.users.map((user) => (isSame(user.email, email) ? { ...user, ...change } : user)),
  },
})

const isSame = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase()

type Told<Facts> = { [Fact in keyof Facts]?: Exclude<Facts[Fact], undefined> }

const told = <Facts extends object>(facts: Facts): Told<Facts> =>
  Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined)) as Told<Facts>

const LISTS = { profile: 'deploymentProfiles', statusPage: 'statusPages', app: 'apps' } as const

/** The list of an object, with each one that it names changed; null takes it out. */
function objects(
  { tenant }: State,
  object: TenantObject,
  change: (assignedTo: readonly string[]) => string[] | null,
): Partial<State> {
  const [[kind, id]] = Object.entries(object).filter(([key]) => Object.hasOwn(LISTS, key)) as [
    [keyof typeof LISTS, string],
  ]
  const list = tenant[LISTS[kind]] as readonly { id: string; name: string; assignedTo: string[] }[]
  const changed = list.flatMap((one) => {
    if (one.id !== id && one.name !== id) return [one]
    const assignedTo = change(one.assignedTo)
    return assignedTo === null ? [] : [{ ...one, assignedTo }]
  })
  return { tenant: { ...tenant, [LISTS[kind]]: changed } }
}

const CHANGES: Changes = {
  assignLicence: (state, email) => users(state, email, { licensed: true }),
  removeLicence: (state, email) => users(state, email, { licensed: false }),
  // The password itself is a secret.
  setPassword: () => ({}),
  assign: (state, { to, ...object }) => objects(state, object, (before) => [...new Set([...before, to])]),
  unassign: (state, { from, ...object }) => objects(state, object, (before) => before.filter((one) => one !== from)),
  delete: (state, object) => {
    const { tenant } = state
    if ('user' in object)
      return { tenant: { ...tenant, users: tenant.users.filter(({ email }) => !isSame(email, object.user)) } }
    if ('group' in object) {
      const isIt = ({ id, name }: { id: string; name: string }) => id === object.group || name === object.group
      return { tenant: { ...tenant, groups: tenant.groups.filter((group) => !isIt(group)) } }
    }
    return objects(state, object, () => null)
  },
  register: ({ tenant, device }, { groupTag = '' }) => ({
    tenant: {
      ...tenant,
      devices: [
        ...tenant.devices.filter((one) => one.device !== device),
        { device, groupTag, purchaseOrder: '', assignedUser: '', path: 'manual', registeredBefore: '0s' },
      ],
    },
  }),
  deregister: ({ tenant, device }) => ({
    tenant: { ...tenant, devices: tenant.devices.filter((one) => one.device !== device) },
  }),
  setGroupTag: ({ tenant, device }, groupTag) => ({
    tenant: {
      ...tenant,
      devices: tenant.devices.map((one) => (one.device === device ? { ...one, groupTag } : one)),
    },
  }),
  entraDevice: (_, what) => ({ entraDevice: `${what}d` as 'disabled' | 'enabled' | 'deleted' }),
  allowNextEnrollment: () => ({}),
  device: ({ waiting }, action) => ({ waiting: [...waiting, action] }),
  deleteManagedDevice: () => ({ isManagedDeviceDeleted: true, waiting: [] }),
  enrollment: ({ tenant }, changes) => ({
    tenant: { ...tenant, enrollment: { ...tenant.enrollment, ...told(changes) } },
  }),
  account: (state, { user, ...changes }) => users(state, user, told(changes)),
  conditionalAccess: (state, { policy, exclude, state: to }) => {
    const { tenant, accessOff } = state
    if (to === 'off') accessOff.add(policy)
    if (to === 'on') accessOff.delete(policy)
    if (exclude === undefined) return { accessOff }
    const conditionalAccess = (tenant.conditionalAccess ?? []).map((one) =>
      one.id === policy ? { ...one, excluded: [...one.excluded, exclude] } : one,
    )
    return { accessOff, tenant: { ...tenant, conditionalAccess } }
  },
  graph: ({ graphRequests }, { method }) => ({ graphRequests: graphRequests + (method === 'GET' ? 0 : 1) }),
}

/**
 * The school of a run as far as a journal has come: the file of the tenant, and each act of an administrator on top of it. A session of the
 * device takes the remote actions that waited for it.
 *
 * @param device file name of the device of the run
 */
export function tenantNow(tenant: TenantDefinition, device: string, entries: readonly JournalEntry[]): TenantNow {
  let state: State = {
    tenant,
    device,
    isManagedDeviceDeleted: false,
    waiting: [],
    accessOff: new Set(),
    graphRequests: 0,
  }
  for (const entry of entries) {
    if (entry.kind === 'session' && entry.event === 'ended') state = { ...state, waiting: [] }
    if (entry.kind !== 'stimulus' || entry.stimulus.kind !== 'tenantChange') continue
    const { kind, value } = entry.stimulus.action
    state = { ...state, ...(CHANGES[kind] as (state: State, value: unknown) => Partial<State>)(state, value) }
  }
  const { device: _, ...now } = state
  return now
}
