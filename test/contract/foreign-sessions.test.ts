import { afterAll, beforeAll, expect, test } from 'vitest'
import type { HttpRequest } from '../../src/domain/http.ts'
import type { Caller } from '../../src/ports/http.ts'
import { targetTransport } from '../../src/ports/target-transport.ts'
import { decodeHardwareHash } from '../../src/protocols/hardware-hash/decode.ts'
import {
  against,
  changed,
  type Foreign,
  HAPPY_PATH,
  type Played,
  play,
  type Seen,
  seenAs,
  startForeign,
  textOf,
  withCare,
} from './foreign-server.ts'

/** Management, judged by a server that counts, orders and refuses as the specifications say. */
let foreign: Foreign
let played: Played
let log: Seen[]
let transport: ReturnType<typeof targetTransport>

beforeAll(async () => {
  foreign = await startForeign('exam=yes')
  played = await play(HAPPY_PATH, foreign.target)
  log = foreign.log()
  const { device } = played.run
  transport = targetTransport({ hosts: new Set(), trust: foreign.target.trust, keyOf: () => device.key('mdm') })
})
afterAll(async () => {
  transport.close()
  await foreign.stop()
})

const DEVICE = './Device/Vendor/MSFT'
const AREA = `${DEVICE}/Policy/Config/Hedgerow`
const of = (event: string, entries = log): Seen[] => seenAs(event, entries)
const statusesOf = (uri: string, command?: string): unknown[] =>
  of('status').flatMap((seen) => (seen.uri === uri && (command ?? seen.command) === seen.command ? [seen.code] : []))
const found = (uri: string): Seen => of('result').find((seen) => seen.uri === uri)!

let sessions = 9_000
/** What the server says to package 1 of a new session. */
async function said(
  change: (request: HttpRequest) => HttpRequest = (request) => request,
  caller: Caller = withCare(played)[0]!.caller,
): Promise<[status: number, text: string]> {
  const { request } = withCare(played)[0]!
  const fresh = changed(request, '<SessionID>1</SessionID>', `<SessionID>${sessions++}</SessionID>`)
  const answer = await transport(change(fresh), caller, new AbortController().signal)
  return [answer.status, textOf(answer)]
}

async function expectRefusals(cases: [from: string | RegExp, to: string, said: string | RegExp][]) {
  for (const [from, to, text] of cases) {
    const [status, heard] = await said((request) => changed(request, from, to))
    expect([status >= 400, heard]).toEqual([true, expect.stringMatching(text)])
  }
}

test('the device arrives, and no message of it was refused [points 33, 35: foreign server]', () => {
  expect(played.result.outcome).toMatchObject({ kind: 'desktop', managed: true })
  expect(log.filter(({ event }) => ['refused', 'bug', 'lost'].includes(event))).toEqual([])
  expect(of('status').length).toBeGreaterThan(90)
  const [, second, third] = withCare(played).filter(({ response }) => response.status === 200)
  const answer = textOf(second!.response)
  expect(answer).toMatch(/^<\?xml .*\?>\r\n<dm:SyncML xmlns:mi="syncml:metinf" xmlns:dm="SYNCML:SYNCML1.2">\r\n/)
  // It counts its own messages, from 101 on, and begins a status with whatever it likes.
  expect(answer).toContain('<dm:MsgID>102</dm:MsgID>')
  expect(answer).toContain('<dm:Status><dm:MsgRef>')
  expect(textOf(third!.request)).toContain('<MsgRef>102</MsgRef><CmdRef>0</CmdRef><Cmd>SyncHdr</Cmd>')
})

test('the address keeps its query, and each request its headers [point 28: foreign server]', async () => {
  expect((await said())[0]).toBe(200)
  const at = (from: string, to: string) => said((request) => ({ ...request, url: request.url.replace(from, to) }))
  expect(await at('school=7F&', '')).toEqual([400, expect.stringMatching(/^the query mode=/)])
  expect(await at('&mode=Maintenance', '')).toEqual([400, expect.stringMatching(/^the query school=7F&Platform/)])
  expect(await at('/care/sync', '/care/other')).toEqual([404, 'nothing at /care/other'])
  const { headers } = withCare(played)[0]!.request
  expect(Object.keys(headers)).toContain('client-request-id')
  for (const name of ['content-type', 'user-agent', 'accept', 'accept-charset']) {
    const [status, text] = await said((request) => ({ ...request, headers: { ...headers, [name]: 'x/y' } }))
    expect([status, text.toLowerCase()]).toEqual([400, `${name} x/y`])
  }
})

test('who has no certificate, or one that others issued, does not get past TLS [point 29: foreign server]', async () => {
  const { caller } = withCare(played)[0]!
  const { authorities } = caller
  const without = said(undefined, authorities ? { authorities } : {})
  await expect(without).rejects.toMatchObject({ code: '0x80072f0c' })
  const join = played.run.device.joinCertificate!
  const key = played.run.device.key('join')
  const other = targetTransport({ hosts: new Set(), trust: foreign.target.trust, keyOf: () => key })
  const { request } = withCare(played)[0]!
  const asked = other(request, { ...caller, certificate: join }, new AbortController().signal)
  await expect(asked).rejects.toMatchObject({ code: '0x80072f7d' })
  other.close()
})

test('package 1: how it began, who is there, five items of DevInfo, Final; its CmdIDs and ids [points 30, 31, 32: foreign server]', async () => {
  const begun = of('package1')
  expect(begun[0]).toMatchObject({ begun: '1201', login: 'none', Mod: 'Surface Laptop SE', DmV: '1.3', Lang: 'en-US' })
  expect(new Set(begun.map(({ session }) => session)).size).toBe(begun.length)
  await expectRefusals([
    [/<SessionID>\d+</, '<SessionID>1<', 'the SessionID 1 is not a new one'],
    [/<SessionID>\d+</, '<SessionID>0<', 'the SessionID 0 is not a new one'],
    [/<SessionID>\d+</, '<SessionID>4294967296<', 'the SessionID 4294967296 is not a new one'],
    ['<MsgID>1<', '<MsgID>2<', /^no session/],
    [/<Source><LocURI>./, '<Source><LocURI>!', /^a message of !/],
    [/(<Target><LocURI>)[^<]+/, '$1https://else.example/', 'a message to https://else.example/'],
    [/<CmdID>3</, '<CmdID>2<', 'the CmdID 2 twice'],
    [/<CmdID>2</, '<CmdID>1<', 'the CmdIDs of package 1 begin at 2'],
    [/<CmdID>3</, '<CmdID>0<', 'the CmdID 0'],
    [
      /<CmdID>(3)<\/CmdID><Data>1224<\/Data>/,
      '<Data>1224</Data><CmdID>$1</CmdID>',
      /another order|not the first child/,
    ],
    [/<Data>1201</, '<Data>1202<', /^package 1 does not begin/],
    [/<Alert><CmdID>3.*?<\/Alert>/, '', 'LoginStatus is not second'],
    [/<Item><Source><LocURI>\.\/DevInfo\/Lang.*?<\/Item>/, '', /^DevInfo is/],
    [/(<Item>(?:(?!<\/Item>).)*DevInfo\/Man.*?<\/Item>)(<Item>.*?<\/Item>)/, '$2$1', /^DevInfo is/],
    ['<Final/>', '', 'package 1 has no Final'],
    [/^/, '<?xml version="1.0"?>', "a device's message has no XML declaration"],
    ['<VerProto>DM/1.2</VerProto>', '', 'another version'],
  ])
})

/** Changes the first message that fits, and nothing else. */
function onceIn(pattern: RegExp, from: string | RegExp, to: string) {
  let isDone = false
  return (request: HttpRequest): HttpRequest => {
    if (isDone || !request.url.includes('/care/sync') || !pattern.test(textOf(request))) return request
    isDone = true
    return changed(request, from, to)
  }
}

const GET = '<Status>(?:(?!</Status>).)*<Cmd>Get</Cmd>.*?</Status>'

test.each<[string, RegExp, string | RegExp, string, RegExp]>([
  [
    'no status for a command',
    /<Cmd>Replace</,
    /<Status>(?:(?!<\/Status>).)*<Cmd>Replace<\/Cmd>.*?<\/Status>/,
    '',
    /^a status for .* is due$/,
  ],
  [
    'a status less, at the end',
    /<Cmd>Replace</,
    /(<Status>(?:(?!<\/Status>).)*<\/Status>)<Final\/>/,
    '<Final/>',
    /^no status for Replace/,
  ],
  [
    'two statuses in another order',
    /<Cmd>Replace</,
    /(<Status>(?:(?!<\/Status>).)*<Cmd>Replace.*?<\/Status>)(<Status>.*?<\/Status>)/,
    '$2$1',
    /^a status for .* is due$/,
  ],
  ['another MsgRef', /<Cmd>Get</, /(<MsgRef>)101(<\/MsgRef><CmdRef>0)/, '$12$2', /^the header of 2, not of 101$/],
  [
    'the status of the header not first',
    /<Cmd>Get</,
    new RegExp(`(<Status>.*?</Status>)(${GET})`),
    '$2$1',
    /^the status of the header is not the first$/,
  ],
  [
    'Results for nothing',
    /<Results>/,
    /(<Results><CmdID>\d+<\/CmdID><MsgRef>\d+<\/MsgRef><CmdRef>)\d+/,
    '$199',
    /^Results for /,
  ],
  [
    'Results of something else',
    /<Results>/,
    './DevDetail/SwV',
    './DevDetail/SwX',
    /^Results of .*SwX, which nobody asked for$/,
  ],
  ['an invented status', /<Cmd>Get</, /(<Cmd>Get<\/Cmd><Data>)200/, '$1204', /^Get .* has status 204/],
  ['a chunk that lacks a character', /<MoreData\/>/, /(T0G1A)./, '$1', /bytes$/],
  ['a chunk without its size', /<MoreData\/>/, /<Size [^>]*>\d+<\/Size>/, '', /^the first chunk of .* has no Size$/],
  ['more than the server takes', /<MoreData\/>/, /(T0G1A)/, `${'A'.repeat(300)}$1`, /bytes, where 2048 are the most$/],
])('%s is noticed at once [points 32, 33, 44: foreign server]', async (_, pattern, from, to, text) => {
  const { log: seen } = await against(['busy=no'], onceIn(pattern, from, to))
  expect(of('refused', seen)[0]).toMatchObject({ where: 'care', text: expect.stringMatching(text) })
})

test('who has said all says nothing more [point 34: foreign server]', () => {
  // Every session ended with a message of the server that has statuses and no commands, and the device was silent.
  const bySession = new Map<string, ReturnType<typeof withCare>>()
  for (const exchange of withCare(played)) {
    const id = /<SessionID>(\d+)</.exec(textOf(exchange.request))![1]!
    bySession.set(id, [...(bySession.get(id) ?? []), exchange])
  }
  for (const exchanges of bySession.values()) {
    expect(textOf(exchanges.at(-1)!.response)).not.toMatch(/<dm:(Get|Add|Replace|Exec|Atomic|Sequence|Delete|Alert)>/)
    for (const { response } of exchanges.slice(0, -1)) {
      expect(
        response.status === 429 || /<dm:(Get|Add|Replace|Exec|Atomic|Sequence|Delete|Alert)>/.test(textOf(response)),
      ).toBe(true)
    }
  }
})

test('an interior node lists its children, encoded, with a slash in a name [point 36: foreign server]', () => {
  expect(found(AREA)).toMatchObject({ format: 'node', data: expect.stringContaining('B%20%2F%20C') })
  expect(String(found(AREA).data).split('/')).toEqual(expect.arrayContaining(['Letter', 'A', 'B%20%2F%20C']))
})

test('a list is one Results with an Item for the node and each below it [point 36: foreign server]', () => {
  const below = of('result').filter(({ uri }) => String(uri).startsWith('./DevDetail/URI'))
  expect(statusesOf('./DevDetail/URI?list=StructData')).toEqual([200])
  expect(below.map(({ uri, format, data }) => [uri, format, data])).toEqual([
    ['./DevDetail/URI', 'node', ''],
    ...['MaxDepth', 'MaxTotLen', 'MaxSegLen'].map((name) => [`./DevDetail/URI/${name}`, 'int', '0']),
  ])
})

test('what a device refuses, it refuses with the right status and HRESULT [points 37, 41: foreign server]', () => {
  const sync = `${DEVICE}/DMClient/Provider/Hedgerow%20Device%20Care/FirstSyncStatus`
  expect(statusesOf(`${DEVICE}/DeviceStatus/Nothing`)).toEqual([404])
  expect(statusesOf('/DevInfo/Man')).toEqual([400])
  expect(statusesOf('./DevDetail?list=TNDS')).toEqual([406])
  expect(statusesOf(`${DEVICE}/DMClient/Provider/Somebody%20Else/EntDMID`)).toEqual([425])
  expect(statusesOf('./DevInfo/Man', 'Replace')).toEqual([405])
  expect(statusesOf(`${sync}/BlockInStatusPage`)).toEqual([200, 415])
  expect(statusesOf(`${sync}/ExpectedPolicies`)).toEqual([200, 418])
  expect(statusesOf(`${AREA}/Odd`, 'Transform')).toEqual([400])
  // No person has signed in yet; later the same part of the tree is there.
  expect(statusesOf('./User/Vendor/MSFT/Policy/Config/Hedgerow/Early')).toEqual([405])
  expect(statusesOf('./User/Vendor/MSFT/Policy/Config/Education/DefaultPrinterName')).toEqual([200])
  const logins = of('package1').map(({ login }) => login)
  expect([logins[0], logins.at(-1)]).toEqual(['none', 'user'])
})

test('FirstSyncStatus has its types and defaults, and what is finished stays finished [point 50: foreign server]', () => {
  const sync = `${DEVICE}/DMClient/Provider/Hedgerow%20Device%20Care/FirstSyncStatus`
  // Not a boolean, then true, then false again.
  expect(statusesOf(`${sync}/ServerHasFinishedProvisioning`, 'Replace')).toEqual([415, 200, 405])
  expect(found(`${sync}/ServerHasFinishedProvisioning`)).toMatchObject({ format: 'bool', data: 'true' })
  expect(found(`${sync}/IsSyncDone`)).toMatchObject({ format: 'bool', data: expect.stringMatching(/^(false|0)$/) })
  expect(found(`${sync}/WasDeviceSuccessfullyProvisioned`)).toMatchObject({ format: 'int', data: '2' })
  expect(statusesOf(`${sync}/TimeOutUntilSyncFailure`)).toEqual([200, 400])
})

test('without the HRESULT beside its status a refusal is not taken [point 37: foreign server]', async () => {
  const change = onceIn(/originalerror/, / msft:originalerror="0x86000002"/, '')
  const { log: seen } = await against(['exam=yes'], change)
  expect(of('refused', seen)[0]).toMatchObject({ text: 'originalerror None beside 404' })
})

test('an Atomic is done whole or not at all, and holds no Get and no Atomic [point 38: foreign server]', () => {
  const codes = (name: string) => statusesOf(`${AREA}/${name}`)
  // The failed one keeps its code, those before are taken back, those behind never run; and nothing of it is there.
  expect([codes('First'), codes('Third'), statusesOf('./DevInfo/Mod')]).toEqual([[216, 404], [215], [405]])
  expect([codes('Fourth'), codes('Fifth'), codes('Sixth')]).toEqual([[216, 500], [216, 404], [215]])
  expect(of('status').flatMap(({ command, code }) => (command === 'Atomic' ? [code] : []))).toEqual([
    ...[200, 507, 507, 507, 500],
    200,
  ])
})

test('a Sequence keeps its order, and Exec is accepted before it is done [point 39: foreign server]', () => {
  const profile = `${DEVICE}/WiFi/Profile/Contoso-Students/WlanXml`
  expect(of('status').flatMap(({ uri, command }) => (uri === profile ? [command] : []))).toEqual(['Add', 'Replace'])
  expect(played.run.device.csp.read(profile)).toContain('<name>Contoso-Students</name>')
  const execs = of('status').filter(({ command }) => command === 'Exec')
  expect(execs.map(({ code }) => code)).toEqual([202, 202, 202, 202])
  for (const { uri } of execs) {
    const [accepted, reported] = ['status', 'alert'].map((event) =>
      log.findIndex((seen) => seen.event === event && (seen.uri ?? seen.source) === uri && seen.command !== 'Add'),
    )
    expect(reported!).toBeGreaterThan(accepted!)
  }
})

test('several items: one status where they fare alike, else one each with its TargetRef [point 40: foreign server]', () => {
  expect([statusesOf(`${AREA}/A`), statusesOf(`${AREA}/B%20%2F%20C`)]).toEqual([
    [200, 200],
    [200, 418],
  ])
  // Two items were read by one Get, with one status and both results; the serial number alone once more, later.
  expect(statusesOf('./DevDetail/Ext/Microsoft/SMBIOSSerialNumber')).toEqual([200, 200])
  expect(statusesOf('./DevDetail/LrgObj')).toEqual([])
  expect([found('./DevDetail/Ext/Microsoft/SMBIOSSerialNumber').data, found('./DevDetail/LrgObj').data]).toEqual([
    'SIM-SLSE-000001',
    'true',
  ])
})

test('of two addresses the second is tried when the first does not answer [point 42: foreign server]', () => {
  const asked = played.result.journal.flatMap((entry) =>
    entry.kind === 'request' && entry.operation.startsWith('OMA-DM') ? [new URL(entry.url).pathname] : [],
  )
  const from = asked.indexOf('/gone')
  expect(asked.slice(from, from + 3)).toEqual(['/gone', '/gone', '/care/sync'])
})

test('429 is waited out, and the same message comes again [point 43: foreign server]', () => {
  expect(of('resent')).toHaveLength(1)
  const place = withCare(played).findIndex(({ response }) => response.status === 429)
  const [busy, again] = withCare(played).slice(place, place + 2)
  expect(busy!.response.headers['retry-after']).toBe('45')
  expect(again!.request.body).toEqual(busy!.request.body)
})

test('large objects go both ways in chunks, and one of a wrong size is not taken [point 44: foreign server]', () => {
  const hash = found('./DevDetail/Ext/DeviceHardwareData')
  expect(hash.inChunks).toBe(true)
  expect(decodeHardwareHash(String(hash.data)).serialNumber).toBe('SIM-SLSE-000001')
  expect(statusesOf(`${AREA}/Letter`)).toEqual([...Array(statusesOf(`${AREA}/Letter`).length - 1).fill(213), 200])
  const sentence = "please read <the school's> rules. \u00e9\u20ac\u{1f393} "
  expect(played.run.device.csp.read(`${AREA}/Letter`)).toBe(`Dear learner & guardian: ${sentence.repeat(60)}`)
  expect(statusesOf(`${AREA}/Long`)).toEqual([213, 213, 424])
  // Package 1 goes before a session knows what the server takes.
  const later = withCare(played).filter(({ request }) => !textOf(request).includes('<MsgID>1<'))
  expect(Math.max(...later.map(({ request }) => request.body.length))).toBeLessThanOrEqual(2_048)
})

test('an object whose end never comes is missed with 1225, and the other one is there [point 44: foreign server]', () => {
  expect(statusesOf(`${AREA}/Cut`)).toEqual([213, 404])
  expect(statusesOf(`${AREA}/Whole`)).toEqual([200])
  expect(of('alert').filter(({ code }) => code === '1225')).toHaveLength(1)
})
