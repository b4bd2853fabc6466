import { describe, expect, test } from 'vitest'
import { directly, type Json } from './serve.ts'

const scene = () => {
  const made = directly({}, [{ device: 'surface-laptop-se' }, { device: 'asus-br1100fka' }])
  const { ask, tenant } = made
  const group: string = ask('POST', '/v1.0/groups', { displayName: 'Listed', groupTypes: [] }).json.id
  const alice: string = ask('GET', '/v1.0/users/alice@contoso.example').json.id
  const [first, second] = tenant.directory.entra.all().map(({ id }) => id) as [string, string]
  const members = (cast = ''): string[] =>
    ask('GET', `/v1.0/groups/${group}/members${cast}`).json.value.map(({ id }: Json) => id)
  const add = (reference: unknown, to = group) =>
    ask('POST', `/v1.0/groups/${to}/members/$ref`, { '@odata.id': reference })
  const remove = (id: string, from = group) => ask('DELETE', `/v1.0/groups/${from}/members/${id}/$ref`)
  return { ask, group, alice, first, second, members, add, remove }
}

test.each([
  (id: string) => `https://graph.microsoft.com/v1.0/directoryObjects/${id}`,
  (id: string) => `https://graph.microsoft.com/beta/devices/${id}`,
  (id: string) => `https://localhost:8443/v1.0/directoryObjects('${id}')`,
  (id: string) => `https://graph.microsoft.us/v1.0/devices('${id}')/`,
  (id: string) => `/directoryObjects/${id}`,
])('a device is added by a reference of the form %#, and taken away', (form) => {
  const { add, remove, members, first } = scene()
  expect(add(form(first)).status).toBe(204)
  expect(members()).toEqual([first])
  expect(remove(first).status).toBe(204)
  expect(members()).toEqual([])
})

test('a person is added by object id or by name, and a cast shows one type alone', () => {
  const { add, remove, members, alice, first } = scene()
  expect(add(`https://graph.microsoft.com/v1.0/users/${alice.toUpperCase()}`).status).toBe(204)
  expect(add('https://graph.microsoft.com/v1.0/users/alice@contoso.example').status).toBe(400)
  expect(add(`https://graph.microsoft.com/v1.0/devices/${first}`).status).toBe(204)
  expect([
    members().length,
    members('/microsoft.graph.device'),
    members('/Microsoft.Graph.User'),
    members('/microsoft.graph.group'),
  ]).toEqual([2, [first], [alice], []])
  expect([remove('alice@contoso.example').status, members()]).toEqual([204, [first]])
})

describe('a member is refused', () => {
  test('who is one already, and who is not there', () => {
    const { add, remove, first } = scene()
    const reference = `https://graph.microsoft.com/v1.0/directoryObjects/${first}`
    add(reference)
    expect(add(reference).json.error).toMatchObject({
      code: 'Request_BadRequest',
      message: "One or more added object references already exist for the following modified properties: 'members'.",
    })
    expect(add('https://graph.microsoft.com/v1.0/directoryObjects/x').json.error).toMatchObject({
      code: 'Request_ResourceNotFound',
      message: "Resource 'x' does not exist or one of its queried reference-property objects are not present.",
    })
    remove(first)
    expect(remove(first)).toMatchObject({ status: 404, json: { error: { code: 'Request_ResourceNotFound' } } })
  })

  test.each(['', 'x', 'https://graph.microsoft.com/v1.0/groups/x', 'https://h/users/%zz', 1, undefined])(
    'by the reference %j',
    (reference) => {
      expect(scene().add(reference)).toMatchObject({
        status: 400,
        json: { error: { code: 'Request_BadRequest', message: 'Invalid URL format specified in payload.' } },
      })
    },
  )

  test('by a group whose rule decides', () => {
    const { ask, add, remove, first } = scene()
    const dynamic = { displayName: 'd', groupTypes: ['DynamicMembership'], membershipRule: 'device.objectId -ne null' }
    const { id } = ask('POST', '/v1.0/groups', dynamic).json
    const denied = { status: 403, json: { error: { code: 'Authorization_RequestDenied' } } }
    const reference = `https://graph.microsoft.com/v1.0/directoryObjects/${first}`
    expect(add(reference, id)).toMatchObject(denied)
    expect(remove(first, id)).toMatchObject(denied)
    expect(ask('PATCH', `/v1.0/groups/${id}`, { 'members@odata.bind': [reference] })).toMatchObject(denied)
  })
})

describe('members@odata.bind', () => {
  test('adds to a group, with what else the body says, or not at all', () => {
    const { ask, group, members, first, second } = scene()
    const bind = (ids: string[], more = {}) =>
      ask('PATCH', `/v1.0/groups/${group}`, {
        ...more,
        'members@odata.bind': ids.map((id) => `https://graph.microsoft.com/v1.0/directoryObjects/${id}`),
      })
    expect(bind([first, second], { description: 'both' }).status).toBe(204)
    expect(members()).toEqual([first, second])
    expect(bind([second], { description: 'again' }).status).toBe(400)
    expect(ask('GET', `/v1.0/groups/${group}`).json.description).toBe('both')
    expect(bind(Array.from({ length: 21 }, (_, index) => `id-${index}`)).json.error.message).toContain('at most 20')
  })

  test('makes a group with members', () => {
    const { ask, first } = scene()
    const reference = `https://graph.microsoft.com/v1.0/devices/${first}`
    const { id } = ask('POST', '/v1.0/groups', {
      displayName: 'New',
      groupTypes: [],
      'members@odata.bind': [reference],
    }).json
    expect(ask('GET', `/v1.0/groups/${id}?$expand=members($select=id)`).json.members).toEqual([
      { '@odata.type': '#microsoft.graph.device', id: first },
    ])
  })
})
