import type { DeviceDefinition } from '../../domain/device.ts'
import { meetsCondition, type Whereabouts, whereText } from '../../domain/named-locations.ts'
import type { TenantDefinition, UserDefinition } from '../../domain/tenant.ts'
import type { FactBehind } from './cause.ts'
import type { KnownSpec, Story } from './story.ts'

type Found = Pick<FactBehind, 'fact' | 'text'>

/** What of an account keeps its person from signing in, by the number that Entra refuses it with. */
export function accountTrouble(path: string, user: UserDefinition, code: string | undefined): Found | undefined {
  const fact = (name: keyof UserDefinition, text: string): Found => ({ fact: `${path}.${name}`, text })
  const { email, disabled, locked, passwordExpired } = user
  if (code === '50057' && disabled) return fact('disabled', `${email} has disabled true`)
  if (code === '50053' && locked) return fact('locked', `${email} has locked true`)
  if ((code === '50055' || code === '50144') && passwordExpired) {
    return fact('passwordExpired', `${email} has passwordExpired ${passwordExpired}`)
  }
  return undefined
}

/** What keeps a security key from signing in: its account is known to no one, since none was entered. */
export function keyTrouble(
  { tenant, device }: { tenant: Partial<TenantDefinition>; device: Pick<DeviceDefinition, 'securityKeys'> },
  code: string | undefined,
): Found | undefined {
  if (code === '135016' && tenant.securityKeys === 'disabled') {
    return { fact: 'tenant.securityKeys', text: 'the tenant has securityKeys disabled' }
  }
  const registered = (tenant.users ?? []).flatMap(({ securityKeys = [] }) => securityKeys)
  const index = device.securityKeys?.findIndex(({ name, account }) => account && !registered.includes(name)) ?? -1
  if (code !== '135010' || index < 0) return undefined
  const { name, account } = device.securityKeys![index]!
  return {
    fact: `device.securityKeys.${index}`,
    text: `the key "${name}" is not among the securityKeys of ${account}`,
  }
}

/** Where the internet saw the device at the end of a record. */
function whereaboutsIn(network: KnownSpec['network'], entries: Story['entries']): Whereabouts {
  const { ethernet, wifi = [], from = {} } = network ?? {}
  const now = entries.findLast((entry) => entry.kind === 'network')
  if (now?.kind !== 'network') return from
  const carrier = now.via === 'ethernet' ? ethernet : wifi.find(({ ssid }) => ssid === now.ssid)
  return carrier?.from ?? from
}

/** Numbers of AADSTS by what a policy of conditional access asks for. */
const GRANTS: Readonly<Record<string, string>> = {
  '53003': 'block',
  '53000': 'compliantDevice',
  '50076': 'multifactor',
}

/** The policy that refuses a sign-in: the first that is for this person and this place, and asks for what the number says. */
export function policyTrouble(
  { spec, entries }: Pick<Story, 'spec' | 'entries'>,
  email: string | undefined,
  code: string,
): Found | undefined {
  const { conditionalAccess = [], namedLocations = [] } = spec.tenant
  const from = whereaboutsIn(spec.network, entries)
  const grant = GRANTS[/\d{5}$/.exec(code)?.[0] ?? '']
  const isFor = (list: readonly string[]) => list.some((one) => one.toLowerCase() === email?.toLowerCase())
  const index = conditionalAccess.findIndex(
    (policy) =>
      policy.grant === grant &&
      (policy.users === 'all' || isFor(policy.users)) &&
      !isFor(policy.excluded) &&
      (!policy.locations || meetsCondition(policy.locations, namedLocations, from)),
  )
  if (grant === undefined || index < 0) return undefined
  const { name, locations } = conditionalAccess[index]!
  const at = locations ? `, and the device comes from ${whereText(from)}` : ''
  const text = `the conditional access policy "${name}" has grant ${grant}${at}`
  return { fact: `tenant.conditionalAccess.${index}`, text }
}
