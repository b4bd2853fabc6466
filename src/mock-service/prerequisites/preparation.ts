import type { DevicePreparationPolicyDefinition } from '../../domain/tenant.ts'
import { deviceTarget } from '../directory/groups.ts'
import { objectId } from '../directory/load.ts'
import { assignmentOf } from '../directory/preparation-policy.ts'
import type { Tenant } from '../tenant.ts'
import { count, type Reason } from './prerequisite.ts'

/** How a school sets up devices that it has not registered; undefined where it does not. */
export function preparing({ definition }: Tenant): string | undefined {
  const { length } = definition.devicePreparationPolicies.filter(isUsed)
  if (length === 0) return undefined
  return `${count(length, 'device preparation policy').replace(/ys$/, 'ies')} for devices that are not registered`
}

const isUsed = ({ deviceGroup, assignedTo }: DevicePreparationPolicyDefinition): boolean =>
  deviceGroup !== '' && assignedTo.length > 0

/** What keeps a device preparation policy from its work (reference: oobe-autopilot-esp.md, 2.8 [D]). */
export const preparationFaults = (tenant: Tenant): Reason[] =>
  tenant.definition.devicePreparationPolicies.flatMap((policy): Reason[] => {
    const name = `the device preparation policy "${policy.name}"`
    if (policy.deviceGroup === '') {
      return [{ text: `${name} has no device group, and is not delivered`, remedy: 'choose a device group for it' }]
    }
    if (policy.assignedTo.length === 0) {
      return [
        {
          text: `no person gets ${name}: it is assigned to nothing`,
          remedy: 'assign it to a group of users, or delete it',
        },
      ]
    }
    return skippedBy(tenant, policy).map((item) => ({
      text: `${name} selects "${item}", which its device group does not get: it will be skipped`,
      remedy: 'assign it to the device group, for the system',
    }))
  })

function skippedBy(tenant: Tenant, { deviceGroup, allowedApps, allowedScripts }: DevicePreparationPolicyDefinition) {
  const { definition, directory } = tenant
  const { tenantId } = definition
  const group = directory.now.groups.get(objectId(tenantId, 'group', deviceGroup))
  const groups = group ? [group] : []
  const apps = [...directory.now.apps.values()].filter(
    (app) => allowedApps.includes(app.id) && !(app.scope === 'device' && deviceTarget(app, groups)),
  )
  const scripts = definition.scripts.filter(
    (script) =>
      allowedScripts.includes(script.id) &&
      !(script.runAsAccount === 'system' && deviceTarget(assignmentOf(tenantId, script), groups)),
  )
  return [...apps, ...scripts].map(({ name }) => name)
}
