import { expect, test } from 'vitest'
import { createDevelopmentCa, createServerCertificate } from '../../src/cli/serve/development-ca.ts'
import { endpointsAt } from '../../src/domain/endpoints.ts'
import type { HttpRequest, HttpResponse, Peer } from '../../src/domain/http.ts'
import { exchangesOf } from '../../src/journal/wire.ts'
import { startTenant } from '../../src/mock-service/connect.ts'
import type { Transport } from '../../src/ports/http.ts'
import { seededIds } from '../../src/ports/ids.ts'
import { listen } from '../../src/ports/listen.ts'
import { derivedKeys } from '../../src/ports/rsa-keys.ts'
import { seededChance } from '../../src/ports/seeded-chance.ts'
import { compareWire } from '../../src/report/wire/compare.ts'
import { prepareRun, runScenario } from '../../src/scenario/run-scenario.ts'
import { loadScenarios } from '../../src/scenario/scenario.ts'
import { wholeTenant } from '../../src/scenario/whole-tenant.ts'

interface Exchange {
  request: HttpRequest
  peer: Peer
  response: Pick<HttpResponse, 'status' | 'body'> & { headers: Record<string, string> }
}

/** Keeps what went over a transport. */
const recording =
  (exchanges: Exchange[]) =>
  (transport: Transport): Transport =>
  async (request, peer, signal) => {
    const { status, headers, body } = await transport(request, peer, signal)
    const protocol = Object.fromEntries(
      Object.entries(headers).filter(([name]) =>
        ['content-type', 'location', 'oobe-sim-declared-length'].includes(name),
      ),
    )
    exchanges.push({ request, peer, response: { status, headers: protocol, body } })
    return { status, headers, body }
  }

/** What a run says and hears over HTTPS, from the same tenant behind a real server; the clock of both is the run's. */
async function overHttps(name: string) {
  const scenario = loadScenarios(name)[0]!
  const ca = createDevelopmentCa(Date.now())
  let started: ReturnType<typeof startTenant> | undefined
  let now = () => scenario.startsAt
  const served = await listen((request, peer) => started!.handle(request, peer), {
    port: 0,
    tls: createServerCertificate(ca, Date.now()),
  })
  try {
    const target = { title: 'test', endpoints: endpointsAt(served.origin), hosts: [], trust: [ca.certificate] }
    const play = async (toServer: boolean) => {
      const ids = seededIds(seededChance(5, 'service'))
      started = startTenant(
        wholeTenant(scenario.tenant, scenario.startsAt, { endpoints: target.endpoints, keys: derivedKeys, ids }),
        () => now(),
      )
      const exchanges: Exchange[] = []
      const called: Transport = async (request, peer) => started!.handle(request, peer)
      const { run, release } = await prepareRun(scenario, {
        seed: 5,
        target,
        wrap: (transport) => recording(exchanges)(toServer ? transport : called),
      })
      now = () => scenario.startsAt + run.timeline.now
      const { journal } = await run.play().finally(release)
      return { exchanges, wire: exchangesOf(journal) }
    }
    return { direct: await play(false), https: await play(true) }
  } finally {
    await served.close()
  }
}

test.each(['surface-wifi-happy-path', 'self-deploying-ethernet', 'wrong-password'])(
  '%s has the same transcript called directly and over HTTPS with client certificates',
  async (name) => {
    const { direct, https } = await overHttps(name)
    expect(https.exchanges.length).toBeGreaterThan(15)
    expect(https.exchanges.some(({ peer }) => peer.certificate)).toBe(true)
    expect(https.exchanges).toEqual(direct.exchanges)
    expect(https.wire.length).toBeGreaterThanOrEqual(https.exchanges.length)
    expect(compareWire(https.wire, direct.wire).filter(({ kind }) => kind !== 'alike')).toEqual([])
  },
)

test.each([
  ...['surface-wifi-happy-path', 'self-deploying-ethernet', 'user-without-licence', 'not-registered'],
  // Its sign-ins are refused and let in by their place.
  'conditional-access-back-at-school',
])('%s has the same transcript called directly and through MSW', async (name) => {
  const [scenario] = loadScenarios(name)
  const direct: Exchange[] = []
  const mocked: Exchange[] = []
  await runScenario(scenario!, { seed: 5, transport: 'direct', wrap: recording(direct) })
  await runScenario(scenario!, { seed: 5, transport: 'msw', wrap: recording(mocked) })
  expect(mocked.length).toBeGreaterThan(5)
  expect(mocked).toEqual(direct)
})
