import { describe, expect, test } from 'vitest'
import { hashOf } from '../directory/tenant-of.ts'
import { APPLICATION, asking, directly, type Json, jsonOf, tokenOf } from './serve.ts'

const DM = '/beta/deviceManagement'
const IMPORT = `${DM}/importedWindowsAutopilotDeviceIdentities/import`
const PROFILES = `${DM}/windowsAutopilotDeploymentProfiles`
const PAGES = '/v1.0/deviceManagement/deviceEnrollmentConfigurations'
const APPS = '/v1.0/deviceAppManagement/mobileApps'

describe('who may', () => {
  test('an application gets a token by its secret, and for nothing else', () => {
    const scene = directly()
    const refusal = (changes: Record<string, string>) => {
      const response = tokenOf(scene, changes)
      return [response.status, jsonOf(response).error_description.slice(0, 13)]
    }
    expect(tokenOf(scene).status).toBe(200)
    expect(refusal({ client_secret: 'guess' })).toEqual([401, 'AADSTS7000215'])
    expect(refusal({ client_id: 'nobody' })).toEqual([400, 'AADSTS700016:'])
    expect(refusal({ scope: 'user.read' })).toEqual([400, 'AADSTS1002012'])
  })

  test('no token, a spoilt one, one for another service, and one without the permission are refused', () => {
    const scene = directly({
      applications: [{ ...APPLICATION, name: 'Reader', permissions: ['Group.Read.All'] }],
    })
    const good: string = jsonOf(tokenOf(scene)).access_token
    const [header, claims, signature] = good.split('.') as [string, string, string]
    const bytes = Buffer.from(signature, 'base64url')
    bytes[10]! ^= 1
    const answer = (token: string, method: 'GET' | 'POST' = 'GET', path = '/v1.0/groups') => {
      const { status, json } = asking(scene, token)(method, path, {})
      return [status, json.error?.code ?? 'fine']
    }
    expect(answer(good)).toEqual([200, 'fine'])
    expect(answer('')).toEqual([401, 'InvalidAuthenticationToken'])
    expect(answer(`${header}.${claims}.${bytes.toString('base64url')}`)).toEqual([401, 'InvalidAuthenticationToken'])
    const elsewhere = jsonOf(tokenOf(scene, { scope: 'https://api.manage.microsoft.com/.default' })).access_token
    expect(answer(elsewhere)).toEqual([401, 'InvalidAuthenticationToken'])
    expect(answer(good, 'POST')).toEqual([403, 'Authorization_RequestDenied'])
    expect(answer(good, 'GET', '/v1.0/users')).toEqual([403, 'Authorization_RequestDenied'])
  })
})

test('what is in beta alone is no part of v1.0, and what is nowhere has no segment', () => {
  const { ask } = directly()
  const answer = (path: string) => {
    const { status, json } = ask('GET', path)
    return [status, json.error?.message]
  }
  expect(answer(PROFILES)).toEqual([200, undefined])
  const message = "Resource not found for the segment 'windowsAutopilotDeploymentProfiles'."
  expect(answer(PROFILES.replace('beta', 'v1.0'))).toEqual([400, message])
  expect(answer('/v1.0/toasters')).toEqual([400, "Resource not found for the segment 'toasters'."])
  expect(answer('/v2.0/groups')).toEqual([404, 'Invalid version: v2.0'])
  expect(ask('DELETE', PROFILES).json.error.code).toBe('No method match route template')
})

test('a batch is imported row by row, and says what went wrong with each', () => {
  const { ask, wait } = directly({}, [{ device: 'surface-laptop-se' }], { elsewhere: ['dell-latitude-3120'] })
  const row = (hardwareIdentifier: string) => ({ hardwareIdentifier, serialNumber: 'x' })
  const rows = ['surface-laptop-se', 'dell-latitude-3120', 'asus-br1100fka'].map((name) => row(hashOf(name)))
  const { status, json } = ask('POST', IMPORT, { importedWindowsAutopilotDeviceIdentities: [...rows, rows[2]] })
  expect([status, json.value.length]).toEqual([200, 4])
  wait(5)
  const { value } = ask('GET', IMPORT.replace(/\/import$/, '')).json
  expect(
    value.map(({ state }: Json) => [state.deviceImportStatus, state.deviceErrorCode, state.deviceErrorName]),
  ).toEqual([
    ['error', 806, 'ZtdDeviceAlreadyAssigned'],
    ['error', 808, 'ZtdDeviceAssignedToOtherTenant'],
    ['complete', 0, 'None'],
    ['error', 0, 'ZtdDeviceDuplicated'],
  ])
})

test('an owner registers by hash alone, for users of the own domain', () => {
  const { ask } = directly()
  const refusal = (body: object) => ask('POST', IMPORT.replace(/\/import$/, ''), body).json.error?.message
  expect(refusal({ productKey: '3300000000009' })).toBe('hardwareIdentifier is missing')
  const hardwareIdentifier = hashOf('surface-laptop-se')
  expect(refusal({ hardwareIdentifier, assignedUserPrincipalName: 'mallory@fabrikam.example' })).toBe(
    'the user "mallory@fabrikam.example" is not of the domain contoso.example',
  )
  expect(refusal({ hardwareIdentifier, assignedUserPrincipalName: 'alice@contoso.example' })).toBeUndefined()
})

test('an empty import id is none: what is imported again later is registered already, not a duplicate', () => {
  const { ask, wait } = directly()
  const path = IMPORT.replace(/\/import$/, '')
  const body = { hardwareIdentifier: hashOf('surface-laptop-se'), importId: '' }
  ask('POST', path, body)
  wait(5)
  const { id } = ask('POST', path, body).json
  wait(5)
  expect(ask('GET', `${path}/${id}`).json.state.deviceErrorName).toBe('ZtdDeviceAlreadyAssigned')
})

test('a device with other hardware under its serial number requires an administrator', () => {
  const { ask, handle } = directly({}, [{ device: 'surface-laptop-se' }])
  const hardwareHash = hashOf('surface-laptop-se', { uuid: '53494d00-9999-4000-8000-000000000001' })
  const state = () => ask('GET', `${DM}/windowsAutopilotDeviceIdentities`).json.value[0].remediationState
  expect(state()).toBe('noRemediationRequired')
  handle({
    method: 'POST',
    url: 'https://ztd.dds.microsoft.test/profiles/lookup',
    headers: {},
    body: new TextEncoder().encode(JSON.stringify({ hardwareHash, productKeyId: '' })),
  })
  expect(state()).toBe('manualRemediationRequired')
})

test('there are at most 350 deployment profiles and 50 Enrollment Status Pages', () => {
  const { ask } = directly()
  const statuses = (path: string, count: number) =>
    Array.from({ length: count }, (_, index) => ask('POST', path, { displayName: `n${index}` }).status)
  expect(statuses(PROFILES, 349).indexOf(400)).toBe(348)
  expect(statuses(PAGES, 50).indexOf(400)).toBe(49)
})

test('an application signs in to its own tenant', () => {
  const scene = directly()
  const at = (authority: string) =>
    scene.handle({
      method: 'POST',
      url: `https://login.microsoftonline.test/${authority}/oauth2/v2.0/token`,
      headers: {},
      body: new TextEncoder().encode(
        new URLSearchParams({
          grant_type: 'client_credentials',
          client_id: APPLICATION.id,
          client_secret: APPLICATION.secret,
          scope: 'https://graph.microsoft.test/.default',
        }).toString(),
      ),
    }).status
  expect([at('contoso.example'), at('common'), at('fabrikam.example')]).toEqual([200, 400, 400])
})

test('a hash that lost its padding is 400, whatever else is in the batch', () => {
  const { ask } = directly()
  const send = (...hashes: string[]) =>
    ask('POST', IMPORT, {
      importedWindowsAutopilotDeviceIdentities: hashes.map((hardwareIdentifier) => ({ hardwareIdentifier })),
    })
  const { status, json } = send(hashOf('surface-laptop-se'), hashOf('asus-br1100fka').slice(0, -1))
  expect([status, json.error.message]).toEqual([400, expect.stringContaining("to the expected type 'Edm.Binary'")])
  expect(ask('GET', IMPORT.replace(/\/import$/, '')).json.value).toEqual([])
  expect(send().status).toBe(400)
  expect(send(...Array(501).fill('T0E=')).json.error.message).toBe('at most 500 devices at a time, not 501')
})

test('a synchronisation is 204, 409 while it runs, 429 within ten minutes', () => {
  const { ask, wait } = directly({ delays: { sync: '2m' } })
  const sync = () => ask('POST', `${DM}/windowsAutopilotSettings/sync`)
  const state = () => ask('GET', `${DM}/windowsAutopilotSettings`).json.syncStatus
  expect([state(), sync().status, state(), sync().status]).toEqual(['unknown', 204, 'inProgress', 409])
  wait(2)
  expect([state(), sync().status, sync().headers['retry-after']]).toEqual(['completed', 429, '480'])
  const ended = () => ask('GET', `${DM}/windowsAutopilotSettings`).json.lastSyncDateTime
  expect(ended()).toBe('2024-11-04T08:02:00Z')
  wait(8)
  expect([sync().status, state(), ended()]).toEqual([204, 'inProgress', '2024-11-04T08:02:00Z'])
})

describe('a deployment profile', () => {
  test('keeps what a PATCH leaves out, and cannot be assigned to users or twice', () => {
    const { ask } = directly()
    const [first] = ask('GET', PROFILES).json.value
    const patched = ask('PATCH', `${PROFILES}/${first.id}`, { outOfBoxExperienceSetting: { eulaHidden: false } }).json
    expect(patched.outOfBoxExperienceSetting).toEqual({ ...first.outOfBoxExperienceSetting, eulaHidden: false })
    const assign = (type: string) =>
      ask('POST', `${PROFILES}/${first.id}/assignments`, { target: { '@odata.type': `#microsoft.graph.${type}` } })
    expect(assign('allLicensedUsersAssignmentTarget').status).toBe(400)
    expect(assign('groupAssignmentTarget').json.error.message).toBe('there is no group ""')
    expect([assign('allDevicesAssignmentTarget').status, assign('allDevicesAssignmentTarget').status]).toEqual([
      201, 400,
    ])
  })
})

describe('an Enrollment Status Page', () => {
  test('comes last when it is new, moves by its priority, and waits for apps that there are', () => {
    const { ask, tenant } = directly()
    const [app] = ask('GET', APPS).json.value
    const made = ask('POST', PAGES, {
      displayName: 'New',
      selectedMobileAppIds: [app.id],
      showInstallationProgress: true,
    })
    expect(made).toMatchObject({ status: 201, json: { priority: 2, selectedMobileAppIds: [app.id] } })
    expect(ask('POST', `${PAGES}/${made.json.id}/setPriority`, { priority: 1 }).status).toBe(200)
    expect(ask('GET', `${PAGES}/${made.json.id}`).json.priority).toBe(1)
    const assign = ask('POST', `${PAGES}/${made.json.id}/assign`, {
      enrollmentConfigurationAssignments: [
        { target: { '@odata.type': '#microsoft.graph.allDevicesAssignmentTarget' } },
      ],
    })
    expect(assign.status).toBe(200)
    expect(tenant.managementOf({ registered: undefined }, '').statusPage.page.name).toBe('New')
    expect(ask('POST', PAGES, { displayName: 'x', selectedMobileAppIds: ['nothing'] }).status).toBe(400)
    expect(ask('POST', PAGES, { displayName: 'x', installProgressTimeoutInMinutes: 1441 }).status).toBe(400)
    expect(ask('DELETE', `${APPS}/${app.id}`).json.error.message).toBe(
      'the Enrollment Status Page "New" waits for this app',
    )
  })
})

test('a dynamic group takes a rule and no members, the other the reverse', () => {
  const { ask, wait } = directly({}, [{ device: 'surface-laptop-se' }])
  const dynamic = { displayName: 'd', groupTypes: ['DynamicMembership'], membershipRule: 'device.objectId -ne null' }
  const id = ask('POST', '/v1.0/groups', dynamic).json.id
  const members = () => ask('GET', `/v1.0/groups/${id}/transitiveMembers`).json.value.length
  // The service has not evaluated it yet.
  expect(members()).toBe(0)
  wait(5)
  expect(members()).toBe(1)
  expect(ask('PATCH', `/v1.0/groups/${id}`, { membershipRule: 'device.objectId -eq null' }).status).toBe(204)
  expect(members()).toBe(1)
  wait(5)
  expect(members()).toBe(0)
  expect(ask('PATCH', `/v1.0/groups/${id}`, { membershipRuleProcessingState: 'Paused' }).status).toBe(400)
  expect(ask('POST', '/v1.0/groups', { displayName: 'x', membershipRule: 'device.objectId -ne null' }).status).toBe(400)
  const listed = ask('POST', '/v1.0/groups', { displayName: 'listed', groupTypes: [] }).json.id
  const alice = ask('GET', '/v1.0/users/alice@contoso.example').json.id
  const add = (group: string, object: string) =>
    ask('POST', `/v1.0/groups/${group}/members/$ref`, {
      '@odata.id': `https://graph.microsoft.test/v1.0/users/${object}`,
    }).status
  expect([add(listed, alice), add(listed, alice), add(listed, 'nobody'), add(id, alice)]).toEqual([204, 400, 404, 403])
})

test('branding that is changed is what the sign-in shows', () => {
  const { ask, tenant } = directly()
  const path = `/v1.0/organization/${tenant.definition.tenantId}/branding`
  expect(ask('PATCH', path, { signInPageText: 'Good morning', backgroundColor: '#112233' }).status).toBe(204)
  expect(ask('GET', path).json).toMatchObject({
    signInPageText: 'Good morning',
    usernameHintText: 'you@contoso.example',
  })
  expect(tenant.directory.now.branding).toMatchObject({ color: '#112233' })
  expect(ask('PATCH', path, { backgroundColor: 'red' }).status).toBe(400)
  expect(ask('GET', '/v1.0/organization/elsewhere/branding').status).toBe(404)
})

test('a user that is made can sign in, and enrols once it has a licence', () => {
  const { ask, tenant } = directly()
  const body = {
    displayName: 'Eve Lim',
    userPrincipalName: 'eve@contoso.example',
    passwordProfile: { password: 'new-shoes' },
  }
  const { status, json } = ask('POST', '/v1.0/users', body)
  expect(status).toBe(201)
  expect(JSON.stringify(json)).not.toContain('new-shoes')
  expect(tenant.findUser('EVE@contoso.example')?.user).toMatchObject({ password: 'new-shoes', licensed: false })
  const [{ skuId }] = ask('GET', '/v1.0/subscribedSkus').json.value
  ask('POST', `/v1.0/users/${json.id}/assignLicense`, { addLicenses: [{ skuId }], removeLicenses: [] })
  expect(tenant.findUser('eve@contoso.example')?.user.licensed).toBe(true)
  expect(ask('POST', '/v1.0/users', body).status).toBe(400)
  expect(ask('POST', '/v1.0/users', { ...body, userPrincipalName: 'eve@elsewhere.example' }).status).toBe(400)
})

describe('query options', () => {
  const serials = (query: string) => {
    const { ask } = directly({}, [
      { device: 'surface-laptop-se', details: { groupTag: 'Classroom' } },
      { device: 'asus-br1100fka', details: { groupTag: 'Library' } },
      { device: 'dell-latitude-3120' },
    ])
    const { status, json } = ask('GET', `${DM}/windowsAutopilotDeviceIdentities?${query}`)
    return status === 200 ? json.value.map(({ manufacturer }: Json) => manufacturer.split(' ')[0]) : json.error.message
  }

  test.each<[string, string[] | string]>([
    ["$filter=contains(groupTag,'classroom')", ['Microsoft']],
    ["$filter=not contains(groupTag,'class')", ['ASUSTeK', 'Dell']],
    ["$filter=startswith(manufacturer,'asus') or contains(model,'latitude')", ['ASUSTeK', 'Dell']],
    ["$filter=not (contains(model,'Laptop')) and contains(groupTag,'Libr') eq true", ['ASUSTeK']],
    ['$orderby=manufacturer desc&$top=2', ['Microsoft', 'Dell']],
    ['$skip=2', ['Dell']],
    ["$filter=groupTag eq 'x", 'Invalid filter clause: $filter, character 13: this text is not closed'],
    ['$filter=groupTag like 1', 'Invalid filter clause: $filter, character 10: "like" is no operator'],
    ['$filter=groupTag', 'Invalid filter clause: $filter, character 9: "the end" is no operator'],
    ["$filter=(groupTag eq 'x'", 'Invalid filter clause: $filter, character 17: expected ")", not "the end"'],
    ['$top=0', "Invalid value '0' for $top query option found."],
    ['$top=-1', "Invalid value '-1' for $top query option found."],
    ['$apply=x', "The query parameter '$apply' is not supported."],
  ])('%s', (query, expected) => {
    expect(serials(query)).toEqual(expected)
  })

  test('$select leaves the rest out, $count counts what the filter left', () => {
    const { ask } = directly({}, [{ device: 'surface-laptop-se' }, { device: 'asus-br1100fka' }])
    const { json } = ask('GET', `${DM}/windowsAutopilotDeviceIdentities?$select=serialNumber&$count=true&$top=1`)
    expect(json['@odata.count']).toBe(2)
    expect(Object.keys(json.value[0])).toEqual(['@odata.type', 'serialNumber'])
  })
})

test('a body that is no JSON is refused', () => {
  const scene = directly()
  const token: string = jsonOf(tokenOf(scene)).access_token
  const response = scene.handle({
    method: 'POST',
    url: 'https://graph.microsoft.test/v1.0/groups',
    headers: { authorization: `Bearer ${token}` },
    body: new TextEncoder().encode('{"displayName":'),
  })
  expect([response.status, jsonOf(response).error.code]).toEqual([400, 'BadRequest'])
})
