import { expect, test } from 'vitest'
import { takeAnswers } from '../../../src/mock-service/oma-dm/answers.ts'
import { beginSession, nextBatch } from '../../../src/mock-service/oma-dm/device-session.ts'
import { type ManagedDevice, newDevice } from '../../../src/mock-service/oma-dm/managed-device.ts'
import type { Command } from '../../../src/protocols/syncml/message.ts'
import { START } from '../directory/tenant-of.ts'
import { directly, type Json } from './serve.ts'

const POLICIES = '/beta/deviceManagement/configurationPolicies'
const ROOT = './Device/Vendor/MSFT/Policy/Config'

const choice = (id: string, value: string, children: object[] = []) => ({
  '@odata.type': '#microsoft.graph.deviceManagementConfigurationSetting',
  settingInstance: {
    '@odata.type': '#microsoft.graph.deviceManagementConfigurationChoiceSettingInstance',
    settingDefinitionId: id,
    choiceSettingValue: { value: `${id}_${value}`, children },
  },
})

const number = (id: string, value: number) => ({
  '@odata.type': '#microsoft.graph.deviceManagementConfigurationSetting',
  settingInstance: {
    '@odata.type': '#microsoft.graph.deviceManagementConfigurationSimpleSettingInstance',
    settingDefinitionId: id,
    simpleSettingValue: {
      '@odata.type': '#microsoft.graph.deviceManagementConfigurationIntegerSettingValue',
      value,
    },
  },
})

const PRINTERS = 'device_vendor_msft_policy_config_education_preventaddingnewprinters'
const body = {
  name: 'Classroom',
  platforms: 'windows10',
  technologies: 'mdm',
  settings: [
    choice(PRINTERS, '1'),
    number('device_vendor_msft_policy_config_devicelock_mindevicepasswordlength', 8),
    choice('device_vendor_msft_policy_config_microsoft_edge~policy~microsoft_edge_homepagelocation', '1'),
    choice('device_vendor_msft_policy_config_experience_allowcortana', '0', [{}]),
  ],
}

/** One session in which the device takes everything: what was said, without Gets. */
function sessionOf(device: ManagedDevice, tenant: Parameters<typeof beginSession>[1]): string[] {
  beginSession(device, tenant, 'device')
  const said: string[] = []
  for (let msgId = 1; ; msgId++) {
    const { commands } = nextBatch(device, String(msgId), 2)
    if (commands.length === 0) return said
    const statuses = commands.map(({ cmdId }, index): Command => {
      return { kind: 'Status', cmdId: String(index + 1), msgRef: String(msgId), cmdRef: cmdId!, cmd: 'x', data: '200' }
    })
    takeAnswers(device, statuses)
    for (const command of commands) {
      if (!('items' in command) || command.kind === 'Get') continue
      for (const { target, data } of command.items) said.push(`${command.kind} ${target} ${data ?? ''}`.trim())
    }
  }
}

const enrolled = (changes = {}) =>
  newDevice(
    {
      entDmId: '1',
      deviceId: '2',
      deviceName: 'CLS-1',
      upn: 'alice@contoso.example',
      registered: undefined,
      contentUrl: '',
      ...changes,
    },
    START,
  )

test('a policy is made, changed, assigned and deleted, and its settings come back as they were', () => {
  const { ask } = directly()
  const { status, json } = ask('POST', POLICIES, body)
  expect([status, json]).toMatchObject([201, { name: 'Classroom', settingCount: 4, isAssigned: false }])
  expect(json.templateReference).toMatchObject({ templateId: '', templateFamily: 'none' })
  const path = `${POLICIES}/${json.id}`
  const settings = ask('GET', `${path}/settings`).json.value
  expect(settings.map(({ settingInstance }: Json) => settingInstance)).toEqual(
    body.settings.map(({ settingInstance }) => settingInstance),
  )
  expect(ask('PATCH', path, { description: 'For all rooms' }).json).toMatchObject({
    description: 'For all rooms',
    settingCount: 4,
  })
  const target = { '@odata.type': '#microsoft.graph.allDevicesAssignmentTarget' }
  expect(ask('POST', `${path}/assign`, { assignments: [{ target }] }).json.value[0].target).toMatchObject(target)
  expect(ask('GET', `${path}/assignments`).json.value).toHaveLength(1)
  expect(ask('GET', path).json.isAssigned).toBe(true)
  expect(ask('GET', POLICIES).json.value).toHaveLength(1)
  expect([ask('DELETE', path).status, ask('GET', path).status]).toEqual([204, 404])
})

test('an unknown member, and one that the service makes, are refused', () => {
  const { ask } = directly()
  const refusal = (changes: object) => {
    const { status, json } = ask('POST', POLICIES, { ...body, ...changes })
    return [status, json.error?.code]
  }
  expect(refusal({ displayName: 'x' })).toEqual([400, 'ModelValidationFailure'])
  expect(refusal({ isAssigned: true })).toEqual([400, 'BadRequest'])
  expect(refusal({ platforms: 'windows11' })).toEqual([400, 'BadRequest'])
  expect(refusal({ name: '' })).toEqual([400, 'BadRequest'])
  expect(refusal({ roleScopeTagIds: ['7'] })).toEqual([400, 'BadRequest'])
  expect(refusal({ settings: [{ settingInstance: {} }] })).toEqual([400, 'BadRequest'])
  expect(refusal({ settings: [{ ...body.settings[0], note: 1 }] })).toEqual([400, 'BadRequest'])
  expect(refusal({ id: '00000000-0000-0000-0000-000000000000' })).toEqual([201, undefined])
})

test('a policy of device preparation is kept, and is of its family', () => {
  const { ask } = directly()
  const { json } = ask('POST', POLICIES, {
    name: 'Preparation',
    platforms: 'windows10',
    technologies: 'enrollment',
    templateReference: { templateId: '80d33118-b7b4-40d8-b15f-81be745e053f_1' },
    settings: [choice('enrollment_autopilot_dpp_deploymentmode', '0')],
  })
  expect(json.templateReference.templateFamily).toBe('enrollmentConfiguration')
})

test('an assigned policy is sent in the first session, with what the page expects', () => {
  const { ask, tenant, wait } = directly()
  const { id } = ask('POST', POLICIES, body).json
  const target = { '@odata.type': '#microsoft.graph.allLicensedUsersAssignmentTarget' }
  ask('POST', `${POLICIES}/${id}/assign`, { assignments: [{ target }] })
  wait(60)
  const said = sessionOf(enrolled(), tenant)
  expect(said).toContain(`Replace ${ROOT}/Education/PreventAddingNewPrinters 1`)
  expect(said).toContain(`Replace ${ROOT}/DeviceLock/MinDevicePasswordLength 8`)
  // Intune lists its own entry, and not these policies (oobe-autopilot-esp.md, 4.5 [D]).
  expect(said.find((one) => one.includes('/ExpectedPolicies'))).toMatch(/\/EntDMID$/)
  // A setting of no node, and a choice with more below it, are kept and not sent.
  expect(said.filter((one) => /edge|cortana/i.test(one))).toEqual([])
  expect(sessionOf(enrolled({ upn: '' }), tenant).filter((one) => /PreventAdding|DeviceLock/.test(one))).toEqual([])
})

test('later sessions bring what has changed, and take back what no policy sets', () => {
  const { ask, tenant } = directly()
  const device = enrolled()
  sessionOf(device, tenant)
  const { id } = ask('POST', POLICIES, { ...body, settings: [choice(PRINTERS, '1')] }).json
  const assign = (...targets: string[]) =>
    ask('POST', `${POLICIES}/${id}/assign`, {
      assignments: targets.map((type) => ({ target: { '@odata.type': `#microsoft.graph.${type}` } })),
    })
  assign('allLicensedUsersAssignmentTarget')
  const uri = `${ROOT}/Education/PreventAddingNewPrinters`
  expect(sessionOf(device, tenant)).toEqual([`Replace ${uri} 1`])
  expect(sessionOf(device, tenant)).toEqual([])
  ask('PATCH', `${POLICIES}/${id}`, { settings: [choice(PRINTERS, '0')] })
  expect(sessionOf(device, tenant)).toEqual([`Replace ${uri} 0`])
  assign()
  expect(sessionOf(device, tenant)).toEqual([`Delete ${uri}`])
})
