import { expect, test } from 'vitest'
import {
  ALICE,
  claimsOf,
  entra,
  GRAPH,
  GRAPH_TOOLS,
  jsonOf,
  MALLORY,
  PRINCIPAL,
  refusalIn,
  SITE,
  TENANT,
  TOOL,
  textOf,
} from './entra-scene.ts'

const URN = 'urn:ietf:params:oauth:grant-type:device_code'
const SCOPE = 'openid Group.Read.All offline_access'

/** A code, and what becomes of it. */
function begin(changes: Record<string, string> = {}, { version = 2, authority = TENANT } = {}) {
  const scene = entra()
  const asked = { client_id: TOOL.id, ...(version === 2 ? { scope: SCOPE } : { resource: GRAPH }), ...changes }
  const path = `/${authority}/oauth2${version === 2 ? '/v2.0' : ''}`
  const answer = jsonOf(scene.post(`${path}/devicecode`, asked))
  const poll = (form: Record<string, string> = {}) =>
    scene.token({ grant_type: URN, client_id: asked.client_id, device_code: answer.device_code, ...form }, { version })
  const enter = (person: Record<string, string>) =>
    textOf(scene.post('/common/oauth2/deviceauth', { otc: answer.user_code, answer: 'accept', ...person }))
  return { ...scene, answer, poll, enter }
}

const PENDING = [400, 'authorization_pending', 70016]
const SLOW_DOWN = [400, 'slow_down', 70016]
const UNKNOWN = [400, 'bad_verification_code', 501491]

test.each([
  ['the long name of the grant', { grant_type: URN }, 2],
  ['its short name', { grant_type: 'device_code' }, 2],
  ['its short name in version 1', { grant_type: 'device_code' }, 1],
  ['the long one in version 1', { grant_type: URN }, 1],
])('a code is exchanged by %s', (_, form, version) => {
  const { enter, poll } = begin({}, { version })
  expect(enter(ALICE)).toContain('You have signed in')
  expect(poll(form)).toMatchObject({ status: 200, token_type: 'Bearer' })
  expect(refusalIn(poll(form))).toEqual(UNKNOWN)
})

test('version 1 calls the code "code", names a resource, and writes numbers as texts', () => {
  const { answer, enter, token } = begin({}, { version: 1 })
  expect(answer).toMatchObject({ verification_url: expect.anything(), expires_in: '900', interval: '5' })
  enter(ALICE)
  const form = { grant_type: 'device_code', client_id: TOOL.id, code: answer.device_code, resource: GRAPH }
  const tokens = token(form, { version: 1 })
  expect(tokens).toMatchObject({ status: 200, resource: GRAPH, refresh_token: expect.anything() })
  expect(claimsOf(tokens.access_token)).toMatchObject({ aud: GRAPH, scp: 'Group.Read.All User.Read.All User.Read' })
})

test('a first poll may come at once, and a second one too fast makes the interval five seconds longer each time', () => {
  const { enter, poll, wait } = begin()
  expect(refusalIn(poll())).toEqual(PENDING)
  expect(refusalIn(poll())).toEqual(SLOW_DOWN)
  wait(5)
  // Ten seconds by now, and fifteen.
  expect(refusalIn(poll())).toEqual(SLOW_DOWN)
  wait(15)
  expect(refusalIn(poll())).toEqual(PENDING)
  wait(14)
  expect(refusalIn(poll())).toEqual(PENDING)
  enter(ALICE)
  // A code that a person has entered is given out at once.
  expect(poll().status).toBe(200)
})

test('a client that keeps to the interval is never slowed down', () => {
  const { poll, wait } = begin()
  const answers = Array.from({ length: 20 }, () => {
    wait(5)
    return poll().error
  })
  expect(new Set(answers)).toEqual(new Set(['authorization_pending']))
})

test('a code is its client’s, and ends when it has expired or the person declines', () => {
  const { enter, poll, wait } = begin()
  expect(refusalIn(poll({ client_id: GRAPH_TOOLS }))).toEqual(UNKNOWN)
  expect(refusalIn(poll({ device_code: 'guess' }))).toEqual(UNKNOWN)
  wait(900)
  expect(enter(ALICE)).toContain('has expired')
  expect(refusalIn(poll())).toEqual([400, 'expired_token', 70020])
  expect(refusalIn(poll())).toEqual([400, 'expired_token', 70020])
  const declined = begin()
  declined.enter({ answer: 'decline' })
  expect(refusalIn(declined.poll())).toEqual([400, 'authorization_declined', 70018])
})

test('an application that is not public shows its secret', () => {
  const { enter, poll } = begin({ client_id: SITE.id })
  enter(ALICE)
  expect(refusalIn(poll())).toEqual([401, 'invalid_client', 7000218])
  expect(poll({ client_secret: SITE.secret }).status).toBe(200)
})

test('with a tool of Microsoft an administrator consents, another person does not, and another tenant’s does not sign in', () => {
  const { enter, poll } = begin({
    client_id: GRAPH_TOOLS,
    scope: `${GRAPH}/DeviceManagementServiceConfig.ReadWrite.All`,
  })
  expect(enter(ALICE)).toContain('AADSTS65001')
  expect(enter(MALLORY)).toContain('AADSTS50020')
  expect(enter(PRINCIPAL)).toContain('You have signed in')
  const tokens = poll()
  expect(tokens.scope).toBe(`${GRAPH}/DeviceManagementServiceConfig.ReadWrite.All`)
  expect(claimsOf(tokens.access_token)).toMatchObject({
    scp: 'DeviceManagementServiceConfig.ReadWrite.All',
    appid: GRAPH_TOOLS,
    upn: PRINCIPAL.login,
  })
  // Neither was asked for.
  expect([tokens.id_token, tokens.refresh_token]).toEqual([undefined, undefined])
})

test('of a federated domain no password is entered here', () => {
  const scene = entra({ signIn: 'federated' })
  const { user_code: otc } = jsonOf(
    scene.post(`/${TENANT}/oauth2/v2.0/devicecode`, { client_id: TOOL.id, scope: 'openid' }),
  )
  const page = scene.post('/common/oauth2/deviceauth', { otc, answer: 'accept', ...ALICE })
  expect(textOf(page)).toContain('incorrect')
})

test.each([
  ['no client', { client_id: '' }, 900144],
  ['no scope', { scope: '' }, 900144],
  ['an unknown resource', { scope: 'https://nowhere.example/.default' }, 500011],
  ['two resources', { scope: `${GRAPH}/.default https://api.manage.microsoft.com//.default` }, 28000],
  ['everything and more', { scope: `${GRAPH}/.default Group.Read.All` }, 70011],
])('with %s there is no code', (_, changes, number) => {
  expect(begin(changes).answer).toMatchObject({ error_codes: [number], trace_id: expect.anything() })
})
