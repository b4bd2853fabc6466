import { expect, test } from 'vitest'
import { MOCK_ENDPOINTS } from '../../../src/domain/endpoints.ts'
import type { ConnectivityAnswer } from '../../../src/domain/network.ts'
import { CODE } from '../../../src/domain/windows-codes.ts'
import { lookUpProfile } from '../../../src/service/autopilot/look-up-profile.ts'
import { discoverProxy } from '../../../src/service/connectivity/discover-proxy.ts'
import { probeConnectivity } from '../../../src/service/connectivity/probe-connectivity.ts'
import { reach } from '../../../src/service/connectivity/reach.ts'
import { type Reply, scripted } from '../scripted-service.ts'

test.each<[string, Reply, ConnectivityAnswer]>([
  ['the text', { body: 'Microsoft Connect Test' }, { kind: 'internet' }],
  [
    'a redirection',
    { status: 302, headers: { location: 'http://portal.test/' } },
    { kind: 'portal', url: 'http://portal.test/' },
  ],
  [
    'a page in its place',
    { body: '<html>Welcome</html>' },
    { kind: 'portal', url: `${MOCK_ENDPOINTS.connectivity}/redirect` },
  ],
  ['a proxy that asks for a sign-in', { status: 407 }, { kind: 'none', code: CODE.proxySignInNeeded }],
  ['an error', { status: 503 }, { kind: 'none', code: '0x801901f7' }],
  ['no answer', { trouble: CODE.cannotConnect }, { kind: 'none', code: CODE.cannotConnect }],
])('the test of the network that gets %s', async (_, reply, answer) => {
  expect(await probeConnectivity(scripted(reply).service)).toEqual(answer)
})

test.each<[Reply, boolean]>([
  [{ body: 'function FindProxyForURL() {}' }, true],
  [{ status: 404 }, false],
  [{ trouble: CODE.nameNotResolved }, false],
])('a PAC file that is answered with %j is found: %s', async (reply, isFound) => {
  expect(await discoverProxy(scripted(reply).service, 'http://wpad.test/wpad.dat')).toBe(isFound)
})

test('a service without messages is asked for only where the network stops the way to it', async () => {
  const open = scripted()
  expect(await reach({ ...open.service, isStopped: () => false }, 'push', 'push channel')).toMatchObject({ ok: true })
  expect(open.asked).toEqual([])
  const closed = scripted({ trouble: CODE.cannotConnect })
  expect(await reach({ ...closed.service, isStopped: () => true }, 'push', 'push channel')).toMatchObject({
    ok: false,
    trouble: { code: CODE.cannotConnect },
  })
  expect(closed.asked.map(({ url }) => url)).toEqual(['https://client.wns.windows.test/'])
})

const hash = { hardwareHash: 'aGFzaA==', productKeyId: '3331234567890' }

test('without the account service the lookup is not asked at all', async () => {
  const { service, asked } = scripted({ trouble: CODE.cannotConnect })
  const request = { ...hash, needsAccount: true }
  expect(await lookUpProfile({ ...service, isStopped: () => true }, request)).toMatchObject({
    answer: { kind: 'unreachable' },
  })
  expect(asked.map(({ url }) => url)).toEqual(['https://login.live.test/'])
})

test('a device that does not need it asks', async () => {
  const { service, asked } = scripted({ trouble: CODE.cannotConnect })
  await lookUpProfile({ ...service, isStopped: () => true }, { ...hash, needsAccount: false })
  expect(asked.map(({ url }) => url)).toEqual(['https://ztd.dds.microsoft.test/profiles/lookup'])
})
