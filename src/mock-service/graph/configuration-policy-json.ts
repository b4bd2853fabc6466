import { isRecord, type JsonObject } from '../../protocols/json.ts'
import type { ConfigurationPolicy, PolicyTemplate } from '../oma-dm/configuration-policy.ts'
import { badRequest, dateTime } from './call.ts'
import { noneReadOnly, onlyMembers } from './strict-body.ts'

const TYPE = 'deviceManagementConfigurationPolicy'

/** Family of a policy without a template. */
const NO_FAMILY = 'none'
/** Templates of device preparation, as field reports have them: for people, automatic, and with device association. */
const DEVICE_PREPARATION = [
  '80d33118-b7b4-40d8-b15f-81be745e053f',
  'a6157a7f-aa00-42d9-ac82-7d2479f545db',
  '70d256b3-6120-4f88-9e00-0972ec64fc83',
]

const PLATFORMS = ['none', 'android', 'iOS', 'macOS', 'windows10X', 'windows10', 'linux', 'androidEnterprise', 'aosp']
const TECHNOLOGIES = [
  ...['none', 'mdm', 'windows10XManagement', 'configManager', 'appleRemoteManagement', 'microsoftSense'],
  ...['exchangeOnline', 'mobileApplicationManagement', 'linuxMdm', 'enrollment', 'endpointPrivilegeManagement'],
]

/** Members that are made by the service. */
const READ_ONLY = ['id', 'createdDateTime', 'lastModifiedDateTime', 'settingCount', 'isAssigned', 'creationSource']
const WRITABLE = [
  'name',
  'description',
  'platforms',
  'technologies',
  'roleScopeTagIds',
  'templateReference',
  'settings',
]

/** An id is that of the template and its version: `80d33118-b7b4-40d8-b15f-81be745e053f_1`. */
const familyOf = (templateId: string): string =>
  DEVICE_PREPARATION.includes(templateId.replace(/_\d+$/, '')) ? 'enrollmentConfiguration' : NO_FAMILY

export const policyToJson = (policy: ConfigurationPolicy): Record<string, unknown> => ({
  id: policy.id,
  name: policy.name,
  description: policy.description,
  platforms: policy.platforms,
  technologies: policy.technologies,
  createdDateTime: dateTime(policy.createdAt),
  lastModifiedDateTime: dateTime(policy.lastModifiedAt),
  settingCount: policy.settings.length,
  creationSource: null,
  roleScopeTagIds: policy.roleScopeTagIds,
  isAssigned: policy.assignedTo.length > 0,
  templateReference: policy.template,
  priorityMetaData: null,
})

/** Settings with their numbers, as `/{id}/settings` has them. */
export const settingsToJson = ({ settings }: ConfigurationPolicy): Record<string, unknown>[] =>
  settings.map((setting, index) => ({ ...setting, id: String(index) }))

type Facts = Pick<
  ConfigurationPolicy,
  'name' | 'description' | 'platforms' | 'technologies' | 'template' | 'roleScopeTagIds' | 'settings'
>

export const NEW_POLICY: Facts = {
  name: '',
  description: '',
  platforms: 'none',
  technologies: 'none',
  template: { templateId: '', templateFamily: NO_FAMILY, templateDisplayName: null, templateDisplayVersion: null },
  roleScopeTagIds: ['0'],
  settings: [],
}

/** What the body says; what it leaves out stays as it is. @throws GraphError 400 */
export function policyFacts(json: JsonObject, before: Facts): Facts {
  onlyMembers(json, TYPE, [...WRITABLE, ...READ_ONLY, 'priorityMetaData', 'assignments'])
  // Scripts send an id of zeros, or none, for "not yet".
  const hasId = !/^[0-]*$/.test(json.optionalString('id') ?? '')
  noneReadOnly(json, [...READ_ONLY.filter((name) => hasId || name !== 'id'), 'priorityMetaData'])
  if ('assignments' in json.members) throw badRequest("assignments are set by the action 'assign'")
  const name = textOf(json, 'name', before.name)
  if (name === '') throw badRequest('name is missing')
  return {
    name,
    description: textOf(json, 'description', before.description),
    platforms: flagsOf(json, 'platforms', PLATFORMS, before.platforms),
    technologies: flagsOf(json, 'technologies', TECHNOLOGIES, before.technologies),
    template: templateOf(json, before.template),
    roleScopeTagIds: tagsOf(json, before.roleScopeTagIds),
    settings: settingsIn(json, before.settings),
  }
}

function textOf({ members }: JsonObject, name: string, before: string): string {
  const value = members[name] === undefined ? before : (members[name] ?? '')
  if (typeof value !== 'string') throw badRequest(`${name} is a text`)
  return value
}

/** One value or several with commas between them. */
function flagsOf(json: JsonObject, name: string, known: readonly string[], before: string): string {
  const flags = textOf(json, name, before).split(',')
  const odd = flags.find((flag) => !known.includes(flag))
  if (odd !== undefined) throw badRequest(`${name} "${odd}" is not one of ${known.join(', ')}`)
  return flags.join(',')
}

const TEMPLATE = ['templateId', 'templateFamily', 'templateDisplayName', 'templateDisplayVersion']

function templateOf(json: JsonObject, before: PolicyTemplate): PolicyTemplate {
  const reference = json.optionalObject('templateReference')
  if (!reference) return before
  onlyMembers(reference, 'deviceManagementConfigurationPolicyTemplateReference', TEMPLATE)
  const templateId = reference.optionalString('templateId') ?? ''
  const known = familyOf(templateId)
  const templateFamily = reference.optionalString('templateFamily') ?? known
  // Of other templates the family is not known here.
  if (known !== NO_FAMILY && templateFamily !== known) {
    throw badRequest(`templateFamily "${templateFamily}" is not that of the template`)
  }
  return {
    templateId,
    templateFamily,
    templateDisplayName: reference.optionalString('templateDisplayName') ?? null,
    templateDisplayVersion: reference.optionalString('templateDisplayVersion') ?? null,
  }
}

function tagsOf({ members }: JsonObject, before: readonly string[]): readonly string[] {
  const { roleScopeTagIds = before } = members
  if (!Array.isArray(roleScopeTagIds)) throw badRequest('roleScopeTagIds is a list')
  const odd = roleScopeTagIds.find((id) => id !== '0')
  if (odd !== undefined) throw badRequest(`there is no scope tag "${String(odd)}"`)
  return ['0']
}

const SETTING = ['id', 'settingInstance', 'settingDefinitions']

function settingsIn({ members }: JsonObject, before: Facts['settings']): Facts['settings'] {
  const { settings = before } = members
  if (!Array.isArray(settings)) throw badRequest('settings is a list')
  return settings.map((setting: unknown) => {
    if (!isRecord(setting) || !isRecord(setting.settingInstance)) throw badRequest('a setting has a settingInstance')
    const odd = Object.keys(setting).find((name) => !name.startsWith('@odata.') && !SETTING.includes(name))
    if (odd !== undefined) throw badRequest(`a setting has no member '${odd}'`)
    const { settingDefinitionId, '@odata.type': type } = setting.settingInstance
    if (typeof settingDefinitionId !== 'string' || settingDefinitionId === '') {
      throw badRequest('a settingInstance has a settingDefinitionId')
    }
    if (typeof type !== 'string') throw badRequest('a settingInstance has an @odata.type')
    const { settingInstance } = setting
    return { '@odata.type': '#microsoft.graph.deviceManagementConfigurationSetting', settingInstance }
  })
}
