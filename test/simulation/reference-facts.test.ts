import { expect } from 'vitest'
import { DURATIONS } from '../../machines/durations.ts'
import { enrollmentStatusTracking } from '../../src/device/csp/rules/enrollment-status-tracking.ts'
import { firstSyncStatus } from '../../src/device/csp/rules/first-sync-status.ts'
import { phasesOf } from '../../src/journal/phases.ts'
import { notePrimaryUser } from '../../src/mock-service/oma-dm/primary-user.ts'
import { evidenceOf } from '../../src/report/evidence/evidence.ts'
import { managedScene } from '../actors/managed-scene.ts'
import { playedTenant } from '../mock-service/played-tenant.ts'
import { prove } from '../reference/prove.ts'
import { firstSeen, played } from './played.ts'

const wifi = played('surface-wifi-happy-path')
const MINUTE = 60_000

prove(['9/profile-download-after-network'], 'the profile is there within two seconds of the internet', async () => {
  const { journal } = await wifi
  const online = journal.find(
    (entry) => entry.kind === 'screen' && 'screen' in entry && entry.screen.page === 'connectivity',
  )
  const profile = journal.find((entry) => entry.kind === 'log' && entry.event === 'profileDownloadCompleted')
  expect(profile!.at - online!.at).toBeLessThanOrEqual(2_000)
})

prove(['9/sign-in-to-esp'], 'it is the two minutes that were measured', async ({ cells: [, value] }) => {
  const { journal } = await wifi
  const took = firstSeen(journal, 'enrollmentStatus')! - firstSeen(journal, 'deviceJoin')!
  expect(value).toContain('2 min measured')
  expect(Math.abs(took - 2 * MINUTE)).toBeLessThan(5_000)
})

prove(['9/management-extension'], 'its installation takes as long', async ({ cells: [, seconds] }) => {
  const { journal } = await wifi
  const [began, , ended] = ['installing', '', 'installed'].map((state) =>
    journal.find(
      (entry) => entry.kind === 'app' && entry.name?.includes('Management Extension') && entry.state === state,
    ),
  )
  expect((ended!.at - began!.at) / 1_000).toBe(Number.parseInt(seconds!, 10))
})

prove(['9/quality-updates'], 'they take as long', async () => {
  const { journal } = await wifi
  const { tookMs } = phasesOf(journal).find(({ name }) => name === 'Quality updates')!
  expect(tookMs).toBeGreaterThanOrEqual(20 * MINUTE)
  expect(tookMs).toBeLessThanOrEqual(40 * MINUTE)
})

prove(['9/sign-in-idle-timeout'], 'a sign-in lasts as long, and it was measured', async () => {
  const { journal } = await played('idle-at-the-sign-in')
  const says = (text: string) => journal.find((entry) => JSON.stringify(entry).includes(text))
  const shown = journal.find((entry) => entry.kind === 'screen' && 'screen' in entry && entry.screen.page === 'signIn')
  // The person types for two seconds before the sign-in begins.
  expect(Math.round((says('your sign-in timed out')!.at - shown!.at) / MINUTE)).toBe(10)
  expect(DURATIONS['signIn.sessionLifetime']!.tag).toBe('M')
})

prove(['9/esp-timeout', '9/provider-timeout'], 'it is the default of its node', ({ id, cells: [, value] }) => {
  const rule =
    id === '9/esp-timeout'
      ? firstSyncStatus.find(({ path }) => path.endsWith('/TimeOutUntilSyncFailure'))
      : enrollmentStatusTracking.rules.find(({ path }) => path.endsWith('/Timeout'))
  expect(rule!.default).toBe(String(Number.parseInt(value!, 10)))
})

prove(['9/reset-to-oobe'], 'a reset takes as long', async () => {
  const { journal } = await played('wipe-remote')
  const shown = journal.flatMap((entry) => (entry.kind === 'screen' && 'screen' in entry ? [entry] : []))
  const began = shown.findIndex(({ screen }) => screen.page === 'resetting')
  const over = shown.slice(began).find(({ screen }) => screen.page !== 'resetting')!
  const took = over.at - shown[began]!.at
  expect(took).toBeGreaterThanOrEqual(30 * MINUTE)
  expect(took).toBeLessThanOrEqual(45 * MINUTE)
})

prove(['2.6/status-page-after-it'], 'required apps are not tracked after it', async () => {
  const { journal } = await played('autopilot-reset-local')
  const since = journal.findLastIndex(
    (entry) => entry.kind === 'screen' && 'screen' in entry && entry.screen.page === 'restoring',
  )
  const texts = JSON.stringify(journal.slice(since).filter(({ kind }) => kind === 'screen'))
  expect(texts).not.toMatch(/\d of \d installed/)
})

prove(['2.6/remotewipe-automaticredeployment-status'], 'the device writes its states', async () => {
  const statuses = async (scenario: string) =>
    (await played(scenario)).journal.flatMap((entry) =>
      entry.kind === 'csp' && entry.by === 'device' && entry.uri.endsWith('/AutomaticRedeployment/Status')
        ? [entry.value]
        : [],
    )
  expect(await statuses('autopilot-reset-remote')).toContain('1')
  expect(await statuses('autopilot-reset-recovery-off')).toContain('30')
})

prove(
  ['2.6/primary-user-and-entra-owner'],
  'a local reset keeps the user, after a remote one the next one is it',
  async () => {
    const { ask, play } = playedTenant('autopilot-reset-local')
    await play()
    const [managed] = ask('GET', '/beta/deviceManagement/managedDevices').json.value
    expect(managed.userPrincipalName).toBe('alice@contoso.example')
    const { server, tenant } = managedScene()
    server.device.upn = ''
    server.awaitsPrimaryUser = true
    notePrimaryUser(tenant, server, 'ben@contoso.example')
    expect(server.device.upn).toBe('ben@contoso.example')
  },
)

/** What each place of the profile holds, in the registry export or the files. */
const PLACES: Readonly<Record<string, RegExp>> = {
  '3.5/hklm-software-microsoft-provisioning-diagnostics-autopilot':
    /Provisioning\\Diagnostics\\Autopilot\][^[]*"CloudAssignedTenantDomain"/,
  '3.5/establishedcorrelations': /EstablishedCorrelations\][^[]*"EntDMID"/,
  '3.5/hklm-software-microsoft-provisioning-autopilotpolicycache': /AutopilotPolicyCache\][^[]*"PolicyJsonCache"/,
  '3.5/hklm-software-microsoft-provisioning-autopilotsettings': /AutopilotSettings\][^[]*"DeviceSetupCategory.Status"/,
  '3.5/hklm-system-currentcontrolset-control-clouddomainjoin-joininfo': /CloudDomainJoin\\JoinInfo\\/,
}

prove(
  [
    ...['3.5/hklm-software-microsoft-provisioning-diagnostics-autopilot', '3.5/establishedcorrelations'],
    '3.5/hklm-software-microsoft-provisioning-autopilotpolicycache',
    '3.5/hklm-software-microsoft-provisioning-autopilotsettings',
    '3.5/hklm-system-currentcontrolset-control-clouddomainjoin-joininfo',
  ],
  'the registry export has it',
  async ({ id }) => {
    const files = evidenceOf((await wifi).journal)
    const dump = files.find(({ name }) => name === 'MdmDiagReport_RegistryDump.reg')!
    expect(Buffer.from(dump.bytes).toString('utf16le')).toMatch(PLACES[id]!)
  },
)

prove(
  ['3.5/c-windows-servicestate-wmansvc-autopilotddsztdfile-json', '3.1/policydownloaddate'],
  'the file has the profile and when it came',
  async () => {
    const files = evidenceOf((await wifi).journal)
    const file = files.find(({ name }) => name === 'AutopilotDDSZTDFile.json')!
    expect(JSON.parse(new TextDecoder().decode(file.bytes))).toMatchObject({
      PolicyDownloadDate: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
      CloudAssignedTenantDomain: 'contoso.example',
    })
  },
)

prove(
  [
    '3.5/c-windows-provisioning-autopilot-autopilotconfigurationfile-json',
    ...['3.1/ztdcorrelationid', '6.3/json-devices', '2.1/graph-enrollment-type', '2.1/primary-user'],
  ],
  'a device with the file is enrolled by it, and its correlation id names the profile',
  async () => {
    const { ask, play } = playedTenant('existing-device')
    expect(await play()).toBe('desktop')
    const [managed] = ask('GET', '/beta/deviceManagement/managedDevices').json.value
    expect(managed.userPrincipalName).toBe('alice@contoso.example')
    const [event] = ask('GET', '/beta/deviceManagement/autopilotEvents').json.value
    expect(event.enrollmentType).toBe('azureADJoinedWithOfflineAutopilotProfile')
    const object = ask('GET', `/v1.0/devices(deviceId='${managed.azureADDeviceId}')`).json
    expect(object.enrollmentProfileName).toMatch(/^OfflineAutopilotprofile-[\da-f-]{36}$/)
  },
)

prove(
  ['8.3/management-extension-log'],
  'the log has the phase, the registered list and the end of an app',
  async () => {
    const files = evidenceOf((await played('win32-apps')).journal)
    const log = files.find(({ name }) => name.endsWith('IntuneManagementExtension.log'))!
    const text = new TextDecoder().decode(log.bytes)
    for (const said of ['EspPhase: DeviceSetup', 'The list of apps is registered', 'is InProgress', 'is Installed']) {
      expect(text).toContain(said)
    }
  },
)

prove(['7.1/edition-in-csp-docs'], 'Windows 11 SE has the nodes of the status page', async () => {
  const { journal } = await wifi
  const [run] = journal
  expect(run?.kind === 'run' && run.spec.device.windows.edition).toBe('SE')
  const written = journal.flatMap((entry) =>
    entry.kind === 'csp' && entry.uri.includes('/FirstSyncStatus/') ? [entry.status] : [],
  )
  expect(written.length).toBeGreaterThan(5)
  expect(written).toContain(200)
})

/** Members of a registered device whose values are of these names. */
const NAMED: Readonly<Record<string, string>> = {
  '6.4/enrollmentstate': 'enrollmentState',
  '6.4/assignment-status': 'deploymentProfileAssignmentStatus',
  '6.4/detailed-status': 'deploymentProfileAssignmentDetailedStatus',
}

prove(
  ['6.4/enrollmentstate', '6.4/assignment-status', '6.4/detailed-status'],
  'a registered device has one of its names',
  ({ id, cells: [, names] }) => {
    const { ask } = playedTenant('existing-device-registered')
    const { value } = ask('GET', '/beta/deviceManagement/windowsAutopilotDeviceIdentities').json
    expect(value.length).toBeGreaterThan(0)
    const known = names!.match(/\b[a-z][A-Za-z]+\b/g)!
    for (const device of value) expect(known).toContain(device[NAMED[id]!])
  },
)
