import { describe, expect, test } from 'vitest'
import { PORTAL_URL } from '../../../src/device/network/portals.ts'
import { type Senses, VirtualNetwork } from '../../../src/device/network/virtual-network.ts'
import type { HttpRequest } from '../../../src/domain/http.ts'
import { DEFAULT_NETWORK, type NetworkEnvironment, type SchoolNetworkChange } from '../../../src/domain/network.ts'
import { CODE } from '../../../src/domain/windows-codes.ts'
import { seededChance } from '../../../src/ports/seeded-chance.ts'

const ADAPTERS = [
  { id: 'wifi', kind: 'wifi', name: 'wifi', mac: '02:00:00:00:00:01', removable: false },
  { id: 'wire', kind: 'ethernet', name: 'wire', mac: '02:00:00:00:00:02', removable: false },
] as const

const WIRE: Partial<NetworkEnvironment> = { ethernet: { link: true, captivePortal: false } }

const networkOf = (facts: Partial<NetworkEnvironment>, senses: Partial<Senses> = {}) =>
  new VirtualNetwork({ ...DEFAULT_NETWORK, ...WIRE, ...facts }, ADAPTERS, {
    now: () => 0,
    skewMs: () => 0,
    ...senses,
  })

const ask = (url: string, method: HttpRequest['method'] = 'GET'): HttpRequest => ({
  method,
  url,
  headers: {},
  body: new Uint8Array(),
})

const LOGIN = ask('https://login.microsoftonline.test/x')
const PROBE = ask('http://www.msftconnecttest.test/connecttest.txt')
const SYNC = ask('https://enrollment.manage.microsoft.test/devicemanagement/sync', 'POST')
const ATTEST = ask('https://ifx-keyid-00.microsoftaik.azure.test/templates/Aik/challenge', 'POST')
const PASS = { kind: 'pass', latencyMs: 25 }

const stopped = (code: string, by: string) => expect.objectContaining({ kind: 'blocked', code, by })

describe('DNS', () => {
  test('that is down resolves nothing but addresses', () => {
    const network = networkOf({ dns: 'down' })
    expect(network.pass(LOGIN)).toEqual(stopped(CODE.nameNotResolved, 'dns'))
    expect(network.pass(ask('http://192.0.2.7/x'))).toEqual(PASS)
  })

  test('that lacks a name lacks it as lists write it', () => {
    const network = networkOf({ dns: ['login.microsoftonline.com'] })
    expect(network.pass(LOGIN)).toEqual(stopped(CODE.nameNotResolved, 'dns'))
    expect(network.pass(PROBE)).toEqual(PASS)
  })
})

test.each([
  [80, PROBE, LOGIN],
  [443, LOGIN, PROBE],
])('without port %i one request fails and the other does not', (port, fails, passes) => {
  const network = networkOf({ closedPorts: [port] })
  expect(network.pass(fails)).toEqual(stopped(CODE.cannotConnect, 'port'))
  expect(network.pass(passes)).toEqual(PASS)
})

describe('a proxy', () => {
  const address = 'http://proxy.contoso.example:8080'
  const WPAD = ask('http://wpad.contoso.example/wpad.dat')

  test('that WPAD tells is used once its file is read, and forgotten at a start', () => {
    const network = networkOf({ proxy: { address, found: 'wpad', direct: ['*.microsoftaik.azure.net'] } })
    expect(network.pass(LOGIN)).toEqual(stopped(CODE.cannotConnect, 'proxy'))
    expect(network.wpadUrl).toBe(WPAD.url)
    const file = network.pass(WPAD)
    if (file.kind !== 'answer') throw new Error('no PAC file')
    expect(new TextDecoder().decode(file.response.body)).toBe(
      'function FindProxyForURL(url, host) {\n' +
        '  if (shExpMatch(host, "*.microsoftaik.azure.net")) return "DIRECT";\n' +
        '  return "PROXY proxy.contoso.example:8080";\n}\n',
    )
    network.learnProxy()
    expect([network.pass(LOGIN), network.pass(ATTEST)]).toEqual([PASS, PASS])
    network.powerOn()
    expect(network.pass(LOGIN)).toEqual(stopped(CODE.cannotConnect, 'proxy'))
  })

  test.each(['pac', 'static'] as const)('that a person has to type in (%s) lets nothing out', (found) => {
    const network = networkOf({ proxy: { address, found } })
    expect(network.wpadUrl).toBeUndefined()
    expect(network.pass(PROBE)).toEqual(stopped(CODE.cannotConnect, 'proxy'))
  })

  test('that asks for a sign-in lets through what is free', () => {
    const network = networkOf({ proxy: { address, found: 'wpad', signIn: true, free: ['*.msftconnecttest.com'] } })
    network.learnProxy()
    expect(network.pass(PROBE)).toEqual(PASS)
    expect(network.pass(LOGIN)).toEqual(stopped(CODE.proxySignInNeeded, 'proxy'))
    expect(network.pass(ask('http://crl3.digicert.test/'))).toMatchObject({ kind: 'answer', response: { status: 407 } })
  })

  test('knows the names that the device does not', () => {
    const network = networkOf({ dns: ['login.microsoftonline.com'], proxy: { address, found: 'wpad' } })
    network.learnProxy()
    expect(network.pass(LOGIN)).toEqual(PASS)
  })

  test('can be down, and a network without one has none to be down', () => {
    const network = networkOf({ proxy: { address, found: 'wpad' } })
    network.learnProxy()
    expect(network.change({ proxy: 'down' })).toBe(true)
    expect(network.pass(LOGIN)).toEqual(stopped(CODE.cannotConnect, 'proxy'))
    expect(network.change({ proxy: null })).toBe(true)
    expect(network.pass(LOGIN)).toEqual(PASS)
    expect([networkOf({}).change({ proxy: 'down' }), networkOf({}).change({ proxy: 'signIn' })]).toEqual([false, false])
  })
})

describe('TLS inspection', () => {
  test('of a school whose root the device does not know fails wherever it is', () => {
    const network = networkOf({ inspect: { hosts: ['login.microsoftonline.com'] } })
    expect(network.pass(LOGIN)).toEqual(stopped(CODE.certificateAuthorityUnknown, 'inspection'))
    expect([network.pass(PROBE), network.pass(SYNC)]).toEqual([PASS, PASS])
  })

  test('by a root that the device knows fails at a client certificate and at attestation', () => {
    const network = networkOf({ inspect: { hosts: ['*'], trusted: true } })
    expect([network.pass(LOGIN), network.pass(SYNC)]).toEqual([PASS, PASS])
    expect(network.pass(SYNC, { hasCertificate: true })).toEqual(stopped(CODE.clientCertificateNeeded, 'inspection'))
    expect(network.pass(ATTEST)).toEqual(stopped(CODE.certificateAuthorityUnknown, 'inspection'))
  })
})

describe('a captive portal', () => {
  const wifi = (captivePortal: NetworkEnvironment['ethernet']['captivePortal']): Partial<NetworkEnvironment> => ({
    ethernet: { link: true, captivePortal },
  })

  test('that answers with its page takes the place of any page, and is accepted there', () => {
    const network = networkOf(wifi({ answers: 'page' }))
    expect(network.pass(PROBE)).toMatchObject({ kind: 'answer', response: { status: 200 } })
    expect(network.pass(ask('http://www.msftconnecttest.test/redirect', 'POST'))).toMatchObject({ kind: 'answer' })
    expect(network.pass(PROBE)).toEqual(PASS)
  })

  test('lets through what it lets through', () => {
    const network = networkOf(wifi({ answers: 'redirect', lets: ['*.msftconnecttest.com'] }))
    expect(network.pass(PROBE)).toEqual(PASS)
    expect(network.pass(LOGIN)).toEqual(stopped(CODE.certificateInvalid, 'portal'))
  })

  test('opens after a time, and closes after a time', () => {
    let now = 0
    const network = networkOf(wifi({ answers: 'redirect', opensAfterMs: 1_000, sessionMs: 5_000 }), { now: () => now })
    network.pass(ask(PORTAL_URL, 'POST'))
    const open = [500, 1_000, 5_999, 6_000].map((at) => {
      now = at
      return network.pass(PROBE).kind
    })
    expect(open).toEqual(['answer', 'pass', 'pass', 'answer'])
  })

  test('can come where there was none', () => {
    const network = networkOf({})
    expect(network.change({ portal: 'on' })).toBe(true)
    expect(network.pass(LOGIN)).toEqual(stopped(CODE.certificateInvalid, 'portal'))
    expect(network.change({ portal: 'off' })).toBe(true)
    expect(network.pass(LOGIN)).toEqual(PASS)
  })
})

test.each([
  [-400, 'is not valid yet'],
  [400, 'has expired'],
])('by a clock that is off by %i days a certificate %s', (days, what) => {
  const network = networkOf({}, { skewMs: () => days * 86_400_000 })
  expect(network.pass(LOGIN)).toMatchObject({
    code: CODE.certificateDateInvalid,
    by: 'clock',
    text: expect.stringContaining(what),
  })
  expect(network.pass(PROBE)).toEqual(PASS)
  expect(networkOf({}, { skewMs: () => days * 1_000 }).pass(LOGIN)).toEqual(PASS)
})

test('with IPv6 alone services without an address of it cannot be reached', () => {
  const network = networkOf({ ipv6Only: true })
  expect([network.pass(PROBE), network.pass(LOGIN)]).toEqual([PASS, PASS])
  expect(network.pass(ask('https://ztd.dds.microsoft.test/x'))).toEqual(stopped(CODE.nameNotResolved, 'ipv6'))
  expect(network.pass(ATTEST)).toEqual(stopped(CODE.nameNotResolved, 'ipv6'))
})

describe('loss', () => {
  test('costs time, the same for each seed, and connections where it is high', () => {
    const network = () => networkOf({ loss: 60 }, { chance: seededChance(1, 'network') })
    const all = (one: VirtualNetwork) => Array.from({ length: 40 }, () => one.pass(LOGIN))
    const [first, second] = [all(network()), all(network())]
    expect(first).toEqual(second)
    expect(first).toContainEqual(stopped(CODE.cannotConnect, 'loss'))
    expect(first).toContainEqual({ ...PASS, lateMs: 3_000 })
  })

  test('makes downloads slow, and draws nothing for a question', () => {
    const chance = seededChance(1, 'network')
    const network = networkOf({ loss: 10 }, { chance })
    expect(network.transferMs(1_000_000)).toBeGreaterThan(10 * networkOf({}).transferMs(1_000_000))
    const before = chance.state.join()
    network.pass(LOGIN, { isQuestion: true })
    network.pass(LOGIN, { isUnderWay: true })
    expect(chance.state.join()).toBe(before)
  })
})

test('a switch that asks for 802.1X carries nothing, and says so', () => {
  const network = networkOf({ ethernet: { link: true, captivePortal: false, authentication: '802.1X' } })
  expect(network.lookAround()).toMatchObject({ status: { via: 'none' }, isWireClosed: true })
  expect(network.pass(PROBE)).toEqual(stopped(CODE.nameNotResolved, 'authentication'))
})

describe('a network that does not send its name', () => {
  const hidden = {
    ssid: 'Labs',
    security: 'wpa2-psk',
    key: 'blue',
    bars: 3,
    captivePortal: false,
    hidden: true,
  } as const
  const network = () => networkOf({ ethernet: { link: false, captivePortal: false }, wifi: [hidden] })

  test('is no row of the list before the device knows it', () => {
    const here = network()
    expect(here.lookAround()).toMatchObject({ networks: [], hiddenBars: 3 })
    expect(here.connect('Labs')).toEqual({ kind: 'keyNeeded' })
    expect(here.connect('Labs', { key: 'red' })).toEqual({ kind: 'wrongKey' })
    expect(here.connect('Labs', { key: 'blue' })).toEqual({ kind: 'connected' })
    expect(here.lookAround()).toEqual({
      status: { via: 'wifi', ssid: 'Labs', bars: 3 },
      networks: [{ ssid: 'Labs', security: 'wpa2-psk', bars: 3 }],
    })
  })

  test('is out of range by another name', () => {
    expect(network().connect('Lab', { key: 'blue' })).toEqual({ kind: 'outOfRange' })
  })
})

test('an enterprise network lets in by name and password, or takes certificates alone', () => {
  const staff = { ssid: 'Staff', security: 'wpa3-enterprise', bars: 3, captivePortal: false } as const
  const user = { name: 'teacher', password: 'paper-rocket' }
  const wireless = { ethernet: { link: false, captivePortal: false } }
  const byPassword = networkOf({ ...wireless, wifi: [{ ...staff, user }] })
  expect([
    byPassword.connect('Staff'),
    byPassword.connect('Staff', { user: { ...user, password: 'paper' } }),
    byPassword.connect('Staff', { user }),
  ]).toEqual([{ kind: 'credentialsNeeded' }, { kind: 'wrongCredentials' }, { kind: 'connected' }])
  byPassword.powerOn()
  expect(byPassword.connect('Staff')).toEqual({ kind: 'connected' })
  expect(networkOf({ ...wireless, wifi: [staff] }).connect('Staff', { user })).toEqual({ kind: 'unsupported' })
})

test.each<SchoolNetworkChange>([
  { dns: '*', works: false },
  { port: 443, isOpen: false },
  { inspect: '*', isOn: true },
  { portal: 'on' },
  { slow: { latencyMs: 2_000 } },
  { loss: 5 },
])('a change that is made a second time is none: %j', (change) => {
  const network = networkOf({})
  expect([network.change(change), network.change(change)]).toEqual([true, false])
})
