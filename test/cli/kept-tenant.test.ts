import { appendFileSync, existsSync, readdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { deserialize, serialize } from 'node:v8'
import { describe, expect, test } from 'vitest'
import { type Beginning, DataFolder, type Resumed } from '../../src/cli/serve/data-folder.ts'
import type { Recorded } from '../../src/cli/serve/recorded.ts'
import { type ServedTenant, serveTenant } from '../../src/cli/serve/served-tenant.ts'
import type { HttpResponse } from '../../src/domain/http.ts'
import { keepTenant } from '../../src/mock-service/kept-tenant.ts'
import { runScenario } from '../../src/scenario/run-scenario.ts'
import { loadScenarios } from '../../src/scenario/scenario.ts'
import { loadTarget } from '../../src/scenario/target.ts'
import { folder } from './call.ts'

const ORIGIN = 'http://localhost:8443'
const CA = { certificate: '', key: '' } as unknown as Beginning['ca']

interface Told {
  beginning: Beginning
  exchanges: { recorded: Recorded; answer: HttpResponse }[]
}

/** What a scenario's device asks a served school, a second between the questions, and what it hears. */
async function told(name: string): Promise<Told> {
  const scenario = loadScenarios(name)[0]!
  const startedAt = scenario.startsAt
  const beginning: Beginning = { definition: scenario.tenant, startedAt, seed: 3, ca: CA, origin: ORIGIN }
  let now = startedAt
  const served = serveTenant({ beginning, state: undefined, requests: [] }, undefined, () => now)
  const exchanges: Told['exchanges'] = []
  const result = await runScenario(scenario, {
    seed: 5,
    transport: 'direct',
    target: loadTarget(ORIGIN, []),
    wrap: () => async (request, peer) => {
      now += 1_000
      const answer = served.handle(request, peer)
      exchanges.push({ recorded: { at: now, request, peer }, answer })
      return answer
    },
  })
  expect(result.failures).toEqual([])
  return { beginning, exchanges }
}

const kept = (served: ServedTenant): Resumed['state'] => deserialize(serialize(served.state())) as Resumed['state']

describe('a tenant that was kept goes on as if it had never stopped', () => {
  test.each([
    ['surface-wifi-happy-path', 50],
    ['self-deploying-ethernet', 40],
    ['federated-sign-in', 50],
    ['multifactor-number-match', 50],
    ['terms-of-use', 50],
  ])('%s, cut after every third request', { timeout: 60_000 }, async (name, atLeast) => {
    const { beginning, exchanges } = await told(name)
    expect(exchanges.length).toBeGreaterThan(atLeast)
    let now = 0
    const whole = serveTenant({ beginning, state: undefined, requests: [] }, undefined, () => now)
    for (const [index, { recorded, answer }] of exchanges.entries()) {
      now = recorded.at
      if (index % 3 > 0) {
        whole.handle(recorded.request, recorded.peer)
        continue
      }
      const again = serveTenant({ beginning, state: kept(whole), requests: [] }, undefined, () => recorded.at)
      // One more question to both: whatever the cut has lost shows with the question that needs it.
      expect(again.handle(recorded.request, recorded.peer)).toEqual(answer)
      expect(whole.handle(recorded.request, recorded.peer)).toEqual(answer)
      expect(again.state()).toEqual(whole.state())
    }
  })
})

/** Questions that a scan asks, or a client that was set up badly: refused, and nothing is written down of them. */
const REFUSED = ['/v1.0/x', '/beta/devices', '/v2.0/y', '/v1.0/deviceManagement/managedDevices']

test('questions that are not told again leave nothing behind, refused or not', async () => {
  const { beginning } = await told('surface-wifi-happy-path')
  const path = join(folder, 'state')
  const data = new DataFolder(path)
  data.begin(beginning)
  const served = serveTenant({ beginning, state: undefined, requests: [] }, data, () => beginning.startedAt)
  const ask = (target: string, method: 'GET' | 'POST' = 'GET', body = '') =>
    served.handle({ method, url: `${ORIGIN}${target}`, headers: {}, body: new TextEncoder().encode(body) }, {})
  for (const target of REFUSED) expect(ask(target).status).toBeGreaterThanOrEqual(400)
  ask('/organizations/oauth2/v2.0/devicecode', 'POST', 'client_id=a&scope=openid')
  data.close()
  const resumed = new DataFolder(path).resume()!
  expect(serveTenant(resumed, undefined, () => beginning.startedAt).state()).toEqual(served.state())
})

test('a request that was a bug of ours does not keep a school from starting', async () => {
  const { beginning } = await told('surface-wifi-happy-path')
  const broken: Recorded = {
    at: beginning.startedAt,
    request: { method: 'GET', url: 'no URL', headers: {}, body: new Uint8Array() },
    peer: {},
  }
  expect(() => serveTenant({ beginning, state: undefined, requests: [broken] }, undefined, () => 0)).not.toThrow()
})

test.each(['/common/userrealm/%zz?api-version=2.0', '/%zz/enrollmentserver/contract'])(
  'a bad escape is the client’s mistake: %s',
  async (target) => {
    const { beginning } = await told('surface-wifi-happy-path')
    const served = serveTenant({ beginning, state: undefined, requests: [] }, undefined, () => beginning.startedAt)
    const request = { method: 'GET' as const, url: `${ORIGIN}${target}`, headers: {}, body: new Uint8Array() }
    expect(served.handle(request, {}).status).toBe(400)
  },
)

test('a redirect holds nothing that a header cannot', async () => {
  const { beginning } = await told('surface-wifi-happy-path')
  const served = serveTenant({ beginning, state: undefined, requests: [] }, undefined, () => beginning.startedAt)
  const body = new TextEncoder().encode('redirect_uri=http%3A%2F%2Fx%2F%0Ay%C3%A9&decision=decline')
  const answer = served.handle({ method: 'POST', url: `${ORIGIN}/TermsOfUse`, headers: {}, body }, {})
  expect(answer).toMatchObject({
    status: 302,
    headers: { location: expect.stringMatching(/^http:\/\/x\/%0Ay%C3%A9\?/) },
  })
})

test('no collection of a tenant is left out', async () => {
  const { beginning } = await told('surface-wifi-happy-path')
  const { tenant } = serveTenant({ beginning, state: undefined, requests: [] }, undefined, () => beginning.startedAt)
  const collections = Object.entries(tenant).flatMap(([name, value]) =>
    value instanceof Map || value instanceof Set ? [name] : [],
  )
  expect(collections.length).toBeGreaterThan(10)
  expect(Object.keys(keepTenant(tenant))).toEqual(expect.arrayContaining(collections))
})

describe('the data folder', () => {
  const requests = (count: number): Recorded[] =>
    Array.from({ length: count }, (_, index) => ({
      at: 1_000 + index,
      request: {
        method: 'POST',
        url: `${ORIGIN}/${index}`,
        headers: { a: 'b' },
        body: new Uint8Array(100).fill(index),
      },
      peer: index % 2 === 0 ? {} : { certificate: Uint8Array.of(index) },
    }))
  const definition = loadScenarios('surface-wifi-happy-path')[0]!.tenant
  const beginning: Beginning = { definition, startedAt: 17, seed: 1, ca: CA, origin: ORIGIN }
  const state = (now: number) => ({ tenant: { codes: new Map() } as never, chance: Uint32Array.of(1, 2, 3, 4), now })

  const snapshotIn = (path: string) => deserialize(readFileSync(path)) as object

  function begun(): { data: DataFolder; path: string } {
    const path = join(folder, 'state')
    const data = new DataFolder(path)
    data.begin(beginning)
    return { data, path }
  }

  test('gives the state, and the requests since', () => {
    const { data, path } = begun()
    for (const one of requests(3)) data.record(one)
    data.snapshot(state(1_002))
    for (const one of requests(5).slice(3)) data.record(one)
    data.close()
    const resumed = new DataFolder(path).resume()!
    expect(resumed).toMatchObject({ beginning, state: state(1_002), count: 5 })
    expect(resumed.requests).toEqual(requests(5).slice(3))
    for (const name of readdirSync(path)) expect(statSync(join(path, name)).mode & 0o077, name).toBe(0)
  })

  test('goes on writing where it was, over several starts and a broken last line', () => {
    const { data, path } = begun()
    for (const one of requests(2)) data.record(one)
    data.snapshot(state(1))
    data.close()
    appendFileSync(join(path, 'requests.ndjson'), '{"at":1')
    const second = new DataFolder(path)
    expect(second.resume()!.requests).toEqual([])
    for (const one of requests(4).slice(2)) second.record(one)
    second.close()
    const third = new DataFolder(path)
    expect(third.resume()!.requests).toEqual(requests(4).slice(2))
    third.snapshot(state(2))
    expect(new DataFolder(path).resume()).toMatchObject({ state: state(2), requests: [], count: 4 })
  })

  test.each<[string, (path: string) => void]>([
    ['a file that is no snapshot', (path) => writeFileSync(path, 'junk')],
    ['one that was cut off', (path) => truncateSync(path, 40)],
    ['one of another program', (path) => writeFileSync(path, serialize({ version: '0.0.0-other', startedAt: 17 }))],
    ['one of another beginning', (path) => writeFileSync(path, serialize({ ...snapshotIn(path), startedAt: 18 }))],
  ])('asks everything again when the snapshot is %s', (_, spoil) => {
    const { data, path } = begun()
    for (const one of requests(3)) data.record(one)
    data.snapshot(state(1))
    data.close()
    expect(new DataFolder(path).resume()!.requests).toHaveLength(0)
    spoil(join(path, 'state.bin'))
    const resumed = new DataFolder(path).resume()!
    expect(resumed.state).toBeUndefined()
    expect(resumed.requests).toEqual(requests(3))
  })

  test('is refused while another server is on it, and not when that one was killed', () => {
    const { path } = begun()
    writeFileSync(join(path, 'lock'), '1')
    expect(() => new DataFolder(path)).toThrow(/is in use by the process 1$/)
    for (const pid of ['999999999', '0', '-1', 'junk', '']) {
      writeFileSync(join(path, 'lock'), pid)
      expect(new DataFolder(path).resume(), pid).toBeDefined()
    }
  })

  test.each(['{}', 'null', '{"definition":{}}'])('refuses a beginning that is none: %s', (text) => {
    const { path } = begun()
    writeFileSync(join(path, 'tenant.json'), text)
    expect(() => new DataFolder(path).resume()).toThrow(/tenant\.json is not the beginning of a tenant/)
  })

  test('says so when requests are lost that the snapshot has seen', () => {
    const { data, path } = begun()
    for (const one of requests(3)) data.record(one)
    data.snapshot(state(1))
    data.close()
    truncateSync(join(path, 'requests.ndjson'), 10)
    expect(() => new DataFolder(path).resume()).toThrow(/requests\.ndjson has lost requests that state\.bin has seen/)
  })

  test('wants a snapshot when much has come, and not at every request of a big school', () => {
    const { data, path } = begun()
    const big = { ...requests(1)[0]!, request: { ...requests(1)[0]!.request, body: new Uint8Array(1024 * 1024) } }
    const wanted = Array.from({ length: 16 }, () => {
      data.record(big)
      const wants = data.wantsSnapshot
      if (wants) data.snapshot({ ...state(1), tenant: { blob: new Uint8Array(12 * 1024 * 1024) } as never })
      return wants
    })
    data.close()
    // Each takes 1.33 MiB in the log: after the first 4 MiB, and after as much as the snapshot has.
    expect(wanted.flatMap((wants, index) => (wants ? [index + 1] : []))).toEqual([3, 12])
    expect(existsSync(join(path, 'state.bin.new'))).toBe(false)
  })
})
