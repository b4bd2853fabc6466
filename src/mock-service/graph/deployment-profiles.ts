import { TENANT_LIMITS } from '../../domain/tenant-limits.ts'
import { type DeploymentProfile, withEntry } from '../directory/state.ts'
import type { Tenant } from '../tenant.ts'
import { type AssignmentKind, assignmentsToJson, assignmentType, targetOf, without, withTarget } from './assignments.ts'
import { badRequest, collection, created, dateTime, entity, type GraphRoute, noContent, notFound } from './call.ts'
import {
  ENTRA_PROFILE,
  EXPERIENCE_NAMES,
  experienceOf,
  HYBRID_PROFILE,
  localeOf,
  type ProfileFacts,
  profileFacts,
} from './profile-body.ts'

const PATH = '/deviceManagement/windowsAutopilotDeploymentProfiles'
const SET = PATH.slice(1)
const permission = 'DeviceManagementServiceConfig'

/** Ids are as captures have them; that of an exclusion as those of apps have it [M]. */
const ASSIGNMENTS: AssignmentKind = {
  type: assignmentType('windowsAutopilotDeploymentProfileAssignment'),
  allowsUsers: false,
  idOf: (profile, group, isExclusion) => `${profile}_${group}_${Number(isExclusion)}`,
}

/** With both sets of names, as the service answers [D]. */
export function profileToJson(profile: DeploymentProfile): Record<string, unknown> {
  const experience = experienceOf(profile)
  const locale = localeOf(profile)
  const extractsHash = profile.extractsHash ?? false
  return {
    '@odata.type': `#microsoft.graph.${profile.mode === 'hybrid' ? HYBRID_PROFILE.name : ENTRA_PROFILE.name}`,
    id: profile.id,
    displayName: profile.name,
    description: profile.description,
    language: locale,
    locale,
    createdDateTime: profile.createdDateTime,
    lastModifiedDateTime: dateTime(profile.lastModifiedAt),
    enrollmentStatusScreenSettings: null,
    extractHardwareHash: extractsHash,
    hardwareHashExtractionEnabled: extractsHash,
    deviceNameTemplate: profile.deviceNameTemplate,
    deviceType: 'windowsPc',
    enableWhiteGlove: profile.preprovisioningAllowed,
    preprovisioningAllowed: profile.preprovisioningAllowed,
    roleScopeTagIds: ['0'],
    managementServiceAppId: null,
    outOfBoxExperienceSettings: Object.fromEntries(
      Object.entries(EXPERIENCE_NAMES).map(([name, oldName]) => [oldName, experience[name as keyof typeof experience]]),
    ),
    outOfBoxExperienceSetting: experience,
    ...(profile.mode === 'hybrid'
      ? { hybridAzureADJoinSkipConnectivityCheck: profile.skipConnectivityCheck ?? false }
      : {}),
  }
}

const NEW: ProfileFacts = {
  name: '',
  description: '',
  mode: 'userDriven',
  userType: 'standard',
  privacySettingsHidden: false,
  licenseTermsHidden: false,
  keyboardSelectionPageSkipped: false,
  escapeLinkHidden: false,
  preprovisioningAllowed: false,
  language: '',
  region: '',
  deviceNameTemplate: '',
}

/** There is one profile for all devices. The sentence is that of the service [M]. */
function refuseSecondDefault({ directory }: Tenant): void {
  const other = [...directory.now.profiles.values()].find(({ assignedTo }) => assignedTo.includes('allDevices'))
  if (other) throw badRequest(`Another Profile ${other.id} is already assigned to All Devices.`)
}

function profileOf(tenant: Tenant, id: string): DeploymentProfile {
  const profile = tenant.directory.now.profiles.get(id)
  if (!profile) throw notFound('windowsAutopilotDeploymentProfile', id)
  return profile
}

const put = (tenant: Tenant, id: string, profile: DeploymentProfile | undefined): void =>
  tenant.directory.change(tenant.now(), ({ profiles }) => ({ profiles: withEntry(profiles, id, profile) }))

const expands: GraphRoute['expands'] = {
  assignments: ({ tenant }, id) => assignmentsToJson(id, profileOf(tenant, id), ASSIGNMENTS),
}

/** `windowsAutopilotDeploymentProfile`, with its assignments. */
export const deploymentProfileRoutes: GraphRoute[] = (
  [
    {
      method: 'GET',
      path: PATH,
      expands,
      handle: (call) => collection(call, [...call.tenant.directory.now.profiles.values()].map(profileToJson), SET),
    },
    {
      method: 'POST',
      path: PATH,
      handle({ tenant, body }) {
        const json = body()
        if (tenant.directory.now.profiles.size >= TENANT_LIMITS.deploymentProfiles) {
          throw badRequest(`at most ${TENANT_LIMITS.deploymentProfiles} profiles`)
        }
        const now = tenant.now()
        const id = tenant.ids.guid()
        const made = {
          ...profileFacts(json, NEW),
          id,
          createdDateTime: dateTime(now),
          lastModifiedAt: now,
          assignedTo: [],
          excluded: [],
        }
        put(tenant, id, made)
        return created(profileToJson(made))
      },
    },
    {
      method: 'GET',
      path: `${PATH}/{id}`,
      expands,
      handle: (call) => entity(call, profileToJson(profileOf(call.tenant, call.params[0]!)), SET),
    },
    {
      method: 'PATCH',
      path: `${PATH}/{id}`,
      handle(call) {
        const { tenant, params, body } = call
        const profile = profileOf(tenant, params[0]!)
        const changed = { ...profile, ...profileFacts(body(), profile), lastModifiedAt: tenant.now() }
        put(tenant, profile.id, changed)
        return entity(call, profileToJson(changed), SET)
      },
    },
    {
      method: 'DELETE',
      path: `${PATH}/{id}`,
      handle({ tenant, params: [id] }) {
        const { assignedTo, excluded } = profileOf(tenant, id!)
        // 400 without a reason; scripts take its assignments away first [M].
        if (assignedTo.length + excluded.length > 0) throw badRequest('A profile that is assigned cannot be deleted.')
        put(tenant, id!, undefined)
        return noContent
      },
    },
    {
      method: 'GET',
      path: `${PATH}/{id}/assignments`,
      handle(call) {
        const profile = profileOf(call.tenant, call.params[0]!)
        return collection(
          call,
          assignmentsToJson(profile.id, profile, ASSIGNMENTS),
          `${SET}('${profile.id}')/assignments`,
        )
      },
    },
    {
      method: 'POST',
      path: `${PATH}/{id}/assignments`,
      handle(call) {
        const { tenant, params, body } = call
        const profile = profileOf(tenant, params[0]!)
        const target = targetOf(tenant.directory.now, body(), ASSIGNMENTS)
        if (target.assignedTo.includes('allDevices')) refuseSecondDefault(tenant)
        put(tenant, profile.id, { ...profile, ...withTarget(profile, target) })
        return created(assignmentsToJson(profile.id, target, ASSIGNMENTS)[0])
      },
    },
    {
      method: 'GET',
      path: `${PATH}/{id}/assignments/{id}`,
      handle(call) {
        const [id, assignment] = call.params
        const profile = profileOf(call.tenant, id!)
        const found = assignmentsToJson(profile.id, profile, ASSIGNMENTS).find((entry) => entry.id === assignment)
        if (!found) throw notFound(ASSIGNMENTS.type.name, assignment!)
        return entity(call, found, `${SET}('${profile.id}')/assignments`)
      },
    },
    {
      method: 'DELETE',
      path: `${PATH}/{id}/assignments/{id}`,
      handle({ tenant, params: [id, assignment] }) {
        const profile = profileOf(tenant, id!)
        const left = without(profile.id, profile, assignment!, ASSIGNMENTS)
        if (!left) throw notFound(ASSIGNMENTS.type.name, assignment!)
        put(tenant, profile.id, { ...profile, ...left })
        return noContent
      },
    },
    {
      method: 'GET',
      path: `${PATH}/{id}/assignedDevices`,
      handle(call) {
        const profile = profileOf(call.tenant, call.params[0]!)
        const devices = [...call.tenant.directory.now.devices.values()].filter(
          (device) => call.tenant.profileOf(device).profile?.id === profile.id,
        )
        const value = devices.map(({ id, serialNumber, groupTag }) => ({ id, serialNumber, groupTag }))
        return collection(call, value, `${SET}('${profile.id}')/assignedDevices`)
      },
    },
  ] satisfies Omit<GraphRoute, 'isBeta' | 'permission'>[]
).map((route) => ({ ...route, isBeta: true, permission }))
