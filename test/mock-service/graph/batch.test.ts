import { describe, expect, test } from 'vitest'
import { asking, directly, type Json, jsonOf, tokenOf } from './serve.ts'

const DEVICES = '/deviceManagement/windowsAutopilotDeviceIdentities'
const JSON_TYPE = { 'Content-Type': 'application/json' }
type Ask = ReturnType<typeof directly>['ask']

const responses = (ask: Ask, requests: object[], version = 'v1.0') => {
  const { status, json } = ask('POST', `/${version}/$batch`, { requests })
  expect(status).toBe(200)
  return Object.fromEntries(json.responses.map((response: Json) => [response.id, response])) as Record<string, Json>
}

describe('a batch', () => {
  test('answers each part as if it had come alone', () => {
    const { ask, tenant, wait } = directly({}, [{ device: 'surface-laptop-se' }])
    const [id] = tenant.directory.now.devices.keys()
    const answers = responses(
      ask,
      [
        { id: '1', method: 'GET', url: `${DEVICES}/${id}` },
        { id: '2', method: 'get', url: "groups?$filter=startswith(displayName,'C')&$select=displayName" },
        {
          id: '3',
          method: 'POST',
          url: `${DEVICES}('${id}')/UpdateDeviceProperties`,
          headers: JSON_TYPE,
          body: { groupTag: 'X' },
        },
        { id: '4', method: 'GET', url: '/groups/$count', headers: { ConsistencyLevel: 'eventual' } },
        { id: '5', method: 'GET', url: '/groups/nothing' },
        { id: '6', method: 'DELETE', url: `${DEVICES}/nothing` },
        { id: '7', method: 'POST', url: '/$batch', headers: JSON_TYPE, body: { requests: [] } },
        { id: '8', method: 'GET', url: '/v1.0/groups' },
      ],
      'beta',
    )
    expect(answers['1']).toMatchObject({ status: 200, body: { id }, headers: { 'Content-Type': 'application/json' } })
    expect(answers['1'].headers['request-id']).toMatch(/^[0-9a-f-]{36}$/)
    expect(Object.keys(answers['2'].body.value[0])).toEqual(['displayName'])
    wait(1)
    expect([answers['3'].status, answers['3'].body, tenant.directory.now.devices.get(id!)?.groupTag]).toEqual([
      204,
      undefined,
      'X',
    ])
    expect(Number(Buffer.from(answers['4'].body, 'base64').toString())).toBe(tenant.directory.now.groups.size)
    expect([answers['5'].status, answers['5'].body.error.code]).toEqual([404, 'Request_ResourceNotFound'])
    expect([answers['6'].status, answers['6'].body.error.code]).toEqual([404, 'ResourceNotFound'])
    expect([answers['7'].status, answers['7'].body.error.message]).toEqual([
      400,
      "Resource not found for the segment '$batch'.",
    ])
    expect([answers['8'].status, answers['8'].body.error.message]).toEqual([
      400,
      "Resource not found for the segment 'v1.0'.",
    ])
  })

  test('keeps the order of what depends on each other, and fails what depends on a failure', () => {
    const { ask, tenant } = directly({ deploymentProfiles: [], groups: [], statusPages: [] })
    const make = (id: string, displayName: string, dependsOn?: string[]) => ({
      id,
      method: 'POST',
      url: '/groups',
      headers: JSON_TYPE,
      body: { displayName, groupTypes: [] },
      ...(dependsOn ? { dependsOn } : {}),
    })
    const answers = responses(ask, [
      make('c', 'third', ['B']),
      make('a', 'first'),
      make('b', 'second', ['a']),
      make('d', ''),
      make('e', 'never', ['d']),
      make('f', 'neither', ['e', 'a']),
    ])
    expect([...tenant.directory.now.groups.values()].map(({ name }) => name)).toEqual(['first', 'second', 'third'])
    expect(Object.fromEntries(Object.entries(answers).map(([id, { status }]) => [id, status]))).toEqual({
      a: 201,
      b: 201,
      c: 201,
      d: 400,
      e: 424,
      f: 424,
    })
  })

  const part = (id: unknown, changes: object = {}) => ({ id, method: 'GET', url: '/groups', ...changes })
  test.each<[string, unknown, string]>([
    [
      '21 requests',
      { requests: Array.from({ length: 21 }, (_, index) => part(`${index}`)) },
      'Number of requests inside batch exceed the limit.',
    ],
    ['one id twice', { requests: [part('A'), part('a')] }, 'Request Id a has to be unique in a batch.'],
    [
      'a body without its type',
      { requests: [part('1', { method: 'POST', body: {} })] },
      "Write request with id '1' does not contain a Content-Type header.",
    ],
    [
      'neither type nor body',
      { requests: [part('1', { method: 'POST' })] },
      'Write request id : 1 does not contain Content-Type header or body.',
    ],
    [
      'an address with a host',
      { requests: [part('1', { url: 'https://graph.microsoft.com/v1.0/groups' })] },
      'Invalid batch payload format.',
    ],
    [
      'another host',
      { requests: [part('1', { url: '//elsewhere.test/v1.0/groups' })] },
      'Invalid batch payload format.',
    ],
    [
      'a circle',
      { requests: [part('1', { dependsOn: ['2'] }), part('2', { dependsOn: ['1'] })] },
      'Invalid batch payload format.',
    ],
    ['a dependency on nothing', { requests: [part('1', { dependsOn: ['2'] })] }, 'Invalid batch payload format.'],
    ['no requests', { requests: [] }, 'Invalid batch payload format.'],
    ['requests that are no list', { requests: {} }, 'Invalid batch payload format.'],
    ['an id that is a number', { requests: [part(1)] }, 'Invalid batch payload format.'],
    ['no method', { requests: [part('1', { method: 'BREW' })] }, 'Invalid batch payload format.'],
    ['a null', { requests: [null] }, 'Invalid batch payload format.'],
    [
      'no JSON',
      'x',
      'Unable to read JSON request payload. Please ensure Content-Type header is set and payload is of valid JSON format.',
    ],
  ])('with %s is refused as a whole', (_, body, message) => {
    const { ask } = directly()
    const { status, json } = ask('POST', '/v1.0/$batch', body as object)
    expect([status, json.error.code, json.error.message]).toEqual([400, 'BadRequest', message])
  })

  test('of 20 requests is taken; each part has the rights of the token', () => {
    const scene = directly({
      applications: [
        {
          id: '5a3e0c52-7b1d-4f60-9a55-0c1d2e3f4a5b',
          secret: 'chalk-and-blackboard',
          name: 'R',
          permissions: ['Group.Read.All'],
        },
      ],
    })
    const ask = asking(scene, jsonOf(tokenOf(scene)).access_token)
    const requests = Array.from({ length: 20 }, (_, index) => part(`${index}`, index === 7 ? { url: '/users' } : {}))
    const statuses = Object.values(responses(ask, requests)).map(({ status }) => status)
    expect(statuses.filter((status) => status === 200)).toHaveLength(19)
    expect(statuses[7]).toBe(403)
    expect(asking(scene, '')('POST', '/v1.0/$batch', { requests }).status).toBe(401)
  })
})
