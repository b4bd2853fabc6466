import { mkdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { writeBeginning } from '../../src/cli/serve/beginning.ts'
import { headerLine } from '../../src/cli/serve/recorded.ts'
import { serveTenant } from '../../src/cli/serve/served-tenant.ts'
import type { ManagedDevice } from '../../src/mock-service/oma-dm/managed-device.ts'
import { loadScenarios } from '../../src/scenario/scenario.ts'
import { file, folder } from './call.ts'
import { CA, ORIGIN, resumedAt } from './data-folder-scene.ts'

/** As earlier versions wrote it after the happy path. None is written anew: a later format gets a file beside it. */
const STATES = ['state-format-1.ndjson', 'state-format-2.ndjson', 'state-format-3.ndjson']

test.each(STATES)('a state of an earlier version is still a school: %s', (name) => {
  const path = join(folder, 'state')
  mkdirSync(path)
  const definition = loadScenarios('surface-wifi-happy-path')[0]!.tenant
  const bytes = readFileSync(resolve(import.meta.dirname, name))
  const { startedAt, count } = JSON.parse(bytes.toString('utf8').split('\n')[0]!) as {
    startedAt: number
    count: number
  }
  writeBeginning(path, { definition, startedAt, seed: 3, ca: CA, origin: ORIGIN })
  file('state/state.json', bytes)
  file('state/requests.ndjson', `${headerLine(startedAt, count)}\n`)
  const resumed = resumedAt(path)
  expect(resumed).toMatchObject({ count, requests: [] })

  const served = serveTenant(resumed, undefined, () => startedAt + 3_600_000)
  const post = (form: Record<string, string>) => {
    const body = new TextEncoder().encode(new URLSearchParams(form).toString())
    const url = `${ORIGIN}/${definition.tenantId}/oauth2/v2.0/token`
    const answer = served.handle({ method: 'POST', url, headers: {}, body }, {})
    return { status: answer.status, json: JSON.parse(new TextDecoder().decode(answer.body)) as Record<string, string> }
  }
  const { access_token: token } = post({
    grant_type: 'client_credentials',
    client_id: '5a3e0c52-7b1d-4f60-9a55-0c1d2e3f4a5b',
    client_secret: 'chalk-and-blackboard',
    scope: 'https://graph.microsoft.test/.default',
  }).json
  const ask = (method: 'GET' | 'POST', path: string, json?: object) => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
    const body = new TextEncoder().encode(json ? JSON.stringify(json) : '')
    return served.handle({ method, url: `${ORIGIN}${path}`, headers, body }, {})
  }
  const jsonOf = (path: string) =>
    JSON.parse(new TextDecoder().decode(ask('GET', path).body)) as Record<string, unknown> & {
      value: Record<string, unknown>[]
    }
  expect(jsonOf('/v1.0/deviceManagement/managedDevices').value).toMatchObject([
    { serialNumber: 'SIM-SLSE-000001', userPrincipalName: 'alice@contoso.example' },
  ])
  const [registered] = jsonOf('/v1.0/deviceManagement/windowsAutopilotDeviceIdentities').value
  const registeredId = registered!.azureActiveDirectoryDeviceId
  const [joined] = [...served.tenant.state.entra.joined.values()]
  const { entra } = served.tenant.directory
  expect(entra.byDeviceId(joined!.deviceId)).toMatchObject({ trustType: 'AzureAd', accountEnabled: true })
  expect(entra.byDeviceId(String(registeredId))).toMatchObject({ registrationId: registered!.id })
  // What an earlier version did not know of a device is empty, and can be written.
  const [{ device }] = [...served.tenant.state.management.managed.values()] as [ManagedDevice]
  const managed = `/beta/deviceManagement/managedDevices/${device.entDmId}`
  expect(ask('POST', `${managed}/rebootNow`).status).toBe(204)
  expect(jsonOf(managed)).toMatchObject({
    managementState: 'managed',
    deviceActionResults: [{ actionName: 'rebootNow', actionState: 'pending' }],
  })
  expect(ask('GET', '/beta/deviceManagement/autopilotEvents').status).toBe(200)
  const identifiers = '/beta/deviceManagement/importedDeviceIdentities'
  expect(jsonOf(identifiers).value).toEqual([])
  const list = {
    importedDeviceIdentities: [
      { importedDeviceIdentifier: 'SIM-SLSE-000001', importedDeviceIdentityType: 'serialNumber' },
    ],
    overwriteImportedDeviceIdentities: true,
  }
  expect(ask('POST', `${identifiers}/importDeviceIdentityList`, list).status).toBe(200)
  expect(jsonOf(identifiers).value).toMatchObject([{ enrollmentState: 'enrolled' }])
  const [refreshToken, { clientId }] = [...served.tenant.state.entra.refreshTokens][0]!
  const refreshed = post({ grant_type: 'refresh_token', refresh_token: refreshToken, client_id: clientId, scope: '' })
  expect(refreshed.status).toBe(200)
  expect(joined!.transportSpki).toBeInstanceOf(Uint8Array)
})
