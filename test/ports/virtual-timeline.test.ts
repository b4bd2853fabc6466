import { expect, test } from 'vitest'
import { AdjustablePace } from '../../src/ports/pace.ts'
import { seededChance } from '../../src/ports/seeded-chance.ts'
import { inOrder, seededChoices } from '../../src/ports/seeded-choices.ts'
import { VirtualTimeline } from '../../src/ports/virtual-timeline.ts'

const timelineOf = (seed = 1) => {
  const chance = seededChance(seed, 'timing')
  return new VirtualTimeline(seededChoices(chance))
}

const run = (timeline: VirtualTimeline, done = () => false) => timeline.run({ done })

test('fires entries in the order of their time, whatever the order they came in', async () => {
  const timeline = timelineOf()
  const fired: [string, number][] = []
  for (const [name, delay] of [
    ['late', 3_600_000],
    ['early', 5],
    ['middle', 60_000],
  ] as const) {
    timeline.schedule(delay, () => fired.push([name, timeline.now]))
  }
  expect(await run(timeline)).toBe('stuck')
  expect(fired).toEqual([
    ['early', 5],
    ['middle', 60_000],
    ['late', 3_600_000],
  ])
})

test('a cancelled entry does not fire', async () => {
  const timeline = timelineOf()
  const fired: string[] = []
  const doomed = timeline.schedule(10, () => fired.push('doomed'))
  timeline.schedule(5, () => doomed.cancel())
  timeline.schedule(20, () => fired.push('kept'))
  await run(timeline)
  expect(fired).toEqual(['kept'])
})

test('the seed picks the order of one moment, and the same seed picks the same', async () => {
  const orderOf = async (seed: number) => {
    const timeline = timelineOf(seed)
    const fired: number[] = []
    for (let n = 0; n < 12; n++) timeline.schedule(7, () => fired.push(n))
    await run(timeline)
    return fired.join(' ')
  }
  const orders = await Promise.all([1, 2, 3, 4, 5, 6].map(orderOf))
  expect(new Set(orders).size).toBeGreaterThan(3)
  expect(await orderOf(3)).toBe(orders[2])
})

test('time stops while an activity does real work', async () => {
  const timeline = timelineOf()
  const seen: [string, number][] = []
  timeline.schedule(0, () => {
    void timeline.activity(async () => {
      await new Promise((resolve) => setTimeout(resolve, 20))
      seen.push(['worked', timeline.now])
      await timeline.sleep(100)
      seen.push(['slept', timeline.now])
    })
  })
  timeline.schedule(50, () => seen.push(['timer', timeline.now]))
  await run(timeline)
  expect(seen).toEqual([
    ['worked', 0],
    ['timer', 50],
    ['slept', 100],
  ])
})

test('at most one activity executes at a time', async () => {
  const timeline = timelineOf()
  let executing = 0
  let most = 0
  const work = async () => {
    for (let step = 0; step < 5; step++) {
      executing++
      most = Math.max(most, executing)
      await new Promise(setImmediate)
      executing--
      await timeline.sleep(10)
    }
  }
  timeline.schedule(0, () => {
    for (let n = 0; n < 8; n++) void timeline.activity(work)
  })
  await run(timeline)
  expect(most).toBe(1)
})

test('an aborted sleep rejects with the reason, and time continues', async () => {
  const timeline = timelineOf()
  const abort = new AbortController()
  let reason: unknown
  timeline.schedule(0, () => {
    void timeline
      .activity(() => timeline.sleep(1_000_000, abort.signal))
      .catch((error: unknown) => {
        reason = error
      })
  })
  timeline.schedule(30, () => abort.abort('left the state'))
  timeline.schedule(60, () => {})
  expect(await run(timeline)).toBe('stuck')
  expect(reason).toBe('left the state')
  expect(timeline.now).toBe(60)
})

test('work whose signal came before its turn never begins, and is no turn', async () => {
  const timeline = timelineOf()
  const abort = new AbortController()
  const seen: string[] = []
  timeline.schedule(0, () => {
    const settled = timeline.activity(async () => void seen.push('began'), abort.signal)
    void settled.finally(() => seen.push('settled'))
    abort.abort('left')
  })
  timeline.schedule(5, () => seen.push('later'))
  expect(await run(timeline)).toBe('stuck')
  expect(seen).toEqual(['later'])
  expect(timeline.steps).toBe(2)
})

test('work that fails ends its turn', async () => {
  const timeline = timelineOf()
  const seen: unknown[] = []
  timeline.schedule(0, () => {
    const work = () => Promise.reject(new Error('not there'))
    void timeline.activity(work).catch((error: Error) => seen.push(error.message))
  })
  timeline.schedule(5, () => seen.push(timeline.now))
  expect(await run(timeline)).toBe('stuck')
  expect(seen).toEqual(['not there', 5])
})

test('one signal ends each sleep that is under way, and none that is over', async () => {
  const timeline = timelineOf()
  const abort = new AbortController()
  const seen: string[] = []
  const sleep = async (name: string, ms: number) => {
    await timeline.sleep(ms, abort.signal).then(
      () => seen.push(`${name} slept`),
      (reason: unknown) => seen.push(`${name} ${reason}`),
    )
    await timeline.sleep(1).then(() => seen.push(`${name} at ${timeline.now}`))
  }
  timeline.schedule(0, () => {
    void timeline.activity(() => sleep('short', 10))
    void timeline.activity(() => sleep('long', 1_000))
    void timeline.activity(() => sleep('longer', 2_000))
  })
  timeline.schedule(30, () => abort.abort('left'))
  expect(await run(timeline)).toBe('stuck')
  expect(seen.slice(0, 2)).toEqual(['short slept', 'short at 11'])
  // The seed picks which of the two began first.
  expect(seen.slice(2, 4).sort()).toEqual(['long left', 'longer left'])
  expect(seen.slice(4).sort()).toEqual(['long at 31', 'longer at 31'])
})

test('a run that never waits lets the loop of the process in', async () => {
  const timeline = timelineOf()
  let left = 50_000
  const next = () => {
    if (--left > 0) timeline.schedule(1, next)
  }
  timeline.schedule(1, next)
  let leftWhenSeen = 0
  setTimeout(() => {
    leftWhenSeen = left
  }, 1)
  await run(timeline)
  expect(leftWhenSeen).toBeGreaterThan(0)
})

test('a failure ends the run with its error', async () => {
  const timeline = timelineOf()
  timeline.schedule(5, () => timeline.fail(new Error('a bug of ours')))
  timeline.schedule(9, () => {})
  await expect(run(timeline)).rejects.toThrow('a bug of ours')
})

test('an empty queue is stuck, and so is one whose next entry comes too late to matter', async () => {
  expect(await run(timelineOf())).toBe('stuck')
  const timeline = timelineOf()
  timeline.schedule(10_000, () => {})
  expect(await timeline.run({ done: () => false, isStalled: (at) => at > 5_000 })).toBe('stuck')
  expect(timeline.now).toBe(0)
})

test('done is asked before the next entry fires', async () => {
  const timeline = timelineOf()
  let fired = 0
  for (let n = 1; n <= 5; n++) timeline.schedule(n, () => fired++)
  expect(await run(timeline, () => fired === 2)).toBe('done')
  expect(fired).toBe(2)
})

test('scaled time keeps step with the wall clock, and instant time does not wait for it', async () => {
  const scaled = new VirtualTimeline(inOrder, new AdjustablePace(100))
  scaled.schedule(5_000, () => {})
  const before = performance.now()
  await run(scaled)
  const scaledMs = performance.now() - before
  // A timer may fire a little early; an instant run takes no time at all.
  expect(scaledMs).toBeGreaterThan(40)

  const instant = timelineOf()
  instant.schedule(1_000 * 3_600_000, () => {})
  await run(instant)
  expect(instant.now).toBe(1_000 * 3_600_000)
})

test('while a page waits for a person, time runs at their pace, whatever the speed', () => {
  let isWaiting = false
  const pace = new AdjustablePace(Number.POSITIVE_INFINITY, () => isWaiting)
  expect(pace.speed()).toBe(Number.POSITIVE_INFINITY)
  isWaiting = true
  expect(pace.speed()).toBe(1)
  pace.set(0)
  expect(pace.speed()).toBe(0)
  isWaiting = false
  pace.set(60)
  expect(pace.speed()).toBe(60)
})

test('input wakes a run that waits for a person, and a pause holds it', async () => {
  const pace = new AdjustablePace(0)
  const timeline = new VirtualTimeline(inOrder, pace)
  const fired: string[] = []
  timeline.schedule(1_000, () => fired.push('timer'))
  const running = timeline.run({ done: () => fired.length === 2, whenEmpty: () => 'wait' })
  await new Promise((resolve) => setTimeout(resolve, 20))
  expect(fired).toEqual([])
  timeline.input(() => fired.push('key'))
  pace.set(Number.POSITIVE_INFINITY)
  expect(await running).toBe('done')
  expect(fired).toEqual(['key', 'timer'])
})

test('an alarm rings at its moment, and is no step of the run', async () => {
  const played = async (withAlarm: boolean) => {
    const timeline = timelineOf()
    const fired: [string, number, number][] = []
    const note = (name: string) => fired.push([name, timeline.now, timeline.steps])
    for (const at of [10, 30, 30]) timeline.schedule(at, () => note(`entry ${at}`))
    if (withAlarm) {
      timeline.alarm(20, () => note('alarm'))
      timeline.alarm(25, () => note('taken back'))()
      timeline.alarm(45, () => note('last'))
    }
    expect(timeline.isIdle).toBe(false)
    await run(timeline)
    return fired
  }
  expect(await played(true)).toEqual([
    ['entry 10', 10, 1],
    ['alarm', 20, 1],
    ['entry 30', 30, 2],
    ['entry 30', 30, 3],
    ['last', 45, 3],
  ])
  expect((await played(true)).filter(([name]) => name.startsWith('entry'))).toEqual(await played(false))
})
