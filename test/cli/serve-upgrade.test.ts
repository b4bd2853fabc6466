import { mkdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { writeBeginning } from '../../src/cli/serve/beginning.ts'
import { headerLine } from '../../src/cli/serve/recorded.ts'
import { serveTenant } from '../../src/cli/serve/served-tenant.ts'
import { loadScenarios } from '../../src/scenario/scenario.ts'
import { file, folder } from './call.ts'
import { CA, ORIGIN, resumedAt, START } from './data-folder-scene.ts'

/** As earlier versions wrote it after the happy path. None is written anew: a later format gets a file beside it. */
const STATES = ['state-format-1.ndjson', 'state-format-2.ndjson']

test.each(STATES)('a state of an earlier version is still a school: %s', (name) => {
  const path = join(folder, 'state')
  mkdirSync(path)
  const definition = loadScenarios('surface-wifi-happy-path')[0]!.tenant
  writeBeginning(path, { definition, startedAt: START, seed: 3, ca: CA, origin: ORIGIN })
  file('state/state.json', readFileSync(resolve(import.meta.dirname, name)))
  file('state/requests.ndjson', `${headerLine(START, 41)}\n`)
  const resumed = resumedAt(path)
  expect(resumed).toMatchObject({ count: 41, requests: [] })

  const served = serveTenant(resumed, undefined, () => START + 3_600_000)
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
  const url = `${ORIGIN}/v1.0/deviceManagement/managedDevices`
  const headers = { authorization: `Bearer ${token}` }
  const devices = served.handle({ method: 'GET', url, headers, body: new Uint8Array() }, {})
  expect(JSON.parse(new TextDecoder().decode(devices.body))).toMatchObject({
    value: [{ serialNumber: 'SIM-SLSE-000001', userPrincipalName: 'alice@contoso.example' }],
  })
  const [refreshToken, { clientId }] = [...served.tenant.state.entra.refreshTokens][0]!
  const refreshed = post({ grant_type: 'refresh_token', refresh_token: refreshToken, client_id: clientId, scope: '' })
  expect(refreshed.status).toBe(200)
  expect([...served.tenant.state.entra.joined.values()][0]!.transportSpki).toBeInstanceOf(Uint8Array)
})
