import type { TenantDefinition } from '../domain/tenant.ts'
import type { TenantAction } from '../domain/tenant-action.ts'
import { UserError } from '../domain/trouble.ts'
import type { EventRule } from '../events/event-rules.ts'
import { nearest } from './nearest.ts'

type Kind = 'user' | 'group' | 'profile' | 'statusPage' | 'app'

/** What the tenant's file has of each kind, by the names that an event may use. */
const NAMES: Record<Kind, (tenant: TenantDefinition) => string[]> = {
  user: ({ users }) => users.map(({ email }) => email),
  group: ({ groups }) => groups.map(({ id }) => id),
  profile: ({ deploymentProfiles }) => deploymentProfiles.map(({ id }) => id),
  statusPage: ({ statusPages }) => statusPages.map(({ id }) => id),
  app: ({ apps }) => apps.map(({ id }) => id),
}

const EVERYBODY = ['allDevices', 'allUsers']

/** An event about what the tenant does not have would do nothing; what another event makes is not known yet. Code `ERR_NOT_FOUND`. */
export function refuseUnknownNames({ does }: EventRule, rules: readonly EventRule[], tenant: TenantDefinition): void {
  if (does.kind !== 'administrator' || rules.some(isRequest)) return
  for (const [kind, name] of namesIn(does.value)) {
    const known = NAMES[kind](tenant)
    if (known.some((one) => one.toLowerCase() === name.toLowerCase())) continue
    const near = nearest(name, known)
    const hint = near === undefined ? `There are: ${known.join(', ') || 'none'}` : `Did you mean "${near}"?`
    throw new UserError('ERR_NOT_FOUND', `the tenant "${tenant.id}" has no ${kind} "${name}"`, [hint])
  }
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

function namesIn({ kind, value }: TenantAction): [Kind, string][] {
  if (kind === 'assignLicence' || kind === 'removeLicence') return [['user', value]]
  if (kind === 'setPassword') return [['user', value.user]]
  if (kind !== 'assign' && kind !== 'unassign' && kind !== 'delete') return []
  return Object.entries(value).flatMap(([fact, name]): [Kind, string][] => {
    if (fact !== 'to' && fact !== 'from') return [[fact as Kind, name]]
    return EVERYBODY.includes(name) ? [] : [['group', name]]
  })
}
