import {
  appendFileSync,
  copyFileSync,
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { DataFolder } from '../../src/cli/serve/data-folder.ts'
import { summed } from '../../src/cli/serve/sums.ts'
import { beginning, begun, ORIGIN, requests, resumedAt, START, state } from './data-folder-scene.ts'

const logOf = (path: string) => readFileSync(join(path, 'requests.ndjson'), 'utf8')

test('gives the state, and the requests since', () => {
  const { data, path } = begun()
  for (const one of requests(3)) data.record(one)
  data.snapshot(state(1_002))
  for (const one of requests(5).slice(3)) data.record(one)
  data.close()
  const resumed = resumedAt(path)
  expect(resumed).toMatchObject({ beginning, state: state(1_002), count: 5 })
  expect(resumed.requests).toEqual(requests(5).slice(3))
  expect(readdirSync(path).sort()).toEqual(['requests.ndjson', 'state.json', 'tenant.json'])
  for (const name of readdirSync(path)) expect(statSync(join(path, name)).mode & 0o077, name).toBe(0)
})

test('continues where it was, over several starts and a broken last line', () => {
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
  third.close()
  expect(resumedAt(path)).toMatchObject({ state: state(2), requests: [], count: 4 })
})

test('a snapshot cuts the log, and a request that is taken back leaves nothing', () => {
  const { data, path } = begun()
  for (const one of requests(50, 10_000)) data.record(one)
  expect(logOf(path).length).toBeGreaterThan(500_000)
  data.snapshot(state(1))
  expect(logOf(path)).toMatch(/^\{"format":1,"startedAt":1730707200000,"after":50,"crc":"[0-9a-f]{8}"\}\n$/)
  const before = logOf(path)
  data.record(requests(1, 1_000_000)[0]!)
  expect(logOf(path).length).toBeGreaterThan(1_000_000)
  data.takeBack()
  data.takeBack()
  expect(logOf(path)).toBe(before)
  data.record({ ...requests(1)[0]!, at: START + 5_000 })
  data.close()
  expect(resumedAt(path)).toMatchObject({ count: 51, requests: [{ at: START + 5_000 }] })
})

test.each<[string, string[]]>([
  ['before the state has its name', ['state.json.new']],
  ['after that, and before the log is cut', ['state.json']],
  ['after that, with the new log half written', ['state.json', 'requests.ndjson.new']],
  ['after all', ['state.json', 'requests.ndjson']],
])('a crash %s loses nothing', (_, written) => {
  const { data, path } = begun()
  for (const one of requests(3)) data.record(one)
  data.close()
  const before = `${path}-before`
  copy(path, before)
  const again = new DataFolder(path)
  again.resume()
  again.snapshot(state(1_002))
  again.close()
  // What the crash left: the folder as it was, and of the new files those that were written by then.
  for (const name of written) {
    const from = name.replace('.new', '')
    copyFileSync(join(path, from), join(before, name))
  }
  const found = new DataFolder(before)
  const resumed = found.resume()!
  const isSeen = written.includes('state.json')
  expect(resumed).toMatchObject({ count: 3, state: isSeen ? state(1_002) : undefined })
  expect(resumed.requests).toEqual(isSeen ? [] : requests(3))
  found.record(requests(4)[3]!)
  found.close()
  expect(resumedAt(before).requests).toEqual(isSeen ? requests(4).slice(3) : requests(4))
  expect(readdirSync(before).filter((name) => name.endsWith('.new'))).toEqual([])
})

function copy(from: string, to: string): void {
  new DataFolder(to).close()
  for (const name of readdirSync(from)) copyFileSync(join(from, name), join(to, name))
}

test('a snapshot that cannot be written leaves all as it was, and is not tried at every request', () => {
  const { data, path } = begun()
  for (const one of requests(16, 300_000)) data.record(one)
  const before = logOf(path)
  expect(data.wantsSnapshot).toBe(true)
  const spoilt = { ...state(1), tenant: { ...state(1).tenant, entra: new Error('x') as never } }
  expect(() => data.snapshot(spoilt)).toThrow(/cannot be kept/)
  expect([logOf(path), existsSync(join(path, 'state.json'))]).toEqual([before, false])
  expect(data.wantsSnapshot).toBe(false)
  data.record(requests(1, 300_000)[0]!)
  expect(data.wantsSnapshot).toBe(true)
})

test('asks for a snapshot when much has come, and not at every request of a big school', () => {
  const { data, path } = begun()
  const big = requests(1, 1024 * 1024)[0]!
  const wanted = Array.from({ length: 16 }, () => {
    data.record(big)
    const isDue = data.wantsSnapshot
    if (isDue) data.snapshot(state(1, 'x'.repeat(12_000_000)))
    return isDue
  })
  data.close()
  // Each takes 1.33 MiB in the log: after the first 4 MiB, and after as much as the snapshot has.
  expect(wanted.flatMap((isDue, index) => (isDue ? [index + 1] : []))).toEqual([3, 12])
  expect(statSync(join(path, 'requests.ndjson')).size).toBeLessThan(6 * 1024 * 1024)
})

test('asks for a snapshot when the requests since the last one would take long to ask again, however short they are', () => {
  const { data } = begun()
  const wanted = requests(8).map((one) => {
    data.record(one)
    data.took(500)
    const isDue = data.wantsSnapshot
    if (isDue) data.snapshot(state(1))
    return isDue
  })
  data.close()
  expect(wanted.flatMap((isDue, index) => (isDue ? [index + 1] : []))).toEqual([3, 6])
})

test('one that cannot be written is not tried at every request where they take long either', () => {
  const { data } = begun()
  data.record(requests(1)[0]!)
  data.took(60_000)
  expect(data.wantsSnapshot).toBe(true)
  const spoilt = { ...state(1), tenant: { ...state(1).tenant, entra: new Error('x') as never } }
  expect(() => data.snapshot(spoilt)).toThrow(/cannot be kept/)
  expect(data.wantsSnapshot).toBe(false)
  data.close()
})

test('a state of an earlier version of the program is taken, since the log before it is gone', () => {
  const { data, path } = begun()
  for (const one of requests(3)) data.record(one)
  data.snapshot(state(1_002))
  data.close()
  const file = join(path, 'state.json')
  const [header, body] = readFileSync(file, 'utf8').split('\n')
  writeFileSync(file, `${resummed(header!, { version: '0.0.9' })}\n${body}\n`)
  expect(resumedAt(path)).toMatchObject({ state: state(1_002), requests: [], count: 3 })
})

test('a folder of version 0.1.0 is taken: its log is whole, and its state was for that version alone', () => {
  const { data, path } = begun()
  data.close()
  const { definition, startedAt, seed, ca, origin } = beginning
  writeFileSync(join(path, 'tenant.json'), JSON.stringify({ definition, startedAt, seed, ca, origin }))
  const old = requests(3).map(({ at, request, peer }) =>
    JSON.stringify({
      at,
      method: request.method,
      url: request.url,
      headers: request.headers,
      body: Buffer.from(request.body).toString('base64'),
      ...(peer.certificate ? { certificate: Buffer.from(peer.certificate).toString('base64') } : {}),
    }),
  )
  writeFileSync(join(path, 'requests.ndjson'), `${old.join('\n')}\n`)
  writeFileSync(join(path, 'state.bin'), 'anything')
  const next = new DataFolder(path)
  expect(next.resume()).toMatchObject({ state: undefined, requests: requests(3), count: 3 })
  next.record(requests(4)[3]!)
  next.close()
  const third = new DataFolder(path)
  expect(third.resume()!.requests).toEqual(requests(4))
  third.snapshot(state(2))
  third.close()
  expect(resumedAt(path)).toMatchObject({ state: state(2), requests: [], count: 4 })
  expect(existsSync(join(path, 'state.bin'))).toBe(false)
  expect(JSON.parse(readFileSync(join(path, 'tenant.json'), 'utf8'))).toMatchObject({ format: 2, origin: ORIGIN })
})

test('a folder of version 0.1.0 that was never asked anything has no log', () => {
  const { data, path } = begun()
  data.close()
  writeFileSync(join(path, 'tenant.json'), JSON.stringify(beginning))
  rmSync(join(path, 'requests.ndjson'))
  expect(resumedAt(path)).toMatchObject({ requests: [], count: 0 })
})

function resummed(line: string, changes: object): string {
  const { crc: _, ...fields } = JSON.parse(line) as Record<string, unknown>
  return summed({ ...fields, ...changes })
}
