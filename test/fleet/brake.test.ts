import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import { createDevelopmentCa, createServerCertificate } from '../../src/cli/serve/development-ca.ts'
import { serveTenant } from '../../src/cli/serve/served-tenant.ts'
import { endpointsAt } from '../../src/domain/endpoints.ts'
import type { HttpResponse } from '../../src/domain/http.ts'
import type { Target } from '../../src/domain/target.ts'
import { batchesOf } from '../../src/fleet/batches.ts'
import { Brake } from '../../src/fleet/brake.ts'
import type { DeviceLine } from '../../src/fleet/device-line.ts'
import { BatchPlayer } from '../../src/fleet/play-batches.ts'
import type { GeneratorUse } from '../../src/fleet/segment.ts'
import { listen } from '../../src/ports/listen.ts'
import { derivedKeys } from '../../src/ports/rsa-keys.ts'
import { loadTenantFile } from '../../src/scenario/library.ts'
import { goodPlan } from './plans.ts'

const answer = (status: number, retryAfter?: string): HttpResponse => ({
  status,
  headers: retryAfter === undefined ? {} : { 'retry-after': retryAfter },
  body: new Uint8Array(),
})

describe('a brake', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] }))
  afterEach(() => void vi.useRealTimers())

  test.each([
    [429, '7', 7_000],
    [503, '7', 7_000],
    [503, undefined, 1_000],
    [429, '0', 0],
    [503, '86400', 60_000],
    // A date would need the clock of the service.
    [429, 'Wed, 21 Oct 2026 07:28:00 GMT', 1_000],
    [429, '-5', 1_000],
    [500, '7', 0],
    [200, '7', 0],
  ])('an answer %d with Retry-After %s holds back for %d ms', (status, retryAfter, ms) => {
    const brake = new Brake()
    brake.hear(answer(status, retryAfter))
    expect([brake.leftMs, brake.times]).toEqual([ms, status === 429 || status === 503 ? 1 : 0])
  })

  test('who waits goes when the time is over, also when it has grown meanwhile, and at once when all is stopped', async () => {
    const brake = new Brake()
    brake.hear(answer(429, '2'))
    let gone = false
    const waiting = brake.wait(new AbortController().signal).then(() => {
      gone = true
    })
    await vi.advanceTimersByTimeAsync(1_500)
    brake.hear(answer(429, '3'))
    await vi.advanceTimersByTimeAsync(2_900)
    expect(gone).toBe(false)
    await vi.advanceTimersByTimeAsync(200)
    expect(gone).toBe(true)
    await waiting
    brake.hear(answer(429, '60'))
    const stop = new AbortController()
    const stopped = brake.wait(stop.signal)
    stop.abort()
    await stopped
  })

  test('others hear of a pause that begins or grows, and not of each answer', () => {
    const heard: number[] = []
    const brake = new Brake((ms) => heard.push(ms))
    for (const retryAfter of ['5', '5', '2', '9']) brake.hear(answer(503, retryAfter))
    expect([heard, brake.times]).toEqual([[5_000, 9_000], 4])
  })
})

/** `oobe serve` in this process, which answers the first lookup with a 503. */
async function busyOnce(retryAfter: string): Promise<Target> {
  const ca = createDevelopmentCa(Date.now())
  let served: ReturnType<typeof serveTenant> | undefined
  let isBusy = true
  const listening = await listen(
    (request, peer) => {
      if (isBusy && new URL(request.url).pathname === '/profiles/lookup') {
        isBusy = false
        return answer(503, retryAfter)
      }
      return served!.handle(request, peer)
    },
    { port: 0, tls: createServerCertificate(ca, Date.now()) },
  )
  onTestFinished(listening.close)
  const { origin } = listening
  const definition = loadTenantFile('contoso-school')
  const beginning = { definition, startedAt: Date.now(), seed: 1, ca, origin }
  served = serveTenant({ beginning, state: undefined, requests: [] }, undefined, Date.now)
  return { title: origin, endpoints: endpointsAt(origin), hosts: [], trust: [ca.certificate] }
}

test('a service that asks for a pause gets no further device in that time; the result says how often', async () => {
  const target = await busyOnce('1')
  const plan = goodPlan(['count: 12', 'count: 2'], ['batch: 3', 'batch: 2'], ['atOnce: 2', 'atOnce: 1'])
  const paused: number[] = []
  const player = new BatchPlayer(plan, target, derivedKeys, (ms) => paused.push(ms))
  const lines: DeviceLine[] = []
  let use: GeneratorUse | undefined
  await player.play(batchesOf(2, 2), {
    open: () => ({
      attempt: 1,
      write: (line) => void lines.push(line),
      end: (used) => {
        use = used
      },
      close() {},
    }),
    sinceStart: 0,
    abreast: 1,
    stop: new AbortController().signal,
  })
  const [first, second] = lines
  expect([paused, use?.braked, first!.statuses['503'], second!.statuses['503']]).toEqual([[1_000], 1, 1, undefined])
  // The pause began while the first device was under way.
  const heldMs = second!.startedMs - first!.startedMs
  expect(heldMs).toBeGreaterThanOrEqual(1_000)
})
