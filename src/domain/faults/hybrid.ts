import { CODE } from '../windows-codes.ts'
import type { Fault, FaultFacts } from './fault.ts'

const HYBRID = 'oobe-autopilot-esp.md, 2.7'

const atTheJoin = { family: 'tenant', base: 'hybrid', bites: { fromStart: 'domainJoin' }, page: 'domainJoin' } as const
const none = { recovery: { by: 'none' }, ends: 'failed' } as const

const noBlob = (name: string, about: string, help: string, facts: FaultFacts): Fault => ({
  ...atTheJoin,
  name,
  about,
  help,
  facts,
  code: CODE.domainControllerNotFound,
  says: 'no offline domain join blob came',
  ...none,
  source: `${HYBRID} [D]`,
})

/** What keeps a device from the school's own Active Directory. */
export const HYBRID_FAULTS: readonly Fault[] = [
  {
    ...noBlob(
      'domain-join-connector-inactive',
      'The Intune Connector for Active Directory does not answer.',
      'The administrator starts the connector; then the person tries again.',
      { tenant: { enrollment: { connector: 'inactive' } } },
    ),
    recovery: { by: 'administrator', does: { enrollment: { connector: 'active' } }, press: 'tryAgain' },
    ends: 'asBefore',
  },
  noBlob(
    'domain-join-without-rights',
    'The connector may not create computers in the organizational unit.',
    'Delegate the right to create computers in the organizational unit, and start again.',
    { tenant: { hybridJoin: { mayCreateComputers: false } } },
  ),
  {
    ...atTheJoin,
    name: 'domain-join-profile-missing',
    about: 'No domain join profile is assigned to the device.',
    help: 'Assign a profile of the type Domain Join to the group of the device.',
    facts: { tenant: { hybridJoin: { domainJoinProfiles: [] } } },
    code: CODE.domainControllerNotFound,
    says: 'no domain join for this device',
    ...none,
    source: `${HYBRID} [D]`,
  },
  {
    ...atTheJoin,
    name: 'domain-controller-unreachable',
    family: 'network',
    about: 'No domain controller answers the ping of the device.',
    help: 'Connect the device to the network of the domain, or let the profile skip the check.',
    facts: { network: { blockedHosts: ['ad.contoso.example'] } },
    code: CODE.domainControllerNotFound,
    says: 'no domain controller of ad.contoso.example answers',
    ...none,
    source: `${HYBRID} [D]`,
  },
  {
    name: 'domain-computer-not-synchronized',
    family: 'tenant',
    about: 'Microsoft Entra Connect brings the computer to Microsoft Entra a day later.',
    help: 'Let Microsoft Entra Connect synchronize the organizational unit, and start again.',
    base: 'hybrid',
    bites: { fromStart: 'hybridJoin' },
    facts: { tenant: { hybridJoin: { syncMinutes: 1_440 } } },
    page: 'hybridJoin',
    code: CODE.timedOut,
    says: 'Microsoft Entra did not learn of this computer in time',
    ...none,
    source: `${HYBRID} [U]`,
  },
]
