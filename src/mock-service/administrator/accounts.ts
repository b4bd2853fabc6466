import type { TenantActions } from '../../domain/tenant-action.ts'
import { ActionRefused, type Office } from './office.ts'

/** Graph has no request that unlocks an account: this writes the change into the directory itself. */
export function changeAccount({ tenant }: Office, { user, ...changes }: TenantActions['account']): void {
  const found = tenant.directory.now.users.get(user.toLowerCase())
  if (!found) throw new ActionRefused(`there is no user ${user}`)
  const told = Object.entries(changes).filter(([, value]) => value !== undefined)
  tenant.directory.change(tenant.now(), ({ users }) => ({
    users: new Map(users).set(user.toLowerCase(), { ...found, ...Object.fromEntries(told) }),
  }))
}

export function changeAccess({ tenant }: Office, { policy, exclude, state }: TenantActions['conditionalAccess']): void {
  if (!tenant.definition.conditionalAccess?.some(({ id }) => id === policy)) {
    throw new ActionRefused(`there is no Conditional Access policy ${policy}`)
  }
  if (exclude !== undefined && !tenant.directory.now.users.has(exclude.toLowerCase())) {
    throw new ActionRefused(`there is no user ${exclude}`)
  }
  const { entra } = tenant.state
  const changes = entra.accessChanges ?? new Map()
  const { isOff, excluded } = changes.get(policy) ?? { isOff: false, excluded: [] }
  tenant.changes.note()
  entra.accessChanges = changes.set(policy, {
    isOff: state === undefined ? isOff : state === 'off',
    excluded: exclude === undefined ? excluded : [...excluded, exclude.toLowerCase()],
  })
}
