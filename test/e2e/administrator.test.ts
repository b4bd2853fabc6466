import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { file, folder } from '../cli/call.ts'
import { oobe } from '../cli/program.ts'
import { checked, firstBootOf, Graph, type Json, PUPIL, schoolOnItsFirstDay, TENANT_ID } from './administrator-scene.ts'

const SURFACE = 'surface-laptop-se'
const UPLOADED = 'asus-br1100cka'
const OF_RESELLER = 'dell-latitude-3140'
const OF_MAKER = 'lenovo-300w-gen-3'
const SERIALS: Record<string, string> = { [SURFACE]: 'SIM-SLSE-000001', [UPLOADED]: 'SIM-BRCK-000001' }
const TAG = 'Classroom'
const ADMIN = 'principal@contoso.example'

const MANAGEMENT = '/beta/deviceManagement'
const REGISTERED = `${MANAGEMENT}/windowsAutopilotDeviceIdentities`
const PROFILES = `${MANAGEMENT}/windowsAutopilotDeploymentProfiles`
const PAGES = `${MANAGEMENT}/deviceEnrollmentConfigurations`
const APPS = '/beta/deviceAppManagement/mobileApps'
const groupTarget = (groupId: string) => ({
  target: { '@odata.type': '#microsoft.graph.groupAssignmentTarget', groupId },
})

test('an administrator makes an empty school ready, and pupils set up their devices', async () => {
  const school = schoolOnItsFirstDay()
  await isNotReady(school)
  await letPartnersRegister(school)
  await askMicrosoftForTheSurface(school)

  const graph = await Graph.of(school)
  await assignLicence(graph)
  const [surface] = (await graph.ask(200, 'GET', REGISTERED)).value
  expect(surface).toMatchObject({ serialNumber: SERIALS[SURFACE], groupTag: TAG, enrollmentState: 'notContacted' })
  const uploaded = await graph.upload(UPLOADED, TAG)
  const ids = [surface.id, uploaded]

  const group = await makeGroup(graph)
  const profile = await makeProfile(graph, group)
  const app = await makeApp(graph, group)
  const page = await makeStatusPage(graph, group, app)
  await brand(graph)
  const devices = []
  for (const id of ids) devices.push(await isAssigned(graph, id, profile))

  const { server } = graph
  const scenarios = [SURFACE, UPLOADED].map(firstBootOf)
  const run = await oobe(
    ['run', ...scenarios, '--service', server.origin, '--trust', server.ca, '--out', folder],
    folder,
  )
  expect(run.stdout).toMatch(/✓ surface-laptop-se-first-boot +desktop \(standard user, managed, Autopilot\)/)
  expect(run.stdout).toMatch(/✓ asus-br1100cka-first-boot +desktop \(standard user, managed, Autopilot\)/)
  expect(run.code).toBe(0)
  sawTheBranding(SURFACE)
  for (const device of devices) await isEnrolled(graph, device, { group, page, profile })
})

async function isNotReady(school: string) {
  const { code, pointsOf } = await checked(school)
  expect(code).toBe(1)
  const reasons = pointsOf('notReady').flatMap(({ id, reasons }) => reasons.map(({ text }: Json) => `${id}: ${text}`))
  expect(reasons).toEqual(
    expect.arrayContaining([
      `licences: ${PUPIL} has no Intune licence: enrolment will fail with 0x80180018`,
      'consent: "Fabrikam Education" asks to register devices, and no Global Administrator has consented',
      'consent: "Northwind Devices" asks to register devices, and no Global Administrator has consented',
    ]),
  )
}

/** A partner registers nothing before the consent, and its devices after it. */
async function letPartnersRegister(school: string) {
  const partners = [
    { way: 'reseller', id: 'fabrikam-education', device: OF_RESELLER, by: 'hash' },
    { way: 'oem', id: 'northwind-devices', device: OF_MAKER, by: 'tuple' },
  ]
  for (const { way, id, device, by } of partners) {
    const csv = file(`${way}.csv`, (await oobe(['device', 'csv', device, '--partner', '--by', by])).stdout)
    const imported = () =>
      oobe(['tenant', 'import', csv, '--as', way, '--tenant', school, '--group-tag', TAG, '--json'])
    expect((await imported()).stderr).toMatch(/^error ERR_CONSENT_MISSING/)
    expect(await oobe(['tenant', 'consent', school, id, '--by', ADMIN])).toMatchObject({ code: 0 })
    const { code, stdout } = await imported()
    expect([code, JSON.parse(stdout)]).toMatchObject([0, [{ status: 'complete' }]])
  }
  const { pointsOf } = await checked(school)
  expect(pointsOf('ready').map(({ id }) => id)).toContain('consent')
}

async function askMicrosoftForTheSurface(school: string) {
  const proof = file('invoice.pdf', '%PDF-1.7\n')
  const request = ['--proof', proof, '--company', 'Contoso School', '--group-tag', TAG]
  const { code, stdout } = await oobe(['tenant', 'request-surface', school, SURFACE, ...request])
  expect([code, stdout]).toEqual([0, expect.stringContaining('surface-laptop-se: registered.')])
}

async function assignLicence(graph: Graph) {
  const path = `/v1.0/users/${PUPIL}`
  expect((await graph.ask(200, 'GET', path)).assignedLicenses).toEqual([])
  const skuId = (await graph.ask(200, 'GET', '/v1.0/subscribedSkus')).value[0].skuId
  await graph.ask(200, 'POST', `${path}/assignLicense`, { addLicenses: [{ skuId }], removeLicenses: [] })
  expect((await graph.ask(200, 'GET', path)).assignedLicenses).toEqual([expect.objectContaining({ skuId })])
}

async function makeGroup(graph: Graph): Promise<string> {
  const { id } = await graph.ask(201, 'POST', '/v1.0/groups', {
    displayName: 'Classroom devices',
    mailEnabled: false,
    mailNickname: 'classroom',
    securityEnabled: true,
    groupTypes: ['DynamicMembership'],
    membershipRule: `(device.devicePhysicalIds -any (_ -eq "[OrderID]:${TAG}"))`,
    membershipRuleProcessingState: 'On',
  })
  const members = await graph.until(`/v1.0/groups/${id}/members`, ({ value }) => value.length === 2)
  expect(members.value.map((member: Json) => member['@odata.type'])).toEqual(Array(2).fill('#microsoft.graph.device'))
  return id
}

async function makeProfile(graph: Graph, group: string): Promise<string> {
  const { id } = await graph.ask(201, 'POST', PROFILES, {
    '@odata.type': '#microsoft.graph.azureADWindowsAutopilotDeploymentProfile',
    displayName: 'Classroom laptops',
    deviceNameTemplate: 'CLS-%SERIAL%',
    outOfBoxExperienceSetting: { userType: 'standard', eulaHidden: true, privacySettingsHidden: true },
  })
  const made = await graph.ask(201, 'POST', `${PROFILES}/${id}/assignments`, groupTarget(group))
  expect(made.id).toBe(`${id}_${group}_0`)
  return id
}

async function makeApp(graph: Graph, group: string): Promise<string> {
  const { id, publishingState } = await graph.ask(201, 'POST', APPS, {
    '@odata.type': '#microsoft.graph.windowsMobileMSI',
    displayName: 'Safe Exam Browser',
    publisher: 'SEB Consortium',
    productVersion: '3.5.0.544',
    useDeviceContext: true,
  })
  expect(publishingState).toBe('published')
  await graph.ask(204, 'POST', `${APPS}/${id}/assign`, {
    mobileAppAssignments: [{ intent: 'required', ...groupTarget(group) }],
  })
  expect((await graph.ask(200, 'GET', `${APPS}/${id}`)).isAssigned).toBe(true)
  return id
}

async function makeStatusPage(graph: Graph, group: string, app: string): Promise<string> {
  const page = await graph.ask(201, 'POST', PAGES, {
    '@odata.type': '#microsoft.graph.windows10EnrollmentCompletionPageConfiguration',
    displayName: 'School devices',
    showInstallationProgress: true,
    installProgressTimeoutInMinutes: 60,
    allowDeviceUseOnInstallFailure: false,
    selectedMobileAppIds: [app],
  })
  expect(page).toMatchObject({ priority: 1, selectedMobileAppIds: [app] })
  const { id } = page
  await graph.ask(200, 'POST', `${PAGES}/${id}/assign`, { enrollmentConfigurationAssignments: [groupTarget(group)] })
  const { value } = await graph.ask(200, 'GET', `${PAGES}/${id}/assignments`)
  expect(value).toMatchObject([groupTarget(group)])
  return id
}

async function brand(graph: Graph) {
  const path = `/v1.0/organization/${TENANT_ID}/branding`
  const branding = { backgroundColor: '#2d7d46', signInPageText: 'Welcome, learners!' }
  await graph.ask(204, 'PATCH', path, branding)
  expect(await graph.ask(200, 'GET', path)).toMatchObject(branding)
}

/** Waits until the device has the profile. @returns the registration */
async function isAssigned(graph: Graph, id: string, profile: string): Promise<Json> {
  const path = `${REGISTERED}/${id}?$expand=deploymentProfile`
  const device = await graph.until(path, (json) => json.deploymentProfileAssignmentStatus.startsWith('assigned'))
  expect(device.deploymentProfile).toMatchObject({ id: profile, displayName: 'Classroom laptops' })
  return device
}

function sawTheBranding(device: string) {
  expect(readFileSync(`${folder}/${device}-first-boot/journal.ndjson`, 'utf8')).toContain('Welcome, learners!')
}

/** What Graph shows of a device after its first boot: one device, under the same ids everywhere. */
async function isEnrolled(graph: Graph, before: Json, made: Record<'group' | 'page' | 'profile', string>) {
  const { id, serialNumber, azureActiveDirectoryDeviceId: entraId } = before
  const registered = await graph.ask(200, 'GET', `${REGISTERED}/${id}`)
  expect(registered).toMatchObject({ enrollmentState: 'enrolled', azureAdDeviceId: entraId })

  const managed = await graph.ask(200, 'GET', `${MANAGEMENT}/managedDevices/${registered.managedDeviceId}`)
  expect(managed).toMatchObject({
    serialNumber,
    azureADDeviceId: entraId,
    userPrincipalName: PUPIL,
    enrollmentProfileName: 'Classroom laptops',
    autopilotEnrolled: true,
  })
  expect(managed.deviceName).toMatch(/^CLS-/)

  const { value: entra } = await graph.ask(200, 'GET', `/v1.0/devices?$filter=deviceId eq '${entraId}'`)
  expect(entra).toMatchObject([
    { deviceId: entraId, displayName: managed.deviceName, trustType: 'AzureAd', isManaged: true, accountEnabled: true },
  ])
  expect(entra[0].physicalIds).toEqual(expect.arrayContaining([`[ZTDId]:${id}`, `[OrderID]:${TAG}`]))

  const { value: members } = await graph.ask(200, 'GET', `/v1.0/groups/${made.group}/members`)
  expect(members.map((member: Json) => member.deviceId)).toContain(entraId)

  const { value: events } = await graph.ask(200, 'GET', `${MANAGEMENT}/autopilotEvents`)
  expect(events.filter((event: Json) => event.deviceSerialNumber === serialNumber)).toMatchObject([
    {
      deviceId: managed.id,
      deploymentState: 'success',
      deviceSetupStatus: 'success',
      accountSetupStatus: 'success',
      enrollmentState: 'enrolled',
      windowsAutopilotDeploymentProfileDisplayName: 'Classroom laptops',
      windows10EnrollmentCompletionPageConfigurationId: made.page,
      targetedAppCount: 1,
    },
  ])
  const { value: assigned } = await graph.ask(200, 'GET', `${PROFILES}/${made.profile}/assignedDevices`)
  expect(assigned.map((device: Json) => device.id)).toContain(id)
}
