import { afterEach, expect, test } from 'vitest'
import { hashOf } from '../directory/tenant-of.ts'
import { served } from './serve.ts'

let close: (() => Promise<unknown>) | undefined
afterEach(async () => {
  await close?.()
  close = undefined
})
async function scene(...options: Parameters<typeof served>) {
  const made = await served(...options)
  close = made.close
  return made
}

const IMPORTED = '/deviceManagement/importedWindowsAutopilotDeviceIdentities'
const DEVICES = '/deviceManagement/windowsAutopilotDeviceIdentities'
const PROFILES = '/deviceManagement/windowsAutopilotDeploymentProfiles'

test("Microsoft's client uploads a hash, waits, finds the device, and tags it, as the upload script does", async () => {
  const { client, wait } = await scene()
  const entry = await client.api(IMPORTED).post({
    '@odata.type': '#microsoft.graph.importedWindowsAutopilotDeviceIdentity',
    groupTag: 'Classroom',
    serialNumber: 'SIM-SLSE-000001',
    productKey: '',
    hardwareIdentifier: hashOf('surface-laptop-se'),
    assignedUserPrincipalName: 'alice@contoso.example',
  })
  const statusOf = async () => (await client.api(`${IMPORTED}/${entry.id}`).get()).state
  expect(await statusOf()).toMatchObject({ deviceImportStatus: 'unknown', deviceErrorCode: 0 })
  wait(3)
  expect(await statusOf()).toMatchObject({ deviceImportStatus: 'pending' })
  expect((await client.api(DEVICES).get()).value).toEqual([])
  wait(2)
  const { deviceImportStatus, deviceRegistrationId } = await statusOf()
  expect(deviceImportStatus).toBe('complete')
  await client.api(`${IMPORTED}/${entry.id}`).delete()
  await expect(client.api(`${IMPORTED}/${entry.id}`).get()).rejects.toMatchObject({ statusCode: 404 })

  const found = await client.api(DEVICES).filter("contains(serialNumber,'SLSE')").get()
  expect(found.value).toEqual([
    expect.objectContaining({
      id: deviceRegistrationId,
      groupTag: 'Classroom',
      userPrincipalName: 'alice@contoso.example',
      manufacturer: 'Microsoft Corporation',
      model: 'Surface Laptop SE',
      deploymentProfileAssignmentStatus: 'pending',
      enrollmentState: 'notContacted',
    }),
  ])
  wait(20)
  const device = () => client.api(`${DEVICES}/${deviceRegistrationId}`)
  expect((await device().get()).deploymentProfileAssignmentStatus).toBe('assignedInSync')
  const profile = await client.api(`${DEVICES}/${deviceRegistrationId}/deploymentProfile`).get()
  expect(profile.displayName).toBe('Classroom laptops')

  await client.api(`${DEVICES}/${deviceRegistrationId}/updateDeviceProperties`).post({ groupTag: 'Library' })
  expect((await device().get()).groupTag).toBe('Classroom')
  wait(1)
  expect(await device().select('groupTag,deploymentProfileAssignmentStatus').get()).toMatchObject({
    groupTag: 'Library',
    deploymentProfileAssignmentStatus: 'assignedOutOfSync',
  })
  await client.api(`${DEVICES}/${deviceRegistrationId}/unassignUserFromDevice`).post({})
  wait(1)
  expect((await device().get()).userPrincipalName).toBe('')
  await device().delete()
  expect((await client.api(DEVICES).get()).value).toHaveLength(1)
  wait(1)
  expect((await client.api(DEVICES).get()).value).toEqual([])
})

test('a group, a profile and its assignment made through the client decide what a device gets', async () => {
  const { client, tenant, wait } = await scene({ deploymentProfiles: [], groups: [], statusPages: [] }, [
    { device: 'surface-laptop-se', details: { purchaseOrder: 'PO-1' } },
  ])
  const group = await client
    .api('/groups')
    .version('v1.0')
    .post({
      displayName: 'Order one',
      mailEnabled: false,
      mailNickname: 'order1',
      securityEnabled: true,
      groupTypes: ['DynamicMembership'],
      membershipRule: '(device.devicePhysicalIds -any (_ -eq "[PurchaseOrderId]:PO-1"))',
      membershipRuleProcessingState: 'On',
    })
  const profile = await client.api(PROFILES).post({
    '@odata.type': '#microsoft.graph.azureADWindowsAutopilotDeploymentProfile',
    displayName: 'Order one',
    locale: 'de-DE',
    outOfBoxExperienceSetting: { userType: 'standard', deviceUsageType: 'shared', eulaHidden: true },
  })
  const [device] = tenant.directory.now.devices.values()
  expect(tenant.profileOf(device!)).toMatchObject({ status: 'notAssigned' })
  const assignment = await client.api(`${PROFILES}/${profile.id}/assignments`).post({
    target: { '@odata.type': '#microsoft.graph.groupAssignmentTarget', groupId: group.id },
  })
  expect(tenant.profileOf(device!)).toMatchObject({ status: 'pending', code: '815' })
  wait(5)
  expect((await client.api(`/groups/${group.id}/members`).get()).value).toEqual([
    expect.objectContaining({ deviceId: device!.entraDeviceId, displayName: 'SIM-SLSE-000001' }),
  ])
  wait(15)
  expect(tenant.profileOf(device!)).toMatchObject({
    status: 'assignedInSync',
    profile: { name: 'Order one', mode: 'selfDeploying', language: 'de-DE', region: 'DE', licenseTermsHidden: true },
  })
  expect((await client.api(`${PROFILES}/${profile.id}/assignedDevices`).get()).value).toHaveLength(1)
  expect((await client.api(`${PROFILES}/${profile.id}/assignments`).get()).value).toEqual([assignment])
  await client.api(`${PROFILES}/${profile.id}/assignments/${assignment.id}`).delete()
  wait(20)
  expect(tenant.profileOf(device!)).toMatchObject({ status: 'notAssigned' })
})

test('the client follows @odata.nextLink to the last page', async () => {
  const { client, tenant } = await scene()
  const requests = Array.from({ length: 7 }, (_, index) => ({
    serialNumber: `S${index}`,
    productKeyId: '',
    hardwareHash: 'aGFyZHdhcmVJZGVudGlmaWVy',
    manufacturer: '',
    model: '',
    groupTag: '',
    purchaseOrder: '',
    assignedUser: '',
  }))
  tenant.imports.begin(requests, 'manual')
  const seen: string[] = []
  let page = await client.api(IMPORTED).top(3).select('serialNumber').get()
  const sizes = []
  for (;;) {
    sizes.push(page.value.length)
    seen.push(...page.value.map((entry: { serialNumber: string }) => entry.serialNumber))
    if (!page['@odata.nextLink']) break
    const { pathname, search } = new URL(page['@odata.nextLink'])
    page = await client.api(pathname.replace('/beta', '') + search).get()
  }
  expect([sizes, seen]).toEqual([
    [3, 3, 1],
    ['S0', 'S1', 'S2', 'S3', 'S4', 'S5', 'S6'],
  ])
})

test('an error reaches the client with its code and message', async () => {
  const { client } = await scene()
  await expect(
    client.api('/groups').post({ displayName: 'x', groupTypes: ['DynamicMembership'], membershipRule: '(a' }),
  ).rejects.toMatchObject({
    statusCode: 400,
    code: 'WrongDynamicGroupMembershipRule',
    message: 'The membership rule is invalid: column 2: expected device.NAME: "a"',
  })
})
