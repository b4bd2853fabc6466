import { describe, expect, test } from 'vitest'
import { directly } from './serve.ts'

const NOT_JSON =
  'Unable to read JSON request payload. Please ensure Content-Type header is set and payload is of valid JSON format.'
const scene = () => {
  const made = directly({}, [{ device: 'surface-laptop-se' }])
  const [id] = made.tenant.directory.now.devices.keys()
  const path = `/beta/deviceManagement/windowsAutopilotDeviceIdentities/${id}/UpdateDeviceProperties`
  return { ...made, path, tag: () => made.tenant.directory.now.devices.get(id!)!.groupTag }
}

describe('a body for Intune', () => {
  test.each([
    '{ groupTag: "HYBRID" }',
    "{'groupTag':'HYBRID'}",
    '\ufeff{"groupTag":"HYBRID"}',
    '\r\n{\r\n  groupTag: "HYBRID"\r\n}\r\n',
  ])('%j is taken', (body) => {
    const { ask, path, tag, wait } = scene()
    expect(ask('POST', path, body).status).toBe(204)
    wait(1)
    expect(tag()).toBe('HYBRID')
  })

  test.each([
    '{"groupTag":"HYBRID",}',
    '{"groupTag":"HYBRID"} // why',
    '{groupTag:HYBRID}',
    '["HYBRID"]',
    'x',
    '{"groupTag":',
  ])('%j is refused, and changes nothing', (body) => {
    const { ask, path, tag } = scene()
    const { status, json } = ask('POST', path, body)
    expect([status, json.error.code, json.error.message, tag()]).toEqual([400, 'BadRequest', NOT_JSON, ''])
  })
})

test('the directory takes JSON as it is written in the standard', () => {
  const { ask } = directly()
  const status = (body: string) => ask('POST', '/v1.0/groups', body).status
  expect([status('{displayName:"x"}'), status('\ufeff{"displayName":"x"}')]).toEqual([400, 201])
})

test('a body has to be called JSON', () => {
  const { ask } = directly()
  const answer = (type: string) => {
    const { status, json } = ask('POST', '/v1.0/groups', { displayName: 'x' }, { 'content-type': type })
    return status === 201 ? 'made' : json.error.message
  }
  expect(
    [
      'application/json',
      'application/json; charset=utf-8',
      'Application/JSON;odata.metadata=minimal',
      'application/merge-patch+json',
    ].map(answer),
  ).toEqual(['made', 'made', 'made', 'made'])
  expect(['application/x-www-form-urlencoded', 'text/plain;charset=UTF-8', ''].map(answer)).toEqual([
    NOT_JSON,
    NOT_JSON,
    NOT_JSON,
  ])
})

test('an empty body is called that', () => {
  const { ask } = directly()
  expect(ask('POST', '/v1.0/groups', '').json.error.message).toBe('Empty Payload. JSON content expected.')
})

test('the service passes over the wish to see what has been changed', () => {
  const { ask } = directly()
  const [{ id }] = ask('GET', '/v1.0/groups').json.value
  const { status, text } = ask('PATCH', `/v1.0/groups/${id}`, { description: 'x' }, { prefer: 'return=representation' })
  expect([status, text]).toEqual([204, ''])
  expect(ask('POST', '/v1.0/groups', { displayName: 'y' }, { prefer: 'return=minimal' }).json.displayName).toBe('y')
})
