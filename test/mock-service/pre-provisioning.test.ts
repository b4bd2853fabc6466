import { expect, test } from 'vitest'
import { played } from '../simulation/played.ts'
import { playedTenant } from './played-tenant.ts'

const SERIAL = 'SIM-FG10-000001'

function school(scenario: string) {
  const { ask, play, tenant } = playedTenant(scenario)
  const device = [...tenant.directory.now.devices.values()].find(({ serialNumber }) => serialNumber === SERIAL)!
  const get = (path: string) => (ask('GET', `/beta${path}`).json as { value: Record<string, unknown>[] }).value
  return { play, tenant, device, ask, get }
}

test('a technician enrols the device without a user, and the first person becomes its primary user', async () => {
  const { play, get, device, tenant } = school('pre-provisioning')
  expect(await play()).toBe('desktop')
  const [event] = get('/deviceManagement/autopilotEvents')
  expect(event).toMatchObject({
    enrollmentType: 'azureADJoinedWithWhiteGlove',
    userPrincipalName: 'alice@contoso.example',
    deploymentState: 'success',
    deviceSetupStatus: 'success',
    accountSetupStatus: 'success',
  })
  const [managed] = get('/deviceManagement/managedDevices')
  expect(managed).toMatchObject({
    userPrincipalName: 'alice@contoso.example',
    deviceEnrollmentType: 'windowsAzureADJoinUsingDeviceAuth',
  })
  expect(tenant.contacts.of(device.id)).toMatchObject({ enrollmentState: 'enrolled', userlessEnrollment: 'blocked' })
  expect(tenant.directory.entra.get(device.entraObjectId)?.owner).toBe('alice@contoso.example')
})

test('until then the device has no user', async () => {
  const { play, get } = school('pre-provisioning-twice')
  expect(await play()).toBe('0x80180014')
  expect(get('/deviceManagement/managedDevices')).toMatchObject([{ userPrincipalName: '' }])
  const events = get('/deviceManagement/autopilotEvents')
  expect(events.map(({ enrollmentState, enrollmentType }) => [enrollmentState, enrollmentType])).toEqual(
    expect.arrayContaining([
      ['failed', 'azureADJoinedWithWhiteGlove'],
      ['enrolled', 'azureADJoinedWithWhiteGlove'],
    ]),
  )
})

test('the event log has the beginning and the end of the technician flow', async () => {
  const { journal } = await played('pre-provisioning-app-fails')
  const logged = journal.flatMap((entry) =>
    entry.kind === 'log' && /pre-provisioning|WhiteGlove/.test(entry.text)
      ? [`${entry.channel.split('/').at(-1)} ${entry.id} ${/Name: '(\w+)'/.exec(entry.text)?.[1] ?? entry.text}`]
      : [],
  )
  expect(logged).toEqual([
    'ManagementService 509 pre-provisioning was started by a technician',
    'Autopilot 509 AutopilotManager TPM required by the pre-provisioning policy',
    'Operational 62407 CommercialOOBE_ESPProgress_WhiteGlove_Failed',
    'Operational 62407 CommercialOOBE_ESPProgress_WhiteGlove_Success',
  ])
})

test('the status page of the technician has no account setup, and that of the person has', async () => {
  const { journal } = await played('pre-provisioning')
  const categories = (isBefore: (at: number) => boolean) =>
    new Set(
      journal.flatMap((entry) =>
        entry.kind === 'screen' && 'screen' in entry && isBefore(entry.at)
          ? (entry.screen.progress?.categories ?? []).map(({ id }) => id)
          : [],
      ),
    )
  const sealedAt = journal.find((entry) => entry.kind === 'power' && entry.event === 'off')!.at
  expect([...categories((at) => at < sealedAt)]).toEqual(['devicePreparation', 'deviceSetup'])
  expect([...categories((at) => at > sealedAt)]).toEqual(['devicePreparation', 'deviceSetup', 'accountSetup'])
})
