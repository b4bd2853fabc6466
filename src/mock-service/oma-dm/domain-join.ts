import type { DomainJoinProfileDefinition, HybridJoinDefinition } from '../../domain/hybrid-join.ts'
import { DOMAIN_JOIN_BLOB, DOMAIN_JOIN_CONFIGURED } from '../../domain/hybrid-join.ts'
import { encodeJoinBlob } from '../../protocols/domain-join/blob.ts'
import { deviceTarget } from '../directory/groups.ts'
import { assignmentOf } from '../directory/preparation-policy.ts'
import type { Tenant } from '../tenant.ts'
import type { ManagedDevice } from './managed-device.ts'

const NAME_MAX = 15
const DIGITS = '0123456789ABCDEFGHJKLMNPQRSTUVWXYZ'

/** Why the connector makes no computer for a device, as its own log would have it; undefined where it makes one. */
function whyNoBlob(tenant: Tenant, managed: ManagedDevice): string | undefined {
  const { hybridJoin } = tenant.definition
  if (!hybridJoin) return 'the tenant has no Active Directory'
  const { connector = 'active' } = tenant.enrolmentRules
  if (connector !== 'active') return `the connector is ${connector}`
  const profile = domainJoinProfileOf(tenant, managed, hybridJoin)
  if (!profile) return 'no domain join profile is assigned to the device'
  if (!/^[a-z0-9-]+$/i.test(profile.computerNamePrefix)) {
    return `the prefix "${profile.computerNamePrefix}" makes no computer name: variables are not supported`
  }
  return hybridJoin.mayCreateComputers ? undefined : 'the connector may not create computers in the organizational unit'
}

function domainJoinProfileOf(
  tenant: Tenant,
  { device }: ManagedDevice,
  { domainJoinProfiles }: HybridJoinDefinition,
): DomainJoinProfileDefinition | undefined {
  const { groups } = tenant.managementOf(device, device.upn)
  return domainJoinProfiles.find(
    (profile) => deviceTarget(assignmentOf(tenant.definition.tenantId, profile), groups) !== undefined,
  )
}

/** A device that is to join the domain gets its blob in the first session after the connector has made it. */
export function orderDomainJoin(tenant: Tenant, managed: ManagedDevice): void {
  const { device } = managed
  const { hybridJoin } = tenant.definition
  if (managed.domainJoin || !device.registered || !hybridJoin) return
  if (tenant.profileOf(device.registered).profile?.mode !== 'hybrid') return
  if (managed.connectorSince === undefined) {
    if (!domainJoinProfileOf(tenant, managed, hybridJoin)) return
    managed.pending.push([{ kind: 'Replace', uri: DOMAIN_JOIN_CONFIGURED, format: 'bool', data: 'true' }])
    managed.connectorSince = tenant.now()
  }
  if (whyNoBlob(tenant, managed) !== undefined) return
  if (tenant.now() < managed.connectorSince + hybridJoin.connectorSeconds * 1000) return
  const prefix = domainJoinProfileOf(tenant, managed, hybridJoin)!.computerNamePrefix.slice(0, NAME_MAX - 1)
  const computerName = prefix + randomName(tenant, NAME_MAX - prefix.length)
  managed.domainJoin = { computerName, createdAt: tenant.now() }
  const data = encodeJoinBlob({ domain: hybridJoin.domain, computerName })
  managed.pending.push([{ kind: 'Replace', uri: DOMAIN_JOIN_BLOB, format: 'chr', data }])
}

/** The rest of the name is random, up to 15 characters [D]. */
const randomName = (tenant: Tenant, length: number): string =>
  [...tenant.ids.guid().replaceAll('-', '')]
    .slice(0, length)
    .map((digit) => DIGITS[Number.parseInt(digit, 16)])
    .join('')
