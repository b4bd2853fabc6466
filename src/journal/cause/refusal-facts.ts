import type { TenantDefinition, UserDefinition } from '../../domain/tenant.ts'
import type { FactBehind } from './cause.ts'
import type { KnownSpec } from './story.ts'

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

/** Numbers of AADSTS by what a policy of conditional access asks for. */
const GRANTS: Readonly<Record<string, string>> = { '53003': 'block', '53000': 'compliantDevice' }

/** The policy that refuses a sign-in: the first that is for this person, and asks for what the number says. */
export function policyTrouble(
  { conditionalAccess = [] }: Partial<TenantDefinition>,
  email: string | undefined,
  code: string,
): Found | undefined {
  const grant = GRANTS[/\d{5}$/.exec(code)?.[0] ?? '']
  const isFor = (list: readonly string[]) => list.some((one) => one.toLowerCase() === email?.toLowerCase())
  const index = conditionalAccess.findIndex(
    (policy) => policy.grant === grant && (policy.users === 'all' || isFor(policy.users)) && !isFor(policy.excluded),
  )
  if (grant === undefined || index < 0) return undefined
  const text = `the conditional access policy "${conditionalAccess[index]!.name}" has grant ${grant}`
  return { fact: `tenant.conditionalAccess.${index}`, text }
}

/** What of the network kept a request from its answer. */
export function networkTrouble({ network }: KnownSpec, text: string): Found | undefined {
  const { proxy, closedPorts = [], dns, inspect, ipv6Only } = network ?? {}
  const port = /port (\d+) is closed on this network/.exec(text)?.[1]
  if (port !== undefined && closedPorts.includes(Number(port))) {
    return { fact: 'network.closedPorts', text: `the network closes the port ${port}` }
  }
  if (proxy?.signIn && text.includes('asks for a sign-in')) {
    return { fact: 'network.proxy', text: `the proxy ${proxy.address} asks for a sign-in` }
  }
  if (dns !== undefined && text.includes('DNS does not')) {
    return { fact: 'network.dns', text: `the DNS of the network is ${dns === 'down' ? 'down' : 'without this name'}` }
  }
  if (inspect && text.includes('TLS inspection')) {
    return { fact: 'network.inspect', text: `the network inspects ${inspect.hosts.join(', ')}` }
  }
  if (ipv6Only && text.includes('no IPv6 address'))
    return { fact: 'network.ipv6Only', text: 'the network has IPv6 alone' }
  return undefined
}
