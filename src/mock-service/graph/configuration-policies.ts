import type { ConfigurationPolicy } from '../oma-dm/configuration-policy.ts'
import type { Tenant } from '../tenant.ts'
import { type AssignmentKind, assignmentsToJson, assignmentType, targetsOf } from './assignments.ts'
import { collection, created, entity, type GraphRoute, noContent, notFound, ok } from './call.ts'
import { NEW_POLICY, policyFacts, policyToJson, settingsToJson } from './configuration-policy-json.ts'

const PATH = '/deviceManagement/configurationPolicies'
const SET = PATH.slice(1)
const permission = 'DeviceManagementConfiguration'

/** The form of the ids is that of the documentation's example. */
const ASSIGNMENTS: AssignmentKind = {
  type: assignmentType('deviceManagementConfigurationPolicyAssignment'),
  allowsUsers: true,
  idOf: (policy, group) => `${policy}_${group}`,
}

function policyOf(tenant: Tenant, id: string): ConfigurationPolicy {
  const policy = tenant.state.management.policies.get(id)
  if (!policy) throw notFound('deviceManagementConfigurationPolicy', id)
  return policy
}

const put = (tenant: Tenant, policy: ConfigurationPolicy): ConfigurationPolicy => {
  tenant.state.management.policies.set(policy.id, policy)
  return policy
}

const assignmentsOf = (policy: ConfigurationPolicy) => assignmentsToJson(policy.id, policy, ASSIGNMENTS)

/** `deviceManagementConfigurationPolicy`: the settings catalogue. Which settings are sent: oma-dm/policy-nodes.ts. */
export const configurationPolicyRoutes: GraphRoute[] = (
  [
    {
      method: 'GET',
      path: PATH,
      handle: (call) => collection(call, [...call.tenant.state.management.policies.values()].map(policyToJson), SET),
    },
    {
      method: 'POST',
      path: PATH,
      handle({ tenant, body }) {
        const now = tenant.now()
        const facts = policyFacts(body(), NEW_POLICY)
        const times = { createdAt: now, lastModifiedAt: now }
        return created(
          policyToJson(put(tenant, { ...facts, ...times, id: tenant.ids.guid(), assignedTo: [], excluded: [] })),
        )
      },
    },
    {
      method: 'GET',
      path: `${PATH}/{id}`,
      handle: (call) => entity(call, policyToJson(policyOf(call.tenant, call.params[0]!)), SET),
    },
    {
      method: 'PATCH',
      path: `${PATH}/{id}`,
      handle(call) {
        const { tenant, params, body } = call
        const policy = policyOf(tenant, params[0]!)
        const changed = { ...policy, ...policyFacts(body(), policy), lastModifiedAt: tenant.now() }
        return entity(call, policyToJson(put(tenant, changed)), SET)
      },
    },
    {
      method: 'DELETE',
      path: `${PATH}/{id}`,
      handle({ tenant, params: [id] }) {
        tenant.state.management.policies.delete(policyOf(tenant, id!).id)
        return noContent
      },
    },
    {
      method: 'GET',
      path: `${PATH}/{id}/settings`,
      handle(call) {
        const policy = policyOf(call.tenant, call.params[0]!)
        return collection(call, settingsToJson(policy), `${SET}('${policy.id}')/settings`)
      },
    },
    {
      method: 'GET',
      path: `${PATH}/{id}/assignments`,
      handle(call) {
        const policy = policyOf(call.tenant, call.params[0]!)
        return collection(call, assignmentsOf(policy), `${SET}('${policy.id}')/assignments`)
      },
    },
    {
      method: 'POST',
      path: `${PATH}/{id}/assign`,
      handle(call) {
        const { tenant, params, body } = call
        const policy = policyOf(tenant, params[0]!)
        const targets = targetsOf(tenant.directory.now, body(), 'assignments', ASSIGNMENTS)
        return ok({ value: assignmentsOf(put(tenant, { ...policy, ...targets })) })
      },
    },
  ] satisfies Omit<GraphRoute, 'permission' | 'isBeta'>[]
).map((route) => ({ ...route, isBeta: true, permission }))
