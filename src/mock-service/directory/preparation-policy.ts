import { whyNotPrepared } from '../../domain/device-preparation.ts'
import type { DevicePreparationPolicyDefinition, TenantDefinition } from '../../domain/tenant.ts'
import type { DeviceAssociation } from './associations.ts'
import { userTarget } from './groups.ts'
import { EVERYBODY, objectId } from './load.ts'
import type { Assignment, DirectoryState, RegisteredDevice } from './state.ts'

/** Who enrols, and what. */
export interface Preparing {
  upn: string
  registered: RegisteredDevice | undefined
  /** Of a device that is associated. */
  association?: DeviceAssociation | undefined
  /** Decimal. */
  productType: string
  osVersion: string
}

/** Object ids in the place of the names in the tenant's file. */
export function assignmentOf(tenantId: string, of: { assignedTo: string[]; excluded: string[] }): Assignment {
  const target = (name: string) =>
    (EVERYBODY as readonly string[]).includes(name) ? name : objectId(tenantId, 'group', name)
  return { assignedTo: of.assignedTo.map(target), excluded: of.excluded.map(target) }
}

/**
 * The device preparation policy that a person's device enrols with (reference: oobe-autopilot-esp.md, 2.8 [D]): of those that reach the
 * person the one with the lowest number. A registered device has its Autopilot profile instead; a policy without a device group does not
 * come. What becomes of a registered device without a profile is not documented: here it is one that is not known [U].
 */
export function preparationPolicyOf(
  { tenantId, devicePreparationPolicies }: TenantDefinition,
  state: DirectoryState,
  { upn, registered, association, productType, osVersion }: Preparing,
): { policy: DevicePreparationPolicyDefinition; groupId: string } | undefined {
  if (registered || upn === '' || whyNotPrepared(productType, osVersion) !== undefined) return undefined
  const isFor = (one: DevicePreparationPolicyDefinition) => userTarget(assignmentOf(tenantId, one), state, upn)
  const [policy] = devicePreparationPolicies
    .filter((one) => one.deviceGroup !== '')
    // A policy of the device comes before that of the person (2.9 [D]).
    .filter((one) => (association?.policy ? one.id === association.policy : isFor(one)))
    .sort((a, b) => a.priority - b.priority)
  return policy && { policy, groupId: objectId(tenantId, 'group', policy.deviceGroup) }
}
