import { afterEach, describe, expect, test } from 'vitest'
import { allCharts } from '../../src/charts/charts.ts'
import { edgesBy, edgesOf } from '../../src/coverage/edges.ts'
import { mutantName } from '../../src/explore/mutate/mutant-names.ts'
import { planMutants, sampleOf, scoreOf } from '../../src/explore/mutate/mutation.ts'
import { limitsWith, playCovered, playMutant } from '../../src/explore/mutate/play-mutant.ts'
import { playWalk } from '../../src/explore/walk/play-walk.ts'
import { shrunk } from '../../src/explore/walk/shrink.ts'
import { allMutants, type Mutant } from '../../src/run/mutation/mutants.ts'
import { mutate } from '../../src/run/mutation/mutate.ts'
import { prepareRun } from '../../src/scenario/run-scenario.ts'
import { loadScenarios } from '../../src/scenario/scenario.ts'

const edgeOf = edgesBy(allCharts())
const name = (mutant: Mutant): string => mutantName(mutant, (machine, edge) => edgeOf(machine, edge)!.way)
const all = allMutants()
const byName = (wanted: string): Mutant => {
  const found = all.find((one) => name(one) === wanted)
  if (!found) throw new Error(`there is no mutant ${wanted}`)
  return found
}
const cased = (scenario: string) => {
  const { path, id } = loadScenarios(scenario)[0]!
  return { path, id, usage: { entries: 5_000, requests: 500, durationMs: 86_400_000 } }
}
const HAPPY = cased('surface-wifi-happy-path')

let undo: (() => void) | undefined
afterEach(() => {
  undo?.()
  undo = undefined
})

describe('the mutants', () => {
  test('each transition can be dropped, and each name is one mutant', () => {
    const edges = allCharts().flatMap(edgesOf)
    expect(all.filter(({ kind }) => kind === 'drop')).toHaveLength(edges.length)
    expect(all.filter(({ kind }) => kind === 'negate')).toHaveLength(edges.filter(({ guard }) => guard).length)
    expect(new Set(all.map(name)).size).toBe(all.length)
    expect(new Set(all.map(({ kind }) => kind))).toEqual(
      new Set(['drop', 'retarget', 'negate', 'action', 'entry', 'exit', 'stretch']),
    )
  })

  test('one that no statechart has is an error, and changes nothing', async () => {
    expect(() => mutate({ kind: 'drop', machine: 'network', edge: 9_999 })).toThrow('no transition 9999')
    expect(() => mutate({ kind: 'drop', machine: 'nothing', edge: 0 })).toThrow('no statechart nothing')
    expect((await playCovered(HAPPY)).failures).toEqual([])
  })
})

describe('a mutant of each kind', () => {
  // With a scenario that has to notice it.
  test.each<[string, string]>([
    ['drop network.connecting: done(connect) [isConnected] → connected', 'surface-wifi-happy-path'],
    ['retarget region.choosing: user.accept [isOffered] → chosen to doesNotApply', 'surface-wifi-happy-path'],
    ['negate the guard of enrollmentStatus.failing: always [endsAtFailure] → gaveUp', 'win32-app-fails'],
    ['without noteFailure (1) of enrollmentStatus.running.settingUp: done(deviceSetup) → failing', 'win32-app-fails'],
  ])('%s is noticed', async (wanted, scenario) => {
    const result = await playMutant({ mutant: byName(wanted), cases: [cased(scenario)] })
    expect(result).toMatchObject({ killedBy: scenario, runs: 1, why: expect.any(String) })
    // The chart is what it was.
    expect((await playCovered(cased(scenario))).failures).toEqual([])
  })

  test('a delay takes ten times as long', async () => {
    const before = await playCovered(HAPPY)
    const lookedAt = async (): Promise<number> => {
      const { run, release } = await prepareRun(loadScenarios(HAPPY.path)[0]!, { seed: 1, transport: 'direct' })
      const { journal } = await run.play().finally(release)
      const times = journal.flatMap((one) =>
        one.kind === 'transition' && /noticingPolicy|readingPolicy/.test(one.to ?? '') ? [one.at] : [],
      )
      return times[1]! - times[0]!
    }
    const usual = await lookedAt()
    undo = mutate(byName('nextLook takes 10 times as long in enrollmentStatus.noticingPolicy'))
    expect(await lookedAt()).toBe(10 * usual)
    undo()
    undo = undefined
    expect(await playCovered(HAPPY)).toEqual(before)
  })

  test('a loop of steps that wait for nothing ends, and kills the mutant', async () => {
    const first = byName('drop enrollmentStatus.deciding: always → awaitingPolicy') as { edge: number }
    const last = byName('drop enrollmentStatus.failing: always → failed') as { edge: number }
    const retarget = ({ edge }: { edge: number }, to: string): Mutant => ({
      ...{ kind: 'retarget', machine: 'enrollmentStatus', edge, to },
    })
    undo = mutate(retarget(first, 'failing'))
    const cases = [cased('esp-timeout-continue-anyway')]
    expect((await playMutant({ mutant: retarget(last, 'deciding'), cases })).why).toMatch(/Infinite loop detected/)
  })
})

describe('a survivor', () => {
  test('is one that all scenarios of its place have passed', async () => {
    const mutant = byName('without noteSecurity (1) of network.connecting: done(connect) [isConnected] → connected')
    expect(await playMutant({ mutant, cases: [HAPPY] })).toEqual({ mutant, runs: 1 })
  })
})

describe('a golden file', () => {
  const late = byName('nextLook takes 10 times as long in enrollmentStatus.noticingPolicy')

  test('notices what is not expected, and is seen', { timeout: 60_000 }, async () => {
    const covered = await playCovered(HAPPY)
    const played = (isGolden: boolean) => playMutant(planMutants([late], [covered], { isGolden }).jobs[0]!)
    expect(await played(false)).toEqual({ mutant: late, runs: 1 })
    expect(await played(true)).toMatchObject({ killedBy: HAPPY.id, why: 'not the same is seen: screens, log' })
  })

  test('notices nothing where a run is the same', async () => {
    const covered = await playCovered(HAPPY)
    expect(await playCovered(HAPPY)).toEqual(covered)
  })
})

describe('the plan', () => {
  const drop = (edge: number): Mutant => ({ kind: 'drop', machine: 'm', edge })
  const entry = (state: string, leaving: number[]): Mutant => ({
    ...{ kind: 'entry', machine: 'm', state, index: 0, name: 'x' },
    leaving,
  })
  const usage = { entries: 900, requests: 9, durationMs: 60_000 }
  const one = {
    ...{ path: 'a', id: 'a', covers: ['edge m 1', 'state m.s'], failures: [] },
    ...{ usage, expects: 2, end: 'desktop' },
  }
  const other = (id: string, changes: object) => ({ ...one, path: id, id, ...changes })
  const shorter = other('b', { usage: { ...usage, entries: 300 } })
  const failing = other('c', { usage: { ...usage, entries: 1 }, failures: ['x'] })

  test('has the scenarios that come there, the shortest first, and no failing one', () => {
    const { jobs, notReached } = planMutants([drop(1), drop(2)], [one, shorter, failing])
    expect(jobs.map(({ cases }) => cases.map(({ id }) => id))).toEqual([['b', 'a']])
    expect(notReached).toEqual([drop(2)])
  })

  test('has one of each end first, and those that expect more before others of their length', () => {
    const more = other('d', { expects: 9 })
    const elsewhere = other('e', { end: 'stuck', usage: { ...usage, entries: 5_000 } })
    const [job] = planMutants([drop(1)], [one, shorter, more, elsewhere]).jobs
    expect(job!.cases.map(({ id }) => id)).toEqual(['d', 'e', 'b', 'a'])
    expect(
      planMutants([drop(1)], [one, shorter, more, elsewhere], { most: 2 }).jobs[0]!.cases.map(({ id }) => id),
    ).toEqual(['d', 'e'])
  })

  test('comes to a guard also where it does not hold, and another transition is taken', () => {
    const negate: Mutant = { kind: 'negate', machine: 'm', edge: 2, otherwise: [1] }
    expect(planMutants([negate, { ...negate, otherwise: [3] }], [one])).toMatchObject({
      jobs: [{ mutant: negate }],
      notReached: [{ otherwise: [3] }],
    })
  })

  test('has those first that wait until a delay is over', () => {
    const waits = other('w', { usage: { ...usage, entries: 5_000 }, covers: ['edge m 7', 'state m.s'] })
    const stretch: Mutant = {
      ...{ kind: 'stretch', machine: 'm', state: 's', index: 0, name: 'x' },
      ...{ leaving: [7], over: [7] },
    }
    expect(planMutants([stretch], [one, waits]).jobs[0]!.cases.map(({ id }) => id)).toEqual(['w', 'a'])
    const real = byName('sessionLifetime takes 10 times as long in signIn.enteringPassword')
    const over = (real as Extract<Mutant, { kind: 'stretch' }>).over.map((edge) => edgeOf('signIn', edge)!.way)
    expect(over).toEqual(['signIn.enteringPassword: after(sessionLifetime) → enteringEmail'])
  })

  test('a guard knows the other transitions of its event', () => {
    const negate = byName('negate the guard of network.connecting: done(connect) [isConnected] → connected')
    const others = (negate as Extract<Mutant, { kind: 'negate' }>).otherwise.map((edge) => edgeOf('network', edge)!.way)
    expect(others.length).toBeGreaterThan(0)
    for (const way of others) expect(way).toMatch(/^network\.connecting: done\(connect\)/)
  })

  test('comes to a state also where it is left at once', () => {
    const { jobs, notReached } = planMutants([entry('s', []), entry('t', [1]), entry('u', [2])], [one])
    expect([jobs.length, notReached.length]).toEqual([2, 1])
  })

  test('a run may take some times as long, with a longer delay as many times more, and no more than its scenario says', () => {
    const limits = { starts: 5, entries: 3_000, journalBytes: 1, requests: 5_000, deviceTimeMs: 1e12 }
    const stretch: Mutant = {
      ...{ kind: 'stretch', machine: 'm', state: 's', index: 0, name: 'x' },
      ...{ leaving: [], over: [] },
    }
    expect(limitsWith(drop(1), usage, limits)).toEqual({
      ...limits,
      ...{ entries: 3_000, requests: 127, deviceTimeMs: 3_780_000 },
    })
    expect(limitsWith(stretch, usage, limits).deviceTimeMs).toBe(4_200_000)
  })

  test('a sample is that of its numbers, in their order, and what is left out of it changes nothing', () => {
    const drawn = (value: number) => (value * 7) % 11
    expect(sampleOf([1, 2, 3, 4, 5, 6, 7, 8], 3, drawn)).toEqual([8, 5, 2])
    expect(sampleOf([1, 3, 4, 5, 6, 7, 8], 3, drawn)).toEqual([8, 5, 7].toSorted((a, b) => drawn(a) - drawn(b)))
    expect(sampleOf([1, 2], 5, drawn)).toEqual([2, 1])
  })

  test('the score counts what scenarios come to', () => {
    const result = { mutant: drop(1), runs: 1 }
    expect(scoreOf({ killed: [result, result, result], survived: [result] })).toBe(75)
    expect(scoreOf({ killed: [], survived: [] })).toBeUndefined()
  })
})

test('an exploration finds a chart that was broken, and says what is left of it', async () => {
  undo = mutate(byName('drop enrollment.requestingCertificate: done(requestSecurityToken) → applyingProvisioning'))
  const choice = {
    device: 'surface-laptop-se',
    tenant: 'contoso-school',
    network: 'school-wifi',
    profile: 'assigned',
    fault: 'none',
  }
  const job = { choice, moves: [{ kind: 'happening', which: 8, draw: 3 }], seed: 1 } as const
  const found = await playWalk(job)
  expect(found.finding?.kind).toBe('stuck')
  const { words } = await shrunk(found, {}, playWalk)
  // What was no part of it is gone: the push, the answers to pages that did not come.
  expect(Object.keys(words)).toEqual(['title', 'device', 'tenant', 'network', 'person', 'seed', 'expect'])
  expect(words.person).toBe('alice')
  expect(await playWalk({ ...job, words })).toMatchObject({ finding: found.finding })
})
