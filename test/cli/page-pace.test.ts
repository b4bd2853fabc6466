import { expect, test } from 'vitest'
import { PagePace } from '../../src/cli/page-pace.ts'
import type { JournalEntry } from '../../src/domain/journal.ts'
import type { PageId } from '../../src/domain/pages.ts'
import { AdjustablePace } from '../../src/ports/pace.ts'
import { elapsed, every } from '../../src/ports/stopwatch.ts'
import { prepareSealed } from '../../src/scenario/run-scenario.ts'
import { leastTimeOf } from '../../src/ui/page-times.ts'
import { sealedScenario } from '../run/recorded.ts'

/** Real time that a test moves on. */
class Hands {
  now = 0
  readonly timers = new Set<{ ms: number; next: number; run: () => void }>()

  elapsed = () => {
    const start = this.now
    return () => this.now - start
  }

  every = (ms: number, run: () => void) => {
    const timer = { ms, next: this.now + ms, run }
    this.timers.add(timer)
    return () => void this.timers.delete(timer)
  }

  pass(ms: number): void {
    const end = this.now + ms
    for (;;) {
      const timer = [...this.timers].sort((a, b) => a.next - b.next)[0]
      if (!timer || timer.next > end) break
      this.now = timer.next
      timer.next += timer.ms
      timer.run()
    }
    this.now = end
  }
}

const shown = (page: PageId, rest: { step?: string; isWaiting?: true } = {}): JournalEntry =>
  ({
    kind: 'screen',
    at: 0,
    seq: 0,
    screen: { page, ...(rest.step ? { step: rest.step } : {}) },
    ...(rest.isWaiting ? { isWaiting: true } : {}),
  }) as JournalEntry

function start(speed: number, { speedsUp = false, isWaiting = false } = {}) {
  const hands = new Hands()
  const pace = new PagePace(speed, hands, { speedsUp, isWaiting: () => isWaiting })
  let changes = 0
  pace.subscribe(() => changes++)
  return { hands, pace, changes: () => changes }
}

test('a page is held for its least time, and the timeline hears when it is over', () => {
  const { hands, pace, changes } = start(60)
  pace.take(shown('welcome', { step: 'greeting' }))
  expect(pace.speed()).toBe(0)
  hands.pass(leastTimeOf({ page: 'welcome', step: 'greeting' }) - 50)
  expect([pace.speed(), changes()]).toEqual([0, 0])
  hands.pass(150)
  expect([pace.speed(), changes()]).toEqual([60, 1])
  hands.pass(60_000)
  expect([pace.speed(), changes(), hands.timers.size]).toEqual([60, 1, 0])
})

test('the same page drawn again is not held again, the next one is', () => {
  const { hands, pace } = start(60)
  pace.take(shown('enrollmentStatus'))
  hands.pass(5_000)
  pace.take(shown('enrollmentStatus'))
  expect(pace.speed()).toBe(60)
  pace.take(shown('qualityUpdates'))
  expect(pace.speed()).toBe(0)
})

test('a page that asks leaves at once when it is answered', () => {
  const { pace, hands } = start(60)
  pace.take(shown('region', { isWaiting: true }))
  expect([pace.speed(), hands.timers.size]).toEqual([60, 0])
})

test.each([1, Number.POSITIVE_INFINITY, 0.5, 0])('nothing is held or sped up at %d', (speed) => {
  const { pace, hands } = start(speed, { speedsUp: true })
  pace.take(shown('enrollmentStatus'))
  expect(pace.speed()).toBe(speed)
  hands.pass(60_000)
  expect([pace.speed(), pace.rate]).toEqual([speed, speed])
})

test('the dark screen of a restart is seen', () => {
  const { pace, hands } = start(60)
  pace.take({ kind: 'power', event: 'restart', at: 0, seq: 0, boot: 1 } as JournalEntry)
  expect(pace.speed()).toBe(0)
  hands.pass(1_000)
  expect(pace.speed()).toBe(60)
})

test('long work becomes faster and faster, and half an hour of it takes seconds', () => {
  const { pace, hands } = start(60, { speedsUp: true })
  pace.take(shown('qualityUpdates', { step: 'installing' }))
  let deviceMs = 0
  let before = 0
  while (deviceMs < 30 * 60_000) {
    deviceMs += pace.speed() * 100
    hands.pass(100)
    expect(pace.speed()).toBeGreaterThanOrEqual(before)
    before = pace.speed()
  }
  expect(hands.now).toBeLessThan(12_000)
  hands.pass(60_000)
  expect([pace.speed(), pace.rate, hands.timers.size]).toEqual([960, 960, 0])
  pace.take(shown('welcome'))
  expect(pace.rate).toBe(60)
})

test('a speed that a person asked for is what it says', () => {
  const { pace, hands } = start(60)
  pace.take(shown('qualityUpdates', { step: 'installing' }))
  hands.pass(60_000)
  expect(pace.speed()).toBe(60)
})

test('a page that waits has the time of the person', () => {
  const { pace } = start(60, { isWaiting: true, speedsUp: true })
  pace.take(shown('region', { isWaiting: true }))
  expect([pace.speed(), pace.rate]).toEqual([1, 60])
})

test('a run has the same journal at this pace as at once', async () => {
  const play = async (paceOf: () => AdjustablePace) => {
    const pace = paceOf()
    const { run, release } = await prepareSealed(sealedScenario('surface-wifi-happy-path'), {
      transport: 'direct',
      pace,
    })
    if (pace instanceof PagePace) run.journal.onEntry((entry) => pace.take(entry))
    await run.play()
    release()
    if (pace instanceof PagePace) pace.release()
    return run.journal.entries.map((entry) => JSON.stringify(entry))
  }
  // A hundred times as fast as a person sees it.
  const hurried = {
    elapsed: () => {
      const ms = elapsed()
      return () => ms() * 100
    },
    every: (ms: number, fire: () => void) => every(ms / 100, fire),
  }
  const paced = await play(() => new PagePace(100_000, hurried, { speedsUp: true, isWaiting: () => false }))
  expect(paced).toEqual(await play(() => new AdjustablePace(Number.POSITIVE_INFINITY)))
})
