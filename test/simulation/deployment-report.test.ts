import { expect, test } from 'vitest'
import type { HttpRequest } from '../../src/domain/http.ts'
import type { Transport } from '../../src/ports/http.ts'
import type { Change } from './played.ts'
import { played } from './played.ts'

const encoder = new TextEncoder()

interface Report {
  events: Record<string, string | number>[]
  details: Record<string, string | number>[]
  devices: Record<string, unknown>[]
  pages: Record<string, unknown>[]
}

/** A shipped scenario, and what an administrator finds in the report when it is over. */
async function reportOf(scenario: string, change: Omit<Change, 'wrap'> = {}): Promise<Report> {
  let service: Transport | undefined
  const wrap = (transport: Transport): Transport => {
    service = transport
    return transport
  }
  await played(scenario, { ...change, wrap })
  const send = async (method: HttpRequest['method'], url: string, body = '', headers = {}) => {
    const request = { method, url, headers, body: encoder.encode(body) }
    const response = await service!(request, {}, new AbortController().signal)
    return JSON.parse(new TextDecoder().decode(response.body))
  }
  const form = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: '5a3e0c52-7b1d-4f60-9a55-0c1d2e3f4a5b',
    client_secret: 'chalk-and-blackboard',
    scope: 'https://graph.microsoft.test/.default',
  })
  const login = 'https://login.microsoftonline.test/6f2c1d9a-4b73-4e58-9c0a-7d1e2f3a4b5c/oauth2/v2.0/token'
  const { access_token: token } = await send('POST', login, form.toString())
  const get = async (path: string) => {
    const headers = { authorization: `Bearer ${token}` }
    return (await send('GET', `https://graph.microsoft.test/beta/deviceManagement/${path}`, '', headers)).value
  }
  const events = await get('autopilotEvents')
  const [event] = events
  const details = event ? await get(`autopilotEvents/${event.id}/policyStatusDetails`) : []
  return { events, details, devices: await get('managedDevices'), pages: await get('deviceEnrollmentConfigurations') }
}

test('a first boot that ends well is a success in the report', async () => {
  const { events, details, devices, pages } = await reportOf('surface-wifi-happy-path')
  expect(events).toMatchObject([
    {
      deviceSerialNumber: 'SIM-SLSE-000001',
      userPrincipalName: 'alice@contoso.example',
      enrollmentState: 'enrolled',
      enrollmentType: 'azureADJoinedWithAutopilotProfile',
      windowsAutopilotDeploymentProfileDisplayName: 'Classroom laptops',
      windows10EnrollmentCompletionPageConfigurationId: pages.find(({ priority }) => priority === 1)!.id,
      deviceId: devices[0]!.id,
      deploymentState: 'success',
      deviceSetupStatus: 'success',
      accountSetupStatus: 'success',
    },
  ])
  const [event] = events
  expect(event!.deviceSetupDuration).toMatch(/^PT(\d+H)?(\d+M)?(\d+S)?$/)
  expect(event!.deviceSetupDuration).not.toBe('PT0S')
  expect(Number(event!.targetedAppCount)).toBeGreaterThan(0)
  expect(details.map(({ complianceStatus }) => complianceStatus)).toContain('installed')
  expect(devices[0]).toMatchObject({
    autopilotEnrolled: true,
    enrollmentProfileName: null,
    osVersion: expect.stringMatching(/^10\.0\./),
  })
})

test('a device that no page is assigned to has the default page, under its id in the list of pages', async () => {
  const { events } = await reportOf('surface-wifi-happy-path', { tenant: { statusPages: [] } })
  expect(events).toMatchObject([
    {
      windows10EnrollmentCompletionPageConfigurationDisplayName: 'All users and all devices',
      windows10EnrollmentCompletionPageConfigurationId:
        '6f2c1d9a-4b73-4e58-9c0a-7d1e2f3a4b5c_DefaultWindows10EnrollmentCompletionPageConfiguration',
      deviceSetupStatus: 'disabled',
    },
  ])
})

test('a device without a person has no account setup', async () => {
  const { events } = await reportOf('self-deploying-ethernet')
  expect(events).toMatchObject([
    {
      userPrincipalName: '',
      enrollmentType: 'azureADJoinedUsingDeviceAuthWithAutopilotProfile',
      accountSetupStatus: 'notAttempted',
    },
  ])
})

test('an enrolment with a profile from a file is there when it fails, and when it succeeds', async () => {
  const { events } = await reportOf('existing-device-refused')
  const offline = { enrollmentType: 'azureADJoinedWithOfflineAutopilotProfile' }
  expect(events).toMatchObject([
    { ...offline, enrollmentState: 'failed', deviceId: '' },
    { ...offline, enrollmentState: 'enrolled' },
  ])
})

test('a failure that was seen stays, though Try again got through', async () => {
  const { events, details } = await reportOf('app-fails-try-again')
  expect(events).toMatchObject([
    { enrollmentState: 'enrolled', deploymentState: 'failure', deviceSetupStatus: 'failure' },
  ])
  expect(details.map(({ complianceStatus }) => complianceStatus)).not.toContain('error')
})

test('a page whose time is over is a failure', async () => {
  const { events } = await reportOf('esp-timeout-continue-anyway')
  expect(events).toMatchObject([{ deploymentState: 'failure', deviceSetupStatus: 'failure' }])
})

test('what the device has not told is in progress, and what has not begun is not attempted', async () => {
  const { events } = await reportOf('surface-wifi-happy-path', { apps: [{ exitCode: 1603 }] })
  expect(events).toMatchObject([
    {
      deploymentState: 'inProgress',
      deviceSetupStatus: 'inProgress',
      accountSetupStatus: 'notAttempted',
      deploymentEndDateTime: '0001-01-01T00:00:00Z',
    },
  ])
})

test('a person without a licence has an enrolment that failed, with its reason', async () => {
  const { events, devices } = await reportOf('user-without-licence')
  expect(devices).toEqual([])
  expect(events[0]).toMatchObject({
    enrollmentState: 'failed',
    deploymentState: 'failure',
    enrollmentFailureDetails: 'the user has no licence for device management',
  })
})

test('a page that is not shown is disabled, and the enrolment is a success', async () => {
  const { events } = await reportOf('surface-wifi-happy-path', { page: { showInstallationProgress: false } })
  expect(events).toMatchObject([
    { deploymentState: 'success', deviceSetupStatus: 'disabled', accountSetupStatus: 'disabled' },
  ])
})
