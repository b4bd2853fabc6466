import { expect, test } from 'vitest'
import { PORTAL_URL } from '../../../src/device/network/portals.ts'
import { VirtualNetwork } from '../../../src/device/network/virtual-network.ts'
import type { AdapterFacts } from '../../../src/domain/device.ts'
import { DEFAULT_NETWORK, type NetworkEnvironment } from '../../../src/domain/network.ts'

const adapter = (kind: AdapterFacts['kind']): AdapterFacts => ({
  id: kind,
  kind,
  name: kind,
  mac: '02:00:00:00:00:01',
  removable: false,
})
const BOTH = [adapter('wifi'), adapter('ethernet')]

const school = { ssid: 'School', security: 'wpa2-psk', key: 'secret-key', bars: 3, captivePortal: false } as const
const cafe = { ssid: 'Cafe', security: 'open', bars: 4, captivePortal: true } as const
const corp = { ssid: 'Corp', security: 'wpa2-enterprise', bars: 1, captivePortal: false } as const

const networkOf = (changes: Partial<NetworkEnvironment> = {}, adapters = BOTH) =>
  new VirtualNetwork({ ...DEFAULT_NETWORK, wifi: [school, cafe, corp], ...changes }, adapters)

const ask = (url: string, method: 'GET' | 'POST' = 'GET') => ({ method, url, headers: {}, body: new Uint8Array() })

test.each([
  ['School', 'secret-key', { kind: 'connected' }],
  ['School', 'wrong', { kind: 'wrongKey' }],
  ['School', undefined, { kind: 'keyNeeded' }],
  ['Cafe', undefined, { kind: 'connected', isOpen: true }],
  ['Corp', undefined, { kind: 'credentialsNeeded' }],
  ['Elsewhere', undefined, { kind: 'outOfRange' }],
])('connecting to %s with %s gives %j', (ssid, key, answer) => {
  expect(networkOf().connect(ssid, { key })).toEqual(answer)
})

test('a key that worked is remembered over a restart, and forgotten by a reset', () => {
  const network = networkOf()
  network.connect('School', { key: 'secret-key' })
  network.powerOn()
  expect(network.status).toEqual({ via: 'none' })
  expect(network.connect('School')).toEqual({ kind: 'connected' })
  network.forget()
  expect(network.connect('School')).toEqual({ kind: 'keyNeeded' })
})

test('a live cable carries the traffic, but only with an adapter for it', () => {
  const cable = { ethernet: { link: true, captivePortal: false } }
  expect(networkOf(cable).status).toEqual({ via: 'ethernet' })
  expect(networkOf(cable, [adapter('wifi')]).status).toEqual({ via: 'none' })
})

test('each way out has its place, or that of the network', () => {
  const home = { address: '198.51.100.23', country: 'US' }
  const network = networkOf({
    from: home,
    ethernet: { link: false, captivePortal: false, from: { address: '203.0.113.7' } },
  })
  expect(network.whereabouts).toBeUndefined()
  network.connect('Cafe')
  expect(network.whereabouts).toEqual(home)
  network.change({ cable: 'in' })
  expect(network.whereabouts).toEqual({ address: '203.0.113.7' })
})

test('a modem carries nothing and shows no network', () => {
  const network = networkOf({ ethernet: { link: true, captivePortal: false } }, [adapter('cellular')])
  expect([network.status, network.lookAround().networks, network.connect('Cafe')]).toEqual([
    { via: 'none' },
    [],
    { kind: 'outOfRange' },
  ])
})

test('networks are listed by strength, and their keys are not shown', () => {
  expect(networkOf().lookAround().networks).toEqual([
    { ssid: 'Cafe', security: 'open', bars: 4 },
    { ssid: 'School', security: 'wpa2-psk', bars: 3 },
    { ssid: 'Corp', security: 'wpa2-enterprise', bars: 1 },
  ])
})

test('a radio that is off sees nothing and carries nothing', () => {
  const network = networkOf()
  network.connect('School', { key: 'secret-key' })
  network.change({ wifi: 'off' })
  expect([network.lookAround().networks, network.isOnline]).toEqual([[], false])
  network.change({ wifi: 'on' })
  expect(network.isOnline).toBe(true)
})

test('without a network a name cannot be resolved', () => {
  expect(networkOf().pass(ask('https://a.test/'))).toMatchObject({ kind: 'blocked', code: '0x80072ee7' })
})

test('blocked hosts do not answer, with a domain its hosts', () => {
  const network = networkOf({
    ethernet: { link: true, captivePortal: false },
    blockedHosts: ['ztd.dds.microsoft.test', '*.update.test'],
  })
  expect(network.pass(ask('https://ztd.dds.microsoft.test/x'))).toMatchObject({ kind: 'blocked', code: '0x80072efd' })
  expect(network.pass(ask('https://fe2.update.test/x'))).toMatchObject({ kind: 'blocked' })
  expect(network.pass(ask('https://update.test/x'))).toMatchObject({ kind: 'pass' })
})

test('a captive portal redirects the probe, breaks TLS, and lets go once its terms were accepted', () => {
  const network = networkOf()
  network.connect('Cafe')
  expect(network.pass(ask('http://probe.test/'))).toMatchObject({
    kind: 'answer',
    response: { status: 302, headers: { location: PORTAL_URL } },
  })
  expect(network.pass(ask('https://login.test/'))).toMatchObject({ kind: 'blocked', code: '0x80072f8f' })
  expect(network.pass(ask(PORTAL_URL, 'POST'))).toMatchObject({ kind: 'answer', response: { status: 200 } })
  expect(network.pass(ask('http://probe.test/'))).toEqual({ kind: 'pass', latencyMs: 25 })
})

test('a download takes its size over the bandwidth', () => {
  expect(networkOf({ downloadMbps: 8 }).transferMs(1_000_000)).toBe(1_000)
})

test('changes are told', () => {
  const network = networkOf()
  let told = 0
  network.onChange(() => told++)
  network.change({ uplink: 'down' })
  network.change({ cable: 'in' })
  expect(told).toBe(2)
  expect(network.isOnline).toBe(false)
})

test('a hostile network name is inert on its way to the screen, and can be connected to', () => {
  const evil = { ...cafe, ssid: 'Free\u001b]0;pwned\u0007Wifi' }
  const network = networkOf({ wifi: [evil] })
  const [seen] = network.lookAround().networks
  expect(seen!.ssid).toBe('Free␛]0;pwned␇Wifi')
  expect(network.connect(seen!.ssid)).toEqual({ kind: 'connected', isOpen: true })
})
