import type { PageId } from '../../domain/pages.ts'
import { LOCAL_RESET_NODE } from '../../domain/reset.ts'
import type { FactBehind } from './cause.ts'
import { ofRecovery } from './device-facts.ts'
import type { KnownSpec, Story } from './story.ts'

type Found = Pick<FactBehind, 'fact' | 'text'>

/** What of the school or the device is behind a page that says it for several reasons alike: the domain join, and a local reset. */
export function sharedTextFact(spec: KnownSpec, page: PageId | undefined, text: string): Found | undefined {
  if (page === 'domainJoin') return domainJoinFact(spec)
  return page === 'nextSignIn' && text.includes('reset manually') ? resetFact(spec) : undefined
}

function domainJoinFact({ tenant }: KnownSpec): Found | undefined {
  const { connector } = tenant.enrollment ?? {}
  if (connector !== undefined && connector !== 'active') {
    return { fact: 'tenant.enrollment.connector', text: `the Intune Connector for Active Directory is ${connector}` }
  }
  const { mayCreateComputers, domainJoinProfiles = [] } = tenant.hybridJoin ?? {}
  if (mayCreateComputers === false) {
    return { fact: 'tenant.hybridJoin.mayCreateComputers', text: 'the connector may not create computers' }
  }
  const index = domainJoinProfiles.findIndex(({ computerNamePrefix }) => computerNamePrefix.includes('%'))
  if (index >= 0) {
    const text = `the prefix "${domainJoinProfiles[index]!.computerNamePrefix}" has a variable, which a domain join profile cannot have`
    return { fact: `tenant.hybridJoin.domainJoinProfiles.${index}.computerNamePrefix`, text }
  }
  return domainJoinProfiles.length === 0
    ? { fact: 'tenant.hybridJoin.domainJoinProfiles', text: 'the tenant has no domain join profile' }
    : undefined
}

function resetFact(spec: KnownSpec): Found | undefined {
  const index = spec.tenant.deploymentProfiles?.findIndex(({ mode }) => mode === 'hybrid') ?? -1
  return (
    ofRecovery(spec) ??
    (index < 0
      ? undefined
      : { fact: `tenant.deploymentProfiles.${index}.mode`, text: 'Autopilot Reset is not for hybrid joined devices' })
  )
}

/** The keys of a local reset do nothing where no policy allows it, which is the default. */
export function resetNotAllowed({ spec: { tenant } }: Story, text: string): Found | undefined {
  if (!text.includes('a local Autopilot Reset is not allowed')) return undefined
  const { policies = [] } = tenant
  const index = policies.findIndex(({ policy }) => LOCAL_RESET_NODE.endsWith(`/${policy}`))
  return index < 0
    ? { fact: 'tenant.policies', text: 'no policy of the tenant allows it' }
    : { fact: `tenant.policies.${index}.value`, text: `the policy has the value ${policies[index]!.value}` }
}
