import type { JsonObject } from '../../protocols/json.ts'
import { type DeploymentProfile, withEntry } from '../directory/state.ts'
import type { Tenant } from '../tenant.ts'
import { assignmentsToJson, mergedTargets, targetOf, without } from './assignments.ts'
import {
  badRequest,
  collection,
  created,
  dateTime,
  entity,
  GraphError,
  type GraphRoute,
  noContent,
  notFound,
} from './call.ts'

const PATH = '/deviceManagement/windowsAutopilotDeploymentProfiles'
const SET = PATH.slice(1)
const TYPE = '#microsoft.graph.azureADWindowsAutopilotDeploymentProfile'
const ASSIGNMENT = '#microsoft.graph.windowsAutopilotDeploymentProfileAssignment'
const permission = 'DeviceManagementServiceConfig'

const NAME_MAX = 200
const DESCRIPTION_MAX = 1_500
/** "Up to 350 profiles" (reference: oobe-autopilot-esp.md, 6.4). */
const PROFILES_MAX = 350

export function profileToJson(profile: DeploymentProfile): Record<string, unknown> {
  return {
    '@odata.type': TYPE,
    id: profile.id,
    displayName: profile.name,
    description: profile.description,
    locale: profile.language === '' ? 'os-default' : profile.language,
    createdDateTime: profile.createdDateTime,
    lastModifiedDateTime: dateTime(profile.lastModifiedAt),
    deviceNameTemplate: profile.deviceNameTemplate,
    deviceType: 'windowsPc',
    hardwareHashExtractionEnabled: false,
    preprovisioningAllowed: profile.preprovisioningAllowed,
    roleScopeTagIds: ['0'],
    outOfBoxExperienceSetting: {
      privacySettingsHidden: profile.privacySettingsHidden,
      eulaHidden: profile.licenseTermsHidden,
      userType: profile.userType,
      deviceUsageType: profile.mode === 'selfDeploying' ? 'shared' : 'singleUser',
      keyboardSelectionPageSkipped: profile.keyboardSelectionPageSkipped,
      escapeLinkHidden: profile.escapeLinkHidden,
    },
  }
}

const NEW: Omit<DeploymentProfile, 'id' | 'name' | 'createdDateTime' | 'lastModifiedAt'> = {
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
  assignedTo: [],
  excluded: [],
}

/** What the body says of a profile; what it leaves out stays as it is. @throws GraphError 400 */
function factsOf(json: JsonObject, profile: typeof NEW): typeof NEW {
  const type = json.optionalString('@odata.type') ?? TYPE
  if (type !== TYPE) throw badRequest(`profiles of the type ${type} are not supported: use ${TYPE}`)
  const setting = json.optionalObject('outOfBoxExperienceSetting')
  const locale = json.optionalString('locale')
  const usage = setting?.optionalString('deviceUsageType')
  const userType = setting?.optionalString('userType')
  if (usage !== undefined && usage !== 'singleUser' && usage !== 'shared')
    throw badRequest(`deviceUsageType "${usage}"`)
  if (userType !== undefined && userType !== 'standard' && userType !== 'administrator') {
    throw badRequest(`userType "${userType}"`)
  }
  const description = json.optionalString('description') ?? profile.description
  if (description.length > DESCRIPTION_MAX) throw badRequest(`description has at most ${DESCRIPTION_MAX} characters`)
  return {
    ...profile,
    description,
    mode: usage === undefined ? profile.mode : usage === 'shared' ? 'selfDeploying' : 'userDriven',
    userType: userType ?? profile.userType,
    privacySettingsHidden: setting?.optionalBoolean('privacySettingsHidden') ?? profile.privacySettingsHidden,
    licenseTermsHidden: setting?.optionalBoolean('eulaHidden') ?? profile.licenseTermsHidden,
    keyboardSelectionPageSkipped:
      setting?.optionalBoolean('keyboardSelectionPageSkipped') ?? profile.keyboardSelectionPageSkipped,
    escapeLinkHidden: setting?.optionalBoolean('escapeLinkHidden') ?? profile.escapeLinkHidden,
    preprovisioningAllowed: json.optionalBoolean('preprovisioningAllowed') ?? profile.preprovisioningAllowed,
    language: locale === undefined ? profile.language : locale === 'os-default' ? '' : locale,
    // The exporter copies the language, so that the region page is skipped too (oobe-autopilot-esp.md, 3.1 [F]).
    region: locale === undefined ? profile.region : (/-([A-Z]{2})$/.exec(locale)?.[1] ?? ''),
    deviceNameTemplate: json.optionalString('deviceNameTemplate') ?? profile.deviceNameTemplate,
  }
}

/** The service rejects a hyphen in the name (oobe-autopilot-esp.md, 3.3 [M]). */
function nameOf(json: JsonObject, fallback: string): string {
  const name = json.optionalString('displayName') ?? fallback
  if (name === '' || name.length > NAME_MAX) throw badRequest(`displayName has 1 to ${NAME_MAX} characters`)
  if (name.includes('-')) throw badRequest('displayName may not hold a hyphen')
  return name
}

function profileOf(tenant: Tenant, id: string): DeploymentProfile {
  const profile = tenant.directory.now.profiles.get(id)
  if (!profile) throw notFound('windowsAutopilotDeploymentProfile', id)
  return profile
}

const put = (tenant: Tenant, id: string, profile: DeploymentProfile | undefined): void =>
  tenant.directory.change(tenant.now(), ({ profiles }) => ({ profiles: withEntry(profiles, id, profile) }))

const expands: GraphRoute['expands'] = {
  assignments: ({ tenant }, id) => assignmentsToJson(id, profileOf(tenant, id), ASSIGNMENT),
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
        if (tenant.directory.now.profiles.size >= PROFILES_MAX) throw badRequest(`at most ${PROFILES_MAX} profiles`)
        const now = tenant.now()
        const id = tenant.ids.guid()
        const made = {
          ...factsOf(json, NEW),
          id,
          name: nameOf(json, ''),
          createdDateTime: dateTime(now),
          lastModifiedAt: now,
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
        const json = body()
        const { id, createdDateTime } = profile
        const name = nameOf(json, profile.name)
        const changed = { ...factsOf(json, profile), id, createdDateTime, name, lastModifiedAt: tenant.now() }
        put(tenant, id, changed)
        return entity(call, profileToJson(changed), SET)
      },
    },
    {
      method: 'DELETE',
      path: `${PATH}/{id}`,
      handle({ tenant, params: [id] }) {
        profileOf(tenant, id!)
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
          assignmentsToJson(profile.id, profile, ASSIGNMENT),
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
        const target = targetOf(tenant.directory.now, body(), false)
        const merged = mergedTargets([profile, target])
        if (merged.assignedTo.length + merged.excluded.length === profile.assignedTo.length + profile.excluded.length) {
          throw new GraphError(409, 'Conflict', 'The profile is assigned to this target already.')
        }
        put(tenant, profile.id, { ...profile, ...merged })
        return created(assignmentsToJson(profile.id, target, ASSIGNMENT)[0])
      },
    },
    {
      method: 'DELETE',
      path: `${PATH}/{id}/assignments/{id}`,
      handle({ tenant, params: [id, assignment] }) {
        const profile = profileOf(tenant, id!)
        const left = without(profile.id, profile, assignment!)
        if (!left) throw notFound('windowsAutopilotDeploymentProfileAssignment', assignment!)
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
