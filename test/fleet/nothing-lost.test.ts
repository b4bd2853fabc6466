import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { seededChance } from '../../src/ports/seeded-chance.ts'
import { type Ended, temporaryFolder } from '../cli/files.ts'
import { oobe, type Started, start } from '../cli/program.ts'
import { isWithout } from '../without.ts'
import { GOOD_PLAN } from './plans.ts'
import { startRedis, type TestRedis } from './redis.ts'

/** All tries; without it a sample, the same each time. */
const TRIES = process.env.OOBE_LONG === '1' ? 30 : 2
const COUNT = 16
const PLAN = GOOD_PLAN.replace('count: 12', `count: ${COUNT}`).replace('batch: 3', 'batch: 1')
const WORKERS = 2
/** What is killed, in the order in which it is drawn: each at a moment within so many milliseconds of the one before. */
const KILLS = 4
const WITHIN_MS = 2_500
const PARTS = ['coordinator', 'worker', 'redis'] as const

const wait = (ms: number) => new Promise((done) => setTimeout(done, ms))

interface Result {
  digest: string
  devices: number
  passed: number
  isComplete: boolean
}
const resultIn = (folder: string): Result =>
  JSON.parse(readFileSync(join(folder, 'fleet-result.json'), 'utf8')) as Result

/** The code of a part that found no Redis. */
const INFRASTRUCTURE = 3

/** A part of the fleet that is started again whenever it was killed or found no Redis, as Kubernetes does it. */
class Kept {
  #now: Started
  #isOver = false
  readonly ended: Promise<Ended>

  constructor(begin: () => Started) {
    this.#now = begin()
    this.ended = this.#untilItEnds(begin)
  }

  async #untilItEnds(begin: () => Started): Promise<Ended> {
    for (;;) {
      const ended = await this.#now.ended
      const isToBegin = ended.code === null || ended.code === INFRASTRUCTURE
      if (!isToBegin || this.#isOver) return ended
      this.#now = begin()
    }
  }

  kill(): void {
    this.#now.child.kill('SIGKILL')
  }

  end(): void {
    this.#isOver = true
    this.kill()
  }
}

async function killed(redis: TestRedis, folder: string, seed: number): Promise<Ended & { out: string }> {
  const chance = seededChance(seed, 'fleet', 'kills')
  const out = join(folder, `out-${seed}`)
  const args = ['fleet', 'plan.yaml', '--redis', redis.url]
  const workers = Array.from(
    { length: WORKERS },
    () => new Kept(() => start(['fleet', 'worker', ...args.slice(1)], folder)),
  )
  const coordinator = new Kept(() =>
    start([...args, '--out', out, ...(existsSync(join(out, 'fleet.json')) ? ['--resume'] : [])], folder),
  )
  const over = { is: false }
  const ended = coordinator.ended.then((how) => {
    over.is = true
    return how
  })
  try {
    for (let kill = 0; kill < KILLS && !over.is; kill++) {
      await wait(chance.integer(WITHIN_MS))
      const part = PARTS[chance.integer(PARTS.length)]!
      if (part === 'coordinator') coordinator.kill()
      else if (part === 'worker') workers[chance.integer(WORKERS)]!.kill()
      else {
        await redis.kill()
        await wait(chance.integer(1_000))
        await redis.restart()
      }
    }
    return { ...(await ended), out }
  } finally {
    coordinator.end()
    for (const worker of workers) worker.end()
    await Promise.all([coordinator, ...workers].map(({ ended: last }) => last))
  }
}

/** Serial numbers of the devices that count: of each batch the highest attempt that is complete. */
function serialsIn(out: string): string[] {
  const byBatch = new Map<string, string>()
  for (const name of readdirSync(join(out, 'segments')).sort()) {
    const text = readFileSync(join(out, 'segments', name), 'utf8')
    if (text.includes('{"kind":"end"')) byBatch.set(name.split('.')[0]!, text)
  }
  return [...byBatch.values()].flatMap((text) => [...text.matchAll(/"serial":"([^"]+)"/g)].map(([, serial]) => serial!))
}

describe.skipIf(isWithout('redis-server'))('coordinator, workers and Redis are killed at random moments', () => {
  test(`in ${TRIES} tries nothing is lost, and nothing counts twice`, { timeout: TRIES * 240_000 }, async () => {
    const folder = temporaryFolder()
    writeFileSync(join(folder, 'plan.yaml'), PLAN)
    await oobe(['fleet', 'plan.yaml', '--workers', '1', '--out', 'undisturbed'], folder)
    const undisturbed = resultIn(join(folder, 'undisturbed'))
    expect(undisturbed).toMatchObject({ devices: COUNT, isComplete: true })
    for (let seed = 1; seed <= TRIES; seed++) {
      const redis = await startRedis()
      const { code, stderr, out } = await killed(redis, folder, seed)
      await redis.kill()
      expect({ seed, code, stderr: code === 0 ? '' : stderr }).toEqual({ seed, code: 0, stderr: '' })
      const { digest, devices, passed, isComplete } = resultIn(out)
      const serials = serialsIn(out)
      expect({
        seed,
        digest,
        devices,
        passed,
        isComplete,
        serials: [serials.length, new Set(serials).size],
      }).toEqual({
        seed,
        digest: undisturbed.digest,
        devices: COUNT,
        passed: undisturbed.passed,
        isComplete: true,
        serials: [COUNT, COUNT],
      })
    }
  })
})
