import { whatIsWrongWithNameTemplate } from '../../domain/device-names.ts'
import { whatIsWrongWithLanguage } from '../../domain/locales.ts'
import { whatIsWrongWithProfileName } from '../../domain/profile-names.ts'
import { TENANT_LIMITS } from '../../domain/tenant-limits.ts'
import type { JsonObject } from '../../protocols/json.ts'
import type { DeploymentProfile } from '../directory/state.ts'
import { type BodyType, checkBody, type MemberType, typeOf } from './body-types.ts'
import { badRequest } from './call.ts'

/** What a body says of a profile; all else is the service's. */
export type ProfileFacts = Omit<
  DeploymentProfile,
  'id' | 'createdDateTime' | 'lastModifiedAt' | 'assignedTo' | 'excluded'
>

/** The members of `outOfBoxExperienceSetting`, and their names in `outOfBoxExperienceSettings`, which is deprecated [D]. */
export const EXPERIENCE_NAMES = {
  privacySettingsHidden: 'hidePrivacySettings',
  eulaHidden: 'hideEULA',
  userType: 'userType',
  deviceUsageType: 'deviceUsageType',
  keyboardSelectionPageSkipped: 'skipKeyboardSelectionPage',
  escapeLinkHidden: 'hideEscapeLink',
} as const

type ExperienceName = keyof typeof EXPERIENCE_NAMES
export type Experience = Record<ExperienceName, boolean | string>

const EXPERIENCE: Record<ExperienceName, MemberType> = {
  privacySettingsHidden: 'Edm.Boolean',
  eulaHidden: 'Edm.Boolean',
  userType: { enumeration: 'windowsUserType', values: ['administrator', 'standard'] },
  deviceUsageType: { enumeration: 'windowsDeviceUsageType', values: ['singleUser', 'shared'] },
  keyboardSelectionPageSkipped: 'Edm.Boolean',
  escapeLinkHidden: 'Edm.Boolean',
}

const experienceType = (name: string, nameOf: (name: ExperienceName) => string): BodyType => ({
  name,
  members: Object.fromEntries(
    Object.entries(EXPERIENCE).map(([member, type]) => [nameOf(member as ExperienceName), type]),
  ),
})

const SCREEN_SETTINGS: BodyType = {
  name: 'windowsEnrollmentStatusScreenSettings',
  members: {
    hideInstallationProgress: 'Edm.Boolean',
    allowDeviceUseBeforeProfileAndAppInstallComplete: 'Edm.Boolean',
    blockDeviceSetupRetryByUser: 'Edm.Boolean',
    allowLogCollectionOnInstallFailure: 'Edm.Boolean',
    customErrorMessage: 'Edm.String',
    installProgressTimeoutInMinutes: 'Edm.Int32',
    allowDeviceUseOnInstallFailure: 'Edm.Boolean',
  },
}

const DEVICE_TYPES = ['windowsPc', 'holoLens', 'surfaceHub2', 'surfaceHub2S', 'virtualMachine']

/** Of reference oobe-autopilot-esp.md, 6.4 [D]. What the service sets itself is taken, and has no effect. */
const MEMBERS = {
  id: 'Edm.String',
  displayName: 'Edm.String',
  description: 'Edm.String',
  language: 'Edm.String',
  locale: 'Edm.String',
  createdDateTime: 'Edm.DateTimeOffset',
  lastModifiedDateTime: 'Edm.DateTimeOffset',
  outOfBoxExperienceSetting: [experienceType('outOfBoxExperienceSetting', (name) => name)],
  outOfBoxExperienceSettings: [experienceType('outOfBoxExperienceSettings', (name) => EXPERIENCE_NAMES[name])],
  enrollmentStatusScreenSettings: [SCREEN_SETTINGS],
  hardwareHashExtractionEnabled: 'Edm.Boolean',
  extractHardwareHash: 'Edm.Boolean',
  deviceNameTemplate: 'Edm.String',
  deviceType: { enumeration: 'windowsAutopilotDeviceType', values: DEVICE_TYPES },
  preprovisioningAllowed: 'Edm.Boolean',
  enableWhiteGlove: 'Edm.Boolean',
  roleScopeTagIds: { listOf: 'Edm.String' },
  managementServiceAppId: 'Edm.String',
} satisfies Record<string, MemberType>

const relations = ['assignments', 'assignedDevices']
export const ENTRA_PROFILE: BodyType = {
  name: 'azureADWindowsAutopilotDeploymentProfile',
  members: MEMBERS,
  relations,
}
export const HYBRID_PROFILE: BodyType = {
  name: 'activeDirectoryWindowsAutopilotDeploymentProfile',
  members: { ...MEMBERS, hybridAzureADJoinSkipConnectivityCheck: 'Edm.Boolean' },
  relations,
}

/** Intune's own: a tenant here has no other service that devices could be managed by. */
const INTUNE_APP = '0000000a-0000-0000-c000-000000000000'
const OS_DEFAULT = 'os-default'

export const experienceOf = (profile: ProfileFacts): Experience => ({
  privacySettingsHidden: profile.privacySettingsHidden,
  eulaHidden: profile.licenseTermsHidden,
  userType: profile.userType,
  deviceUsageType: profile.mode === 'selfDeploying' ? 'shared' : 'singleUser',
  keyboardSelectionPageSkipped: profile.keyboardSelectionPageSkipped,
  escapeLinkHidden: profile.escapeLinkHidden,
})

/** Windows' own language, a language, or an empty text: the person chooses. */
export const localeOf = ({ language, asksLanguage }: ProfileFacts): string =>
  language !== '' ? language : asksLanguage ? '' : OS_DEFAULT

/** What the body says of a profile; what it leaves out stays as it is. @throws GraphError 400 */
export function profileFacts(json: JsonObject, profile: ProfileFacts): ProfileFacts {
  const type =
    typeOf(json.members, [ENTRA_PROFILE, HYBRID_PROFILE]) ??
    (profile.mode === 'hybrid' ? HYBRID_PROFILE : ENTRA_PROFILE)
  checkBody(json, type)
  refuseUnsupported(json)
  const name = text(json, 'displayName', profile.name)
  refuse('displayName', whatIsWrongWithProfileName(name))
  const deviceNameTemplate = text(json, 'deviceNameTemplate', profile.deviceNameTemplate)
  refuse('deviceNameTemplate', whatIsWrongWithNameTemplate(deviceNameTemplate))
  const description = text(json, 'description', profile.description)
  if (description.length > TENANT_LIMITS.profileDescription) {
    throw badRequest(`description has at most ${TENANT_LIMITS.profileDescription} characters`)
  }
  const said = (newName: string, oldName: string, now: boolean): boolean =>
    either(now, json.optionalBoolean(newName), json.optionalBoolean(oldName))
  return {
    ...profile,
    ...languageIn(json, profile),
    ...experienceIn(json, profile),
    ...hybridIn(json, profile, type === HYBRID_PROFILE),
    name,
    description,
    deviceNameTemplate,
    preprovisioningAllowed: said('preprovisioningAllowed', 'enableWhiteGlove', profile.preprovisioningAllowed),
    extractsHash: said('hardwareHashExtractionEnabled', 'extractHardwareHash', profile.extractsHash ?? false),
  }
}

/**
 * Scripts read a profile, change one of the two sets of names, and send both: what is another value than before is what
 * they mean. Which set the service prefers is not known [U]: the new one here.
 */
function either<Value>(now: Value, byNewName: Value | undefined, byOldName: Value | undefined): Value {
  if (byNewName !== undefined && byNewName !== now) return byNewName
  return byOldName ?? byNewName ?? now
}

function experienceIn(json: JsonObject, profile: ProfileFacts): Partial<ProfileFacts> {
  const now = experienceOf(profile)
  const byNewName = json.optionalObject('outOfBoxExperienceSetting')?.members ?? {}
  const byOldName = json.optionalObject('outOfBoxExperienceSettings')?.members ?? {}
  const value = (name: ExperienceName) => either<unknown>(now[name], byNewName[name], byOldName[EXPERIENCE_NAMES[name]])
  return {
    privacySettingsHidden: value('privacySettingsHidden') as boolean,
    licenseTermsHidden: value('eulaHidden') as boolean,
    userType: value('userType') as ProfileFacts['userType'],
    mode: value('deviceUsageType') === 'shared' ? 'selfDeploying' : 'userDriven',
    keyboardSelectionPageSkipped: value('keyboardSelectionPageSkipped') as boolean,
    escapeLinkHidden: value('escapeLinkHidden') as boolean,
  }
}

/** A profile is of one type for good: what a body leaves out is that of before. @throws GraphError 400 */
function hybridIn(json: JsonObject, profile: ProfileFacts, isNamed: boolean): Partial<ProfileFacts> {
  if (!isNamed && profile.mode !== 'hybrid') return {}
  const { deviceUsageType } = json.optionalObject('outOfBoxExperienceSetting')?.members ?? {}
  if (deviceUsageType === 'shared')
    throw badRequest('a hybrid join is user-driven: deviceUsageType has to be singleUser')
  const skips = json.optionalBoolean('hybridAzureADJoinSkipConnectivityCheck')
  return { mode: 'hybrid', skipConnectivityCheck: skips ?? profile.skipConnectivityCheck ?? false }
}

function languageIn(json: JsonObject, profile: ProfileFacts): Partial<ProfileFacts> {
  const now = localeOf(profile)
  const locale = either(now, json.optionalString('locale'), json.optionalString('language'))
  if (locale === now) return {}
  if (locale !== '' && locale !== OS_DEFAULT) refuse('locale', whatIsWrongWithLanguage(locale))
  const language = locale === OS_DEFAULT ? '' : locale
  // The exporter copies the language, so that the region page is skipped too (oobe-autopilot-esp.md, 3.1 [F]).
  return { language, region: /-([A-Z]{2})$/.exec(locale)?.[1] ?? '', asksLanguage: locale === '' }
}

/** What the type has, and nothing here could do as it says. */
function refuseUnsupported(json: JsonObject): void {
  const deviceType = json.optionalString('deviceType') ?? 'windowsPc'
  if (deviceType !== 'windowsPc') throw badRequest(`Devices of the type ${deviceType} are not simulated.`)
  if (json.optionalObject('enrollmentStatusScreenSettings')) {
    throw badRequest('enrollmentStatusScreenSettings are not simulated: assign an Enrollment Status Page.')
  }
  const app = json.optionalString('managementServiceAppId') ?? ''
  if (app !== '' && app.toLowerCase() !== INTUNE_APP) {
    throw badRequest(`managementServiceAppId "${app}" is no management service of this tenant`)
  }
  const tag = json.optionalStrings('roleScopeTagIds')?.find((id) => id !== '0')
  if (tag !== undefined) throw badRequest(`there is no role scope tag "${tag}": this tenant has the default tag alone`)
}

function refuse(name: string, wrong: string | undefined): void {
  if (wrong !== undefined) throw badRequest(`${name} ${wrong}`)
}

/** Null takes a text away. */
const text = (json: JsonObject, name: string, now: string): string =>
  json.members[name] === null ? '' : (json.optionalString(name) ?? now)
