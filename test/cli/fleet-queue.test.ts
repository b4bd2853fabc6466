import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:net'
import { join } from 'node:path'
import { Queue } from 'bullmq'
import { afterEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import { GOOD_PLAN, goodPlan } from '../fleet/plans.ts'
import { startRedis } from '../fleet/redis.ts'
import { isWithout } from '../without.ts'
import { temporaryFolder } from './files.ts'
import { oobe, PROGRAM, type Started, start } from './program.ts'

const started: Started[] = []
afterEach(async () => {
  for (const { child } of started) child.kill('SIGKILL')
  await Promise.all(started.splice(0).map(({ ended }) => ended))
})

function scene(text = GOOD_PLAN): string {
  const folder = temporaryFolder()
  writeFileSync(join(folder, 'plan.yaml'), text)
  return folder
}

/** The program with a clock that is off by so many milliseconds. */
function withClock(ms: number): [program: string, ...options: string[]] {
  const shifted = `const Real=Date;globalThis.Date=class extends Real{constructor(...a){if(a.length)super(...a);else super(Real.now()+${ms})}static now(){return Real.now()+${ms}}}`
  return [PROGRAM, `--import=data:text/javascript,${encodeURIComponent(shifted)}`]
}

/** Devices in their order, as they are kept. */
const linesIn = (folder: string) =>
  readdirSync(join(folder, 'segments'))
    .sort()
    .flatMap((name) =>
      readFileSync(join(folder, 'segments', name), 'utf8')
        .trimEnd()
        .split('\n'),
    )
    .map((line) => JSON.parse(line) as { kind: string; intendedMs: number; startedMs: number })
    .filter(({ kind }) => kind === 'device')

function worker(folder: string, url: string): Started {
  const one = start(['fleet', 'worker', 'plan.yaml', '--redis', url], folder)
  started.push(one)
  return one
}

const resultIn = (folder: string) =>
  JSON.parse(readFileSync(join(folder, 'fleet-result.json'), 'utf8')) as {
    digest: string
    devices: number
    repeated: object
  }

describe.skipIf(isWithout('redis-server'))('a fleet behind a queue', () => {
  test('comes to the same result as in one process, and ends its workers', async () => {
    const { url } = await startRedis()
    const folder = scene()
    await oobe(['fleet', 'plan.yaml', '--workers', '1', '--out', 'here'], folder)
    const workers = [worker(folder, url), worker(folder, url)]
    const { code } = await oobe(['fleet', 'plan.yaml', '--redis', url, '--out', 'queue'], folder)
    expect(code).toBe(0)
    expect(resultIn(join(folder, 'queue')).digest).toBe(resultIn(join(folder, 'here')).digest)
    for (const { ended } of workers) expect((await ended).code).toBe(0)
  })

  test('a job that was changed, of another fleet or of another version is refused by the worker', async () => {
    const { url } = await startRedis()
    const folder = scene()
    const { id } = goodPlan()
    const [host, port] = [new URL(url).hostname, Number(new URL(url).port)]
    const queue = new Queue(`oobe-fleet-${id}`, { connection: { host, port }, prefix: 'oobe' })
    const data = { fleet: id, product: '0.1.0', batch: 1, from: 3, to: 6 }
    const wrong = [
      { ...data, to: 5 },
      { ...data, batch: 99 },
      { ...data, fleet: 'other' },
      { ...data, product: '9.9.9' },
    ]
    const jobs = await Promise.all(wrong.map((one) => queue.add('batch', one, { attempts: 3 })))
    worker(folder, url)
    while ((await queue.getFailedCount()) < wrong.length) await new Promise((done) => setTimeout(done, 50))
    const reasons = await Promise.all(jobs.map(async ({ id: one }) => (await queue.getJob(one!))!.failedReason))
    await queue.close()
    expect(reasons).toEqual([
      'the job names devices that the plan has not in this batch: it was changed',
      'the job names devices that the plan has not in this batch: it was changed',
      'the job is of another fleet: other',
      'the job is of oobe-sim 9.9.9, the worker is 0.1.0',
    ])
  })

  test('no job holds a password of the school', async () => {
    const { url } = await startRedis()
    const folder = scene()
    const coordinator = start(['fleet', 'plan.yaml', '--redis', url, '--out', 'queue'], folder)
    started.push(coordinator)
    const { id } = goodPlan()
    const [host, port] = [new URL(url).hostname, Number(new URL(url).port)]
    const queue = new Queue(`oobe-fleet-${id}`, { connection: { host, port }, prefix: 'oobe' })
    while ((await queue.getWaitingCount()) < 4) await new Promise((done) => setTimeout(done, 50))
    const jobs = await queue.getJobs(['waiting'])
    await queue.close()
    expect(jobs.map(({ data }) => Object.keys(data).sort())).toEqual(
      Array.from({ length: 4 }, () => ['batch', 'fleet', 'from', 'product', 'to']),
    )
  })

  test('a signal takes back what waits, and --resume plays the rest', async () => {
    const { url } = await startRedis()
    const folder = scene(GOOD_PLAN.replace('batch: 3', 'batch: 1'))
    await oobe(['fleet', 'plan.yaml', '--workers', '1', '--out', 'here'], folder)
    const first = worker(folder, url)
    const coordinator = start(['fleet', 'plan.yaml', '--redis', url, '--out', 'queue'], folder)
    started.push(coordinator)
    const segment = join(folder, 'queue', 'segments', 'b0000001.a001.ndjson')
    while (!existsSync(segment)) await new Promise((done) => setTimeout(done, 20))
    coordinator.child.kill('SIGINT')
    expect((await coordinator.ended).code).toBe(130)
    expect((await first.ended).code).toBe(0)
    expect(resultIn(join(folder, 'queue')).devices).toBeLessThan(12)
    worker(folder, url)
    const resumed = await oobe(['fleet', 'plan.yaml', '--redis', url, '--out', 'queue', '--resume'], folder)
    expect(resumed.code).toBe(0)
    expect(resultIn(join(folder, 'queue')).digest).toBe(resultIn(join(folder, 'here')).digest)
  })

  test('a wrong password, and none where one is needed, for the coordinator and for a worker', async () => {
    const { url } = await startRedis('--requirepass', 'right-horse')
    const folder = scene()
    onTestFinished(() => void vi.unstubAllEnvs())
    for (const password of ['', 'wrong-horse']) {
      vi.stubEnv('OOBE_REDIS_PASSWORD', password)
      const both = await Promise.all([
        oobe(['fleet', 'plan.yaml', '--redis', url, '--out', 'out'], folder),
        oobe(['fleet', 'worker', 'plan.yaml', '--redis', url], folder),
      ])
      for (const { code, stderr } of both) {
        expect([code, stderr]).toEqual([
          2,
          expect.stringMatching(
            /^error ERR_REDIS_PASSWORD: 127\.0\.0\.1:\d+ refuses the password: .*\n {2}It is read from the variable OOBE_REDIS_PASSWORD\n$/,
          ),
        ])
        expect(stderr).not.toContain('wrong-horse')
      }
    }
    expect(existsSync(join(folder, 'out', 'fleet-result.json'))).toBe(false)
  })

  test('the right password, from the environment', async () => {
    const { url } = await startRedis('--requirepass', 'right-horse')
    const folder = scene(GOOD_PLAN.replace('count: 12', 'count: 1'))
    vi.stubEnv('OOBE_REDIS_PASSWORD', 'right-horse')
    onTestFinished(() => void vi.unstubAllEnvs())
    worker(folder, url)
    expect((await oobe(['fleet', 'plan.yaml', '--redis', url, '--out', 'out'], folder)).code).toBe(0)
  })

  test('machines whose clocks differ start devices when the plan says', async () => {
    const { url } = await startRedis()
    const folder = scene(GOOD_PLAN.replace('closed: { atOnce: 2 }', 'burst: { size: 6, every: 3s }'))
    // One worker alone: no other one may hand out what waits.
    const slow = start(['fleet', 'worker', 'plan.yaml', '--redis', url], folder, ...withClock(-3_600_000))
    started.push(slow)
    const ahead = start(['fleet', 'plan.yaml', '--redis', url, '--out', 'queue'], folder, ...withClock(7_200_000))
    started.push(ahead)
    expect((await ahead.ended).code).toBe(0)
    expect((await slow.ended).code).toBe(0)
    const starts = linesIn(join(folder, 'queue')).map(({ intendedMs, startedMs }) => [intendedMs, startedMs])
    expect(starts.map(([intended]) => intended)).toEqual([...Array(6).fill(0), ...Array(6).fill(3_000)])
    for (const [intended, at] of starts) {
      expect(at).toBeGreaterThanOrEqual(intended!)
      expect(at).toBeLessThan(intended! + 20_000)
    }
  })

  test('one that throws keys away', async () => {
    const { url } = await startRedis('--maxmemory', '100mb', '--maxmemory-policy', 'allkeys-lru')
    const { code, stderr } = await oobe(['fleet', 'plan.yaml', '--redis', url, '--out', 'out'], scene())
    expect([code, stderr]).toEqual([
      2,
      expect.stringMatching(
        /^error ERR_REDIS_EVICTS: 127\.0\.0\.1:\d+ throws keys away when its memory is full \(maxmemory-policy allkeys-lru\)\n/,
      ),
    ])
  })
})

/** A server that gives each connection the same answers, whatever it is asked. */
async function answering(answer: (asked: string) => string): Promise<{ url: string; server: Server }> {
  const server = createServer((socket) => {
    socket.on('error', () => {})
    socket.on('data', (chunk: Buffer) => socket.write(answer(chunk.toString())))
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return { url: `redis://127.0.0.1:${(server.address() as { port: number }).port}`, server }
}

const bulk = (text: string): string => `$${text.length}\r\n${text}\r\n`

test.each([
  [
    'an old version',
    (asked: string) =>
      asked.toLowerCase().includes('info')
        ? bulk('redis_version:5.0.3\r\n').repeat(asked.toLowerCase().split('info').length - 1)
        : '+OK\r\n',
    /^error ERR_REDIS_VERSION: 127\.0\.0\.1:\d+ is Redis 5\.0: 6\.2 or newer is needed\n/,
  ],
  [
    'a web server',
    () => 'HTTP/1.1 400 Bad Request\r\n\r\n',
    /^error ERR_REDIS_FOREIGN: 127\.0\.0\.1:\d+ does not speak the protocol of Redis\n/,
  ],
])('refuses %s in the place of Redis', async (_, answer, message) => {
  const { url, server } = await answering(answer)
  const { code, stderr } = await oobe(['fleet', 'plan.yaml', '--redis', url, '--out', 'out'], scene())
  server.close()
  expect([code, stderr]).toEqual([2, expect.stringMatching(message)])
})

test.each([
  [3, 'redis://127.0.0.1:1', /^error ERR_REDIS_AWAY: there is no Redis at 127\.0\.0\.1:1: /],
  [2, 'http://localhost', /^error ERR_REDIS_URL: this is no address of Redis\n/],
  [2, 'redis://:secret@localhost', /^error ERR_REDIS_URL: the address holds a password, which other users/],
  [2, 'redis://redis.example', /^error ERR_REDIS_OPEN: redis\.example is another machine, and no password was given\n/],
])('exit %d for %s', async (code, url, message) => {
  const ended = await oobe(['fleet', 'plan.yaml', '--redis', url, '--out', 'out'], scene())
  expect([ended.code, ended.stderr]).toEqual([code, expect.stringMatching(message)])
})

test.each([
  [['fleet', 'worker', 'plan.yaml'], 'a worker needs --redis'],
  [['fleet', 'plan.yaml', '--redis', 'redis://localhost', '--shard', '1/2'], '--shard does not go with --redis'],
])('refuses %j', async (args, message) => {
  const { code, stderr } = await oobe(args, scene())
  expect([code, stderr]).toEqual([2, expect.stringContaining(message)])
})
