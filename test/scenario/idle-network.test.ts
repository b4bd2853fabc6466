import { expect, test } from 'vitest'
import type { NetworkEnvironment } from '../../src/domain/network.ts'
import type { EventEffect } from '../../src/events/event-kinds.ts'
import { runScenario } from '../../src/scenario/run-scenario.ts'
import { loadScenarios, type Scenario } from '../../src/scenario/scenario.ts'

const [happy] = loadScenarios('surface-wifi-happy-path')
const [portal] = loadScenarios('captive-portal-page')

const play = async (scenario: Scenario): Promise<string[]> =>
  (await runScenario(scenario, { seed: 1, transport: 'direct' })).failures.filter((text) => text.includes('no effect'))

const around = (changes: Partial<NetworkEnvironment>, scenario = happy!): Scenario => ({
  ...scenario,
  stuckAfterMs: 3_600_000,
  environment: { ...scenario.environment, ...changes },
})

const PROXY = { address: 'http://proxy.contoso.example:8080', found: 'wpad' } as const

test.each<[string, Partial<NetworkEnvironment>, string[]]>([
  ['a name that is not asked for', { dns: ['store.example'] }, ['network.dns.0 had no effect: no request met it']],
  ['a port that nothing goes to', { closedPorts: [8443] }, ['network.closedPorts.0 had no effect: no request met it']],
  [
    'an inspection of nothing',
    { inspect: { hosts: ['store.example'] } },
    ['network.inspect.0 had no effect: no request met it'],
  ],
  [
    'what a proxy lets past, and is not asked for',
    { proxy: { ...PROXY, direct: ['store.example', '*.manage.microsoft.com'] } },
    ['network.proxy.direct.0 had no effect: no request met it'],
  ],
])('%s fails the scenario, with its place', async (_, changes, failures) => {
  const found = await play(around(changes))
  expect(found.map((text) => text.replace(/\. scenarios\/.*/, ''))).toEqual(failures)
  expect(found.every((text) => /\. scenarios\/happy\/surface-wifi-happy-path\.yaml:\d+$/.test(text))).toBe(true)
})

test.each<[string, Partial<NetworkEnvironment>]>([
  [
    'an inspection by a root that the device trusts',
    { inspect: { hosts: ['login.microsoftonline.com'], trusted: true } },
  ],
  ['a proxy that lets all out', { proxy: PROXY }],
  ['a name of the proxy', { proxy: PROXY, dns: ['proxy.contoso.example'] }],
  ['packets that are lost', { loss: 5 }],
])('%s has an effect', async (_, changes) => {
  expect(await play(around(changes))).toEqual([])
})

test('a portal that lets all through had no effect', async () => {
  const [guests] = portal!.environment.wifi
  const network = { ...guests!, captivePortal: { answers: 'redirect' as const, lets: ['*'] } }
  expect(await play(around({ wifi: [network] }, portal!))).toEqual([
    expect.stringMatching(/^network\.wifi\.0\.captivePortal had no effect: no request met it/),
  ])
})

test('the session of a portal that does not end in the run had no effect', async () => {
  const [guests] = portal!.environment.wifi
  const network = { ...guests!, captivePortal: { answers: 'page', sessionMs: 86_400_000 } } as const
  expect(await play(around({ wifi: [network] }, portal!))).toEqual([
    expect.stringMatching(/^network\.wifi\.0\.captivePortal\.session had no effect: no request met it/),
  ])
})

test('an authentication at a cable that the device cannot take had no effect', async () => {
  const { device } = happy!
  const withoutWire = { ...device, adapters: device.adapters.filter(({ kind }) => kind !== 'ethernet') }
  const closed = around({ ethernet: { link: true, captivePortal: false, authentication: '802.1X' } })
  expect(await play(closed)).toEqual([])
  expect(await play({ ...closed, device: withoutWire })).toEqual([
    expect.stringMatching(/^network\.ethernet\.authentication had no effect: the device has no Ethernet adapter/),
  ])
})

test('a network that the device does not join is no setting', async () => {
  const guests = { ssid: 'Guests', security: 'open', bars: 1, captivePortal: true, metered: true } as const
  expect(await play(around({ wifi: [...happy!.environment.wifi, guests] }))).toEqual([])
})

const event = (does: EventEffect, forMs?: number): Scenario => ({
  ...happy!,
  events: [
    {
      when: { kind: 'time', atMs: 1 },
      does,
      times: 1,
      from: 1,
      ...(forMs === undefined ? {} : { forMs }),
    },
  ],
})

test.each<[EventEffect, number | undefined, string]>([
  [{ kind: 'dns', value: 'down' }, 5, 'DNS down'],
  [{ kind: 'port', value: 8443 }, undefined, 'port 8443 closed'],
  [{ kind: 'inspect', value: true }, 5, 'TLS inspection of all hosts'],
  [{ kind: 'portal', value: 'on' }, 5, 'captive portal'],
  [{ kind: 'slow', value: { latencyMs: 2_000 } }, 5, 'network slow, 2000 ms'],
  [{ kind: 'loss', value: 5 }, 5, '5 % of packets lost'],
])('the event %j that no request met fails the scenario', async (does, forMs, words) => {
  expect(await play(event(does, forMs))).toEqual([
    expect.stringMatching(new RegExp(`^events\\.0 \\(${words}\\) had no effect: no request met it`)),
  ])
})

test('a proxy that is not there cannot be down', async () => {
  expect(await play(event({ kind: 'proxy', value: 'down' }))).toEqual([
    expect.stringMatching(/^events\.0 \(proxy down\) had no effect: nothing came of it/),
  ])
})

test('a push does not arrive where its host is blocked', async () => {
  const does = { kind: 'push', value: true } as const
  const pushed: Scenario = {
    ...around({ blockedHosts: ['*.wns.windows.com'] }),
    events: [{ when: { kind: 'state', machine: 'deviceSetup', state: 'apps' }, does, times: 1, from: 1 }],
  }
  expect(await play(pushed)).toEqual([expect.stringMatching(/^events\.0 \(.*push.*\) had no effect/)])
})

test('a fact of a network that is taken by name is for many stories', async () => {
  const shared = (file: string): Scenario => ({
    ...around({ dns: ['store.example'], blockedHosts: ['store.example'] }),
    places: {
      [file]: { network: 1, 'network.dns': 2, 'network.blockedHosts': 3 },
      'a.yaml': { network: 1, device: 2 },
    },
  })
  expect(await play(shared('scenarios/networks/filtered.yaml'))).toEqual([])
})
