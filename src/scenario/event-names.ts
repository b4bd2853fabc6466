import type { TenantDefinition } from '../domain/tenant.ts'
import type { TenantAction } from '../domain/tenant-action.ts'
import { UserError } from '../domain/trouble.ts'
import type { EventRule } from '../events/event-rules.ts'
import { nearest } from './nearest.ts'

type Kind = 'user' | 'group' | 'profile' | 'statusPage' | 'app'

interface Named {
  id: string
  name: string
}

/** What the tenant's file has of each kind, by the ids and names that an event may use. */
const NAMES: Record<Kind, (tenant: TenantDefinition) => readonly Named[]> = {
  user: ({ users }) => users.map(({ email }) => ({ id: email, name: email })),
  group: ({ groups }) => [...EVERYONE, ...groups],
  profile: ({ deploymentProfiles }) => deploymentProfiles,
  statusPage: ({ statusPages }) => statusPages,
  app: ({ apps }) => apps,
}

/** Groups that each tenant has, as Intune names them. */
const EVERYONE: readonly Named[] = [
  { id: 'allDevices', name: 'All devices' },
  { id: 'allUsers', name: 'All users' },
]

/**
 * The same event, with ids in the place of names. An event about what the tenant does not have would do nothing; what another event makes
 * is not known yet. Codes `ERR_NOT_FOUND`, and `ERR_UNKNOWN_NAME` for a name that two objects have.
 */
export function withIds(rule: EventRule, rules: readonly EventRule[], tenant: TenantDefinition): EventRule {
  const { does } = rule
  if (does.kind !== 'administrator') return rule
  const idOf = (kind: Kind, name: string) => {
    const known = NAMES[kind](tenant)
    const isIt = (one: string) => one.toLowerCase() === name.toLowerCase()
    const same = known.find(({ id }) => isIt(id))
    const found = same === undefined ? known.filter((one) => isIt(one.name)) : [same]
    if (found.length > 1) {
      const hint = `Write its id: ${found.map(({ id }) => id).join(' or ')}`
      throw new UserError('ERR_UNKNOWN_NAME', `the tenant "${tenant.id}" has more than one ${kind} "${name}"`, [hint])
    }
    if (found.length === 1) return found[0]!.id
    if (rules.some(isRequest)) return name
    const names = known.flatMap((one) => (one.id === one.name ? [one.id] : [one.name, one.id]))
    const near = nearest(name, names)
    const hint = near === undefined ? `There are: ${names.join(', ') || 'none'}` : `Did you mean "${near}"?`
    throw new UserError('ERR_NOT_FOUND', `the tenant "${tenant.id}" has no ${kind} "${name}"`, [hint])
  }
  return { ...rule, does: { ...does, value: actionWithIds(does.value, idOf) } }
}

function actionWithIds(action: TenantAction, idOf: (kind: Kind, name: string) => string): TenantAction {
  const { kind, value } = action
  if (kind === 'assignLicence' || kind === 'removeLicence') return { kind, value: idOf('user', value) }
  if (kind === 'setPassword') return { kind, value: { ...value, user: idOf('user', value.user) } }
  if (kind !== 'assign' && kind !== 'unassign' && kind !== 'delete') return action
  const entries = Object.entries(value).map(([fact, name]) => [
    fact,
    idOf(fact === 'to' || fact === 'from' ? 'group' : (fact as Kind), name),
  ])
  return { kind, value: Object.fromEntries(entries) } as TenantAction
}

/** A person who is not there cannot come. Code `ERR_NOT_FOUND`. */
export function refuseUnknownPerson({ does }: EventRule, people: readonly string[]): void {
  if (does.kind !== 'person' || typeof does.value === 'string') return
  const { becomes } = does.value
  if (becomes === undefined || people.includes(becomes)) return
  const near = nearest(becomes, [...people])
  const hint =
    near === undefined
      ? `There are: ${people.join(', ') || 'none. Name them below "people:"'}`
      : `Did you mean "${near}"?`
  throw new UserError('ERR_NOT_FOUND', `the scenario has no person "${becomes}"`, [hint])
}

const isRequest = ({ does }: EventRule): boolean => does.kind === 'administrator' && does.value.kind === 'graph'
