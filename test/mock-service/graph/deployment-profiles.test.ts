import { describe, expect, test } from 'vitest'
import { directly, type Json } from './serve.ts'

const PROFILES = '/beta/deviceManagement/windowsAutopilotDeploymentProfiles'
const TYPE = '#microsoft.graph.azureADWindowsAutopilotDeploymentProfile'
const NAMESPACE = 'microsoft.management.services.api'

const made = (body: object) => directly().ask('POST', PROFILES, { '@odata.type': TYPE, displayName: 'Made', ...body })
const refusal = (body: object) => {
  const { status, json } = made(body)
  return [status, json.error?.message]
}
const noMember = (name: string, type = 'azureADWindowsAutopilotDeploymentProfile') =>
  `The property '${name}' does not exist on type '${NAMESPACE}.${type}'. Make sure to only use property names that are defined by the type.`

/** Of case reg-10: what the community modules send. */
const OLD_NAMES = {
  displayName: 'Legacy',
  language: 'en-US',
  extractHardwareHash: true,
  deviceNameTemplate: 'PC-%RAND:4%',
  deviceType: 'windowsPc',
  enableWhiteGlove: true,
  outOfBoxExperienceSettings: {
    hidePrivacySettings: true,
    hideEULA: true,
    userType: 'administrator',
    deviceUsageType: 'singleUser',
    skipKeyboardSelectionPage: true,
    hideEscapeLink: true,
  },
}
const NEW_NAMES = {
  displayName: 'Legacy',
  locale: 'en-US',
  hardwareHashExtractionEnabled: true,
  deviceNameTemplate: 'PC-%RAND:4%',
  deviceType: 'windowsPc',
  preprovisioningAllowed: true,
  outOfBoxExperienceSetting: {
    privacySettingsHidden: true,
    eulaHidden: true,
    userType: 'administrator',
    deviceUsageType: 'singleUser',
    keyboardSelectionPageSkipped: true,
    escapeLinkHidden: true,
  },
}

describe('the old and the new names of a profile', () => {
  test.each<[string, object]>([
    ['old', OLD_NAMES],
    ['new', NEW_NAMES],
  ])('are answered both when the %s ones are sent', (_, names) => {
    const { status, json } = made(names)
    expect([status, json]).toMatchObject([
      201,
      {
        '@odata.type': TYPE,
        ...OLD_NAMES,
        ...NEW_NAMES,
        enrollmentStatusScreenSettings: null,
        managementServiceAppId: null,
        roleScopeTagIds: ['0'],
      },
    ])
  })

  test.each<[string, object, object]>([
    ['the old ones', { outOfBoxExperienceSettings: { hideEULA: false } }, { enableWhiteGlove: false }],
    ['the new ones', { outOfBoxExperienceSetting: { eulaHidden: false } }, { preprovisioningAllowed: false }],
  ])('are changed by a script that reads all, changes %s, and sends all', (_, oobe, other) => {
    const { ask } = directly()
    const before = ask('POST', PROFILES, { '@odata.type': TYPE, ...NEW_NAMES }).json
    const body = structuredClone(before) as Record<string, Json>
    for (const [name, values] of Object.entries(oobe)) Object.assign(body[name], values)
    const after = ask('PATCH', `${PROFILES}/${before.id}`, { ...body, ...other }).json
    expect(after).toMatchObject({
      enableWhiteGlove: false,
      preprovisioningAllowed: false,
      outOfBoxExperienceSetting: { ...NEW_NAMES.outOfBoxExperienceSetting, eulaHidden: false },
      outOfBoxExperienceSettings: { ...OLD_NAMES.outOfBoxExperienceSettings, hideEULA: false },
    })
    expect(after.createdDateTime).toBe(before.createdDateTime)
  })

  test('a locale is a language, the one of Windows, or what the person chooses', () => {
    const localeOf = (body: object) => {
      const { json } = made(body)
      return [json.locale, json.language]
    }
    expect(localeOf({})).toEqual(['os-default', 'os-default'])
    expect(localeOf({ locale: 'os-default' })).toEqual(['os-default', 'os-default'])
    expect(localeOf({ locale: '' })).toEqual(['', ''])
    expect(localeOf({ language: '' })).toEqual(['', ''])
    expect(localeOf({ locale: 'de-CH' })).toEqual(['de-CH', 'de-CH'])
    expect(refusal({ locale: 'klingon' })).toEqual([400, 'locale "klingon" is no language: it looks like en-US'])
  })

  test('a locale that is taken back leaves no language to the device', () => {
    const { ask, tenant } = directly()
    const { id } = ask('POST', PROFILES, { displayName: 'German', locale: 'de-DE' }).json
    const stored = () => tenant.directory.now.profiles.get(id)
    expect(stored()).toMatchObject({ language: 'de-DE', region: 'DE' })
    expect(ask('PATCH', `${PROFILES}/${id}`, { locale: 'os-default' }).json.locale).toBe('os-default')
    expect(stored()).toMatchObject({ language: '', region: '' })
    expect(ask('PATCH', `${PROFILES}/${id}`, { locale: '' }).json.locale).toBe('')
    expect(ask('PATCH', `${PROFILES}/${id}`, { description: 'x' }).json.locale).toBe('')
  })
})

describe('the body of a profile', () => {
  test.each<[string, object, string]>([
    ['a name that no profile has', { deviceNameTemplat: 'x' }, noMember('deviceNameTemplat')],
    [
      'a new name in the old set',
      { outOfBoxExperienceSettings: { eulaHidden: true } },
      noMember('eulaHidden', 'outOfBoxExperienceSettings'),
    ],
    [
      'an old name in the new set',
      { outOfBoxExperienceSetting: { hideEULA: true } },
      noMember('hideEULA', 'outOfBoxExperienceSetting'),
    ],
    [
      'what hybrid profiles have',
      { hybridAzureADJoinSkipConnectivityCheck: true },
      noMember('hybridAzureADJoinSkipConnectivityCheck'),
    ],
    [
      'a value that is no switch',
      { preprovisioningAllowed: 'yes' },
      "Cannot convert the literal 'yes' to the expected type 'Edm.Boolean'.",
    ],
    [
      'a value that is no text',
      { description: 5 },
      "Cannot convert the literal '5' to the expected type 'Edm.String'.",
    ],
    [
      'an object for a text',
      { displayName: {} },
      "An unexpected 'StartObject' node was found when reading from the JSON reader. A 'PrimitiveValue' node was expected.",
    ],
    [
      'a text for an object',
      { outOfBoxExperienceSetting: 'all' },
      "An unexpected 'PrimitiveValue' node was found when reading from the JSON reader. A 'StartObject' node was expected.",
    ],
    [
      'no value for a switch',
      { enableWhiteGlove: null },
      "A null value was found for the property named 'enableWhiteGlove', which has the expected type 'Edm.Boolean[Nullable=False]'. The expected type 'Edm.Boolean[Nullable=False]' does not allow null values.",
    ],
    [
      'a person of no type',
      { outOfBoxExperienceSetting: { userType: 'king' } },
      `Cannot convert the literal 'king' to the expected type '${NAMESPACE}.windowsUserType'.`,
    ],
    [
      'a device of no type',
      { deviceType: 'toaster' },
      `Cannot convert the literal 'toaster' to the expected type '${NAMESPACE}.windowsAutopilotDeviceType'.`,
    ],
    [
      'a type that is none',
      { '@odata.type': '#microsoft.graph.toaster' },
      "A type named 'microsoft.graph.toaster' could not be resolved by the model. When a model is available, each type name must resolve to a valid type.",
    ],
    ['a device that is not simulated', { deviceType: 'holoLens' }, 'Devices of the type holoLens are not simulated.'],
    [
      'a shared device with a hybrid join',
      {
        '@odata.type': '#microsoft.graph.activeDirectoryWindowsAutopilotDeploymentProfile',
        outOfBoxExperienceSetting: { deviceUsageType: 'shared' },
      },
      'a hybrid join is user-driven: deviceUsageType has to be singleUser',
    ],
    [
      'a status page inside the profile',
      { enrollmentStatusScreenSettings: { hideInstallationProgress: true } },
      'enrollmentStatusScreenSettings are not simulated: assign an Enrollment Status Page.',
    ],
    ['its assignments', { assignments: [] }, 'assignments cannot be set in this request: it has other paths'],
    [
      'a scope tag that is not there',
      { roleScopeTagIds: ['0', '7'] },
      'there is no role scope tag "7": this tenant has the default tag alone',
    ],
    [
      'another management service',
      { managementServiceAppId: 'b2b4e3a0-0000-4000-8000-000000000000' },
      'managementServiceAppId "b2b4e3a0-0000-4000-8000-000000000000" is no management service of this tenant',
    ],
    [
      'a template against the rule',
      { deviceNameTemplate: 'MYCOMPANY-LAPTOP-%RAND:5%' },
      'deviceNameTemplate makes names of 22 characters: 15 are possible',
    ],
    [
      'a name against the rule',
      { displayName: 'Laptops (EU)' },
      expect.stringMatching(/^displayName may not hold "\("/),
    ],
    ['a long description', { description: 'x'.repeat(1501) }, 'description has at most 1500 characters'],
  ])('with %s is refused, and nothing is made', (_, body, message) => {
    const { ask, tenant } = directly()
    const count = tenant.directory.now.profiles.size
    const { status, json } = ask('POST', PROFILES, { '@odata.type': TYPE, displayName: 'Made', ...body })
    expect([status, json.error.message]).toEqual([400, message])
    expect(tenant.directory.now.profiles.size).toBe(count)
    // A change is checked as the making is.
    const [first] = ask('GET', PROFILES).json.value
    expect(ask('PATCH', `${PROFILES}/${first.id}`, { '@odata.type': TYPE, ...body }).json.error.message).toEqual(
      message,
    )
    expect(ask('GET', `${PROFILES}/${first.id}`).json).toMatchObject(first)
  })

  test('says with the code of the service that it does not fit its type', () => {
    expect(made({ toaster: 1 }).json.error.code).toBe('ModelValidationFailure')
  })

  test('may say what the service sets itself, annotate, and take a text away', () => {
    const { json } = made({
      id: 'mine',
      createdDateTime: '2017-01-01T00:00:00Z',
      '@odata.context': 'https://graph.microsoft.com/beta/$metadata',
      'assignments@odata.context': 'x',
      outOfBoxExperienceSetting: { '@odata.type': 'microsoft.graph.outOfBoxExperienceSetting', eulaHidden: true },
      outOfBoxExperienceSettings: null,
      enrollmentStatusScreenSettings: null,
      managementServiceAppId: null,
      description: null,
      deviceNameTemplate: null,
    })
    expect(json).toMatchObject({ description: '', deviceNameTemplate: '', createdDateTime: '2024-11-04T08:00:00Z' })
    expect(json.id).not.toBe('mine')
    expect(json.outOfBoxExperienceSetting.eulaHidden).toBe(true)
  })

  test('may have a name that another profile has', () => {
    const { ask } = directly()
    const statuses = [1, 2].map(() => ask('POST', PROFILES, { '@odata.type': TYPE, displayName: 'Twin' }).status)
    expect(statuses).toEqual([201, 201])
  })
})
