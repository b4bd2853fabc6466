import { describe, expect, test } from 'vitest'
import { handleGraph } from '../../../src/mock-service/graph/handle-graph.ts'
import { createMockService } from '../../../src/mock-service/router.ts'
import { asking, directly, type Json, jsonOf, tokenOf } from './serve.ts'

const DEVICES = 'deviceManagement/windowsAutopilotDeviceIdentities'
const scene = () => directly({}, [{ device: 'surface-laptop-se' }])
const idOf = ({ tenant }: ReturnType<typeof scene>): string => [...tenant.directory.now.devices.keys()][0]!

describe('a path is found', () => {
  test.each([
    (id: string) => `/Beta/${DEVICES}/${id}`,
    (id: string) => `/BETA/${DEVICES.toUpperCase()}('${id}')`,
    (id: string) => `/v1.0/${DEVICES}(id='${id}')`,
    (id: string) => `/V1.0/${DEVICES}(%27${id}%27)/`,
    (id: string) => `/v1.0//${DEVICES}//${id}`,
    (id: string) => `//v1.0/microsoft.graph.deviceManagement/windowsAutopilotDeviceIdentities/${id}?`,
  ])('in the form %#', (form) => {
    const made = scene()
    const id = idOf(made)
    const { status, json } = made.ask('GET', form(id))
    expect([status, json.id]).toEqual([200, id])
  })

  test('and so is an action', () => {
    const made = scene()
    for (const name of [
      'UpdateDeviceProperties',
      'microsoft.graph.updateDeviceProperties',
      'Microsoft.Graph.UPDATEDEVICEPROPERTIES/',
    ]) {
      const { status } = made.ask('POST', `/beta/${DEVICES}('${idOf(made)}')/${name}`, { groupTag: name })
      made.wait(1)
      expect([status, [...made.tenant.directory.now.devices.values()][0]!.groupTag]).toEqual([204, name])
    }
  })

  test('with a quote in its key', () => {
    const { ask } = directly()
    const made = ask('POST', '/v1.0/users', {
      displayName: "O'Hara",
      userPrincipalName: "o'hara@contoso.example",
      passwordProfile: { password: 'new-shoes' },
    })
    expect(made.status).toBe(201)
    expect(ask('GET', "/v1.0/users('o''hara@contoso.example')").json.id).toBe(made.json.id)
    expect(ask('GET', "/v1.0/users/o'hara%40contoso.example").json.id).toBe(made.json.id)
  })
})

describe('whatever is refused', () => {
  test.each<[string, string, number, string]>([
    ['GET', '/v2.0/groups', 404, 'ResourceNotFound'],
    ['GET', '/groups', 404, 'ResourceNotFound'],
    ['GET', '/', 404, 'ResourceNotFound'],
    ['GET', '/v1.0/toasters', 400, 'BadRequest'],
    ['GET', '/v1.0/groups/x/y/z/zz', 400, 'BadRequest'],
    ['GET', `/v1.0/${DEVICES}/x/deploymentProfile`, 400, 'BadRequest'],
    ['GET', '/v1.0/%zz', 400, 'BadRequest'],
    ['GET', `/beta/${DEVICES}/x/$count`, 404, 'ResourceNotFound'],
    ['GET', '/v1.0/groups/x', 404, 'Request_ResourceNotFound'],
    ['PUT', '/v1.0/groups', 405, 'Request_BadRequest'],
    ['OPTIONS', `/v1.0/${DEVICES}`, 400, 'No method match route template'],
    ['PATCH', `/v1.0/${DEVICES}/x`, 400, 'No method match route template'],
    ['GET', '/v1.0/$batch', 405, 'MethodNotAllowed'],
    ['POST', '/v1.0/$metadata', 405, 'MethodNotAllowed'],
  ])('%s %s has a body of OData', (method, path, status, code) => {
    const { ask } = directly()
    const answer = ask(method as 'GET', path)
    expect([answer.status, answer.json.error.code]).toEqual([status, code])
    expect(answer.headers['content-type']).toMatch(/^application\/json/)
    expect(Object.keys(answer.json.error)).toEqual(['code', 'message', 'innerError'])
  })

  test('a method that Intune does not have is named with the template of its path', () => {
    const { ask } = directly()
    expect(ask('PATCH', `/beta/${DEVICES}/0815`).json.error.message).toBe(
      "No OData route exists that match template ~/singleton/navigation/key with http verb PATCH for request /DeviceEnrollmentFE/StatelessDeviceEnrollmentFEService/deviceManagement/windowsAutopilotDeviceIdentities('0815').",
    )
  })
})

test('where all services share one origin, Graph is what has a version, or a first segment that is Graph’s alone', () => {
  const { tenant } = directly()
  const origin = 'https://mock.test:8443'
  const endpoints = Object.fromEntries(Object.keys(tenant.endpoints).map((name) => [name, origin]))
  const service = createMockService(tenant, endpoints as unknown as typeof tenant.endpoints, handleGraph)
  const handle = (request: Parameters<typeof service>[0]) => service(request, {})
  const token: string = jsonOf(tokenOf(directly())).access_token
  const get = (path: string, method = 'GET'): [number, string | undefined] => {
    const headers = { authorization: `Bearer ${token}` }
    const response = handle({ method: method as 'GET', url: `${origin}${path}`, headers, body: new Uint8Array() })
    const text = new TextDecoder().decode(response.body)
    return [response.status, text.startsWith('{') ? ((JSON.parse(text) as Json).error?.code ?? 'fine') : undefined]
  }
  expect(get('/Beta/groups')).toEqual([200, 'fine'])
  expect(get('/V1.0/organization')).toEqual([200, 'fine'])
  expect(get('/v9.9/groups')).toEqual([404, 'ResourceNotFound'])
  expect(get('/deviceManagement/managedDevices')).toEqual([404, 'ResourceNotFound'])
  expect(get('/devicemanagement/sync', 'DELETE')).toEqual([405, undefined])
  expect(get('/some/where')).toEqual([404, undefined])
})

test('every answer says how the request is called', () => {
  const { ask } = directly()
  for (const path of ['/v1.0/groups', '/v1.0/groups/x', '/v1.0/nothing', '/v7/x']) {
    const given = ask('GET', path, undefined, {
      'client-request-id': 'my-own-name',
      'return-client-request-id': 'true',
    })
    expect(given.headers['client-request-id']).toBe('my-own-name')
    expect(given.headers['request-id']).toMatch(/^[0-9a-f-]{36}$/)
    const { headers, json } = ask('GET', path)
    expect(headers['client-request-id']).toBe(headers['request-id'])
    if (json.error) expect(json.error.innerError['request-id']).toBe(headers['request-id'])
  }
  expect(
    ask('GET', '/v1.0/groups', undefined, { 'client-request-id': 'a\r\nb: c' }).headers['client-request-id'],
  ).toMatch(/^[0-9a-f-]{36}$/)
})

test('a property of an object of the directory has a path', () => {
  const { ask } = directly()
  const get = (path: string) => {
    const { status, json } = ask('GET', path)
    return [status, json?.value ?? json?.error.message]
  }
  expect(get('/v1.0/users/alice@contoso.example/DisplayName')).toEqual([200, 'Alice Park'])
  expect(get('/v1.0/users/alice@contoso.example/toaster')).toEqual([
    400,
    "Resource not found for the segment 'toaster'.",
  ])
  expect(get('/v1.0/users/nobody/displayName')[0]).toBe(404)
  const { id } = ask('POST', '/v1.0/groups', { displayName: 'x' }).json
  expect(get(`/v1.0/groups/${id}/description`)).toEqual([204, undefined])
})

test('an answer without metadata has the count and the next page alone', () => {
  const { ask } = directly({}, [{ device: 'surface-laptop-se' }, { device: 'asus-br1100fka' }])
  const { json } = ask('GET', `/beta/${DEVICES}?$top=1&$count=true`, undefined, {
    accept: 'application/json;odata.metadata=none',
  })
  expect(Object.keys(json)).toEqual(['@odata.count', '@odata.nextLink', 'value'])
  expect(json.value[0]).not.toHaveProperty('@odata.type')
})

test('the service document names the sets', () => {
  const { ask } = directly()
  const names = ask('GET', '/beta').json.value.map(({ name }: Json) => name)
  expect(names).toEqual(expect.arrayContaining(['groups', 'users', 'organization', 'deviceManagement']))
})

test('asking is the same for all tests: no token is no header', () => {
  const made = directly()
  expect(asking(made, '')('GET', '/v1.0/groups').json.error.message).toBe('Access token is empty.')
})
