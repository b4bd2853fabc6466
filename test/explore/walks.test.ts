import { describe, expect, test } from 'vitest'
import { exploreWalks, type WalksOptions } from '../../src/explore/walk/explore-walks.ts'
import {
  allFactors,
  type Choice,
  FACTOR_NAMES,
  type Factors,
  scenarioOfChoice,
} from '../../src/explore/walk/factors.ts'
import { bugOf, findingOf } from '../../src/explore/walk/oracle.ts'
import { pairRows, pairsCount, pairsIn } from '../../src/explore/walk/pairs.ts'
import { playWalk, type WalkJob, type WalkResult } from '../../src/explore/walk/play-walk.ts'
import { shrunk, smallerOnes } from '../../src/explore/walk/shrink.ts'
import { pairWalks, randomWalks, shortestWalks } from '../../src/explore/walk/strategies.ts'
import { scenarioOfWords } from '../../src/explore/walk/written.ts'
import { seededChance } from '../../src/ports/seeded-chance.ts'
import { prepareRun } from '../../src/scenario/run-scenario.ts'
import { loadScenarios } from '../../src/scenario/scenario.ts'

const drawing = (seed: number) => {
  const chance = seededChance(seed, 'exploration')
  return (below: number): number => chance.integer(below)
}
const factors: Factors = {
  device: ['a', 'b', 'c', 'd'],
  tenant: ['s', 't'],
  network: ['w', 'x', 'y'],
  profile: ['p', 'q'],
  fault: ['none', 'f', 'g', 'h', 'i'],
}
const choice: Choice = {
  device: 'surface-laptop-se',
  tenant: 'contoso-school',
  network: 'school-wifi',
  profile: 'assigned',
  fault: 'none',
}

describe('all pairs', () => {
  const rows = [...pairRows(factors, drawing(1))]

  test('each pair comes, in few more rows than the two longest lists need', () => {
    const covered = new Set(rows.flatMap(pairsIn))
    expect(covered.size).toBe(pairsCount(factors))
    expect(rows.length).toBeGreaterThanOrEqual(20)
    expect(rows.length).toBeLessThanOrEqual(24)
  })

  test('the rows of a seed are always the same, and those of another seed are others', () => {
    expect([...pairRows(factors, drawing(1))]).toEqual(rows)
    expect([...pairRows(factors, drawing(2))]).not.toEqual(rows)
  })

  test('a single value of each is one row', () => {
    const one = Object.fromEntries(FACTOR_NAMES.map((name) => [name, ['x']])) as unknown as Factors
    expect([...pairRows(one, drawing(1))]).toHaveLength(1)
  })
})

describe('what a walk is judged by', () => {
  const quiet = { mayHang: false, hasFault: false }
  const result = (outcome: object, journal: object[] = [], effective: string[] = []) =>
    ({ outcome, journal, effective: new Set(effective) }) as never
  const stuck = { kind: 'stuck', state: 'enrollment.asking', waitingFor: 'x', since: 1 }
  const failed = { kind: 'failed', page: 'enrollment', code: '0x1', text: 'x' }
  const managed = { kind: 'desktop', account: 'standard', managed: true, autopilot: true }

  test('a device that waits for ever is a finding, where nothing of the walk does that', () => {
    expect(findingOf(result(stuck), quiet)).toMatchObject({ kind: 'stuck', signature: 'stuck enrollment.asking' })
    expect(findingOf(result(stuck), { ...quiet, mayHang: true })).toBeUndefined()
  })

  test('a failure is one, where no fault, event or fact is behind it', () => {
    expect(findingOf(result(failed), quiet)).toMatchObject({ kind: 'failedWithoutCause' })
    expect(findingOf(result(failed), { ...quiet, hasFault: true })).toBeUndefined()
    expect(findingOf(result(failed, [], ['events.0']), quiet)).toBeUndefined()
  })

  test('so is a managed device without a session', () => {
    expect(findingOf(result(managed), quiet)).toMatchObject({ kind: 'noEvidence' })
    expect(findingOf(result(managed, [{ kind: 'session', result: 'held' }]), quiet)).toBeUndefined()
  })

  test('two bugs with other numbers and names are one', () => {
    expect(bugOf(new Error('app "a" came 3 times')).signature).toBe(bugOf(new Error('app "b" came 4 times')).signature)
  })
})

describe('a walk', () => {
  test('of a choice alone ends at the desktop, and says what it has covered', async () => {
    const { end, covers, finding } = await playWalk({ choice, moves: [], seed: 1 })
    expect([end, finding]).toEqual(['desktop', undefined])
    expect(covers).toEqual(expect.arrayContaining(['state network.choosing', expect.stringMatching(/^edge oobe \d+$/)]))
  })

  test('has its fault where it can bite, its press and its event', async () => {
    const moves = [
      { kind: 'fault', name: 'internet-away-for-two-minutes', draw: 3 },
      { kind: 'press', draw: 1 },
      { kind: 'happening', which: 8, draw: 5 },
    ] as const
    const { words, moves: texts } = await playWalk({ choice, moves, seed: 1 })
    expect(texts).toEqual([
      expect.stringMatching(/^fault internet-away-for-two-minutes, /),
      expect.stringMatching(/^press \w+ at \w+$/),
      expect.stringMatching(/^\{"push":true\} in /),
    ])
    expect(words?.events).toHaveLength(3)
    expect(scenarioOfWords(words!).events).toHaveLength(3)
  })

  test('says which fault has no place in it', async () => {
    const moves = [{ kind: 'fault', name: 'cable-pulled-for-two-minutes', draw: 0 }] as const
    expect(await playWalk({ choice, moves, seed: 1 })).toMatchObject({ end: 'desktop', absent: [0], moves: [] })
  })

  test('whose parts do not go together is refused', async () => {
    const job = { choice: { ...choice, device: 'nothing' }, moves: [], seed: 1 }
    expect(await playWalk(job)).toMatchObject({ end: 'refused', refusal: expect.stringContaining('"nothing"') })
  })

  test('plays the same as its file', async () => {
    const scenario = scenarioOfWords(scenarioOfChoice(choice, 1))
    const play = async (one: typeof scenario) => {
      const { run, release } = await prepareRun(one, { seed: 1, transport: 'direct' })
      const { outcome } = await run.play()
      release()
      return outcome
    }
    expect(await play(scenario)).toEqual(await play(loadScenarios('surface-wifi-happy-path')[0]!))
  })
})

describe('strategies', () => {
  const take = (strategy: ReturnType<typeof randomWalks>, count: number): WalkJob[] =>
    Array.from({ length: count }, () => strategy.next()!)

  test('random walks are those of their seed', () => {
    const [one, same, other] = [1, 1, 2].map((seed) => take(randomWalks(factors, seed, drawing(seed)), 20))
    expect(one).toEqual(same)
    expect(one!.map(({ moves }) => moves)).not.toEqual(other!.map(({ moves }) => moves))
  })

  test('the walks of all pairs have the fault of their row, and end', () => {
    const strategy = pairWalks(factors, 1, drawing(1))
    const jobs: WalkJob[] = []
    for (let job = strategy.next(); job; job = strategy.next()) jobs.push(job)
    expect(jobs.filter(({ choice: { fault }, moves }) => (fault === 'none') === moves.length > 0)).toEqual([])
    expect(strategy.next()).toBeUndefined()
  })

  test('the shortest paths take what is next to where a run came, and leave what was taken', () => {
    const target = { machine: 'm', targets: [] }
    const targets = [
      { ...target, from: 'near', event: 'user.press', number: 1 },
      { ...target, from: 'far', event: 'done(x)', number: 2 },
      { ...target, from: 'near', event: 'user.other', number: 3 },
    ]
    const one = { ...factors, tenant: ['s'], network: ['w'], profile: ['p'] }
    const strategy = shortestWalks(one, 1, targets)
    const base = strategy.next()!
    expect(base.moves).toEqual([])
    expect(strategy.next()).toBeUndefined()
    const facts = {
      end: 'desktop',
      moves: [],
      facts: { mayHang: false, hasFault: false },
      absent: [],
      length: 9,
    } as const
    strategy.hear({ job: base, ...facts, covers: ['state m.near', 'edge m 3'] })
    expect(strategy.next()!.moves).toEqual([{ kind: 'press', draw: 0, state: 'm.near', event: 'user.press' }])
    strategy.hear({ job: base, ...facts, covers: ['edge m 1'] })
    expect(strategy.next()).toBeUndefined()
  })
})

describe('making it smaller', () => {
  const words = {
    device: { use: 'b', with: { bios: 1 } },
    network: 'n',
    person: { use: 'alice', with: { region: 'US', hello: 'ok' } },
    clockSkew: '1h',
    events: [
      { when: { at: '1s' }, push: true, times: 2 },
      { when: { at: '2s' }, power: 'cut' },
    ],
  }
  const found = (finding = { kind: 'stuck', signature: 's', text: 't' } as const): WalkResult => ({
    job: { choice, moves: [], seed: 1 },
    end: 'stuck',
    words,
    moves: [],
    facts: { mayHang: false, hasFault: false },
    absent: [],
    covers: [],
    length: 1,
    finding,
  })

  test('leaves out all that is not needed, one by one', async () => {
    // It needs the second event and one fact of the device.
    const needs = ({ words: one }: WalkJob): boolean =>
      JSON.stringify(one).includes('"cut"') && JSON.stringify(one).includes('"bios"')
    const { words: smallest, steps } = await shrunk(found(), { device: 'a', network: 'usual' }, async (job) =>
      needs(job)
        ? { ...found(), words: job.words! }
        : { ...found(), finding: { ...found().finding!, signature: 'other' } },
    )
    expect(smallest).toEqual({
      device: { use: 'a', with: { bios: 1 } },
      network: 'usual',
      person: 'alice',
      events: [{ when: { at: '2s' }, power: 'cut' }],
    })
    expect(steps).toBe(6)
  })

  test('ends with what it has when it is stopped', async () => {
    expect(await shrunk(found(), {}, async () => undefined)).toEqual({ words, steps: 0, runs: 1 })
  })

  test('of a scenario with nothing to leave out there is no smaller one', () => {
    expect([...smallerOnes({ device: 'a', person: 'alice' }, { device: 'a' })]).toEqual([])
  })
})

describe('an exploration', () => {
  const options = (changes: Partial<WalksOptions>): WalksOptions => ({
    factors,
    strategy: randomWalks(factors, 1, drawing(1)),
    runs: 40,
    plateau: 1_000,
    isOver: () => false,
    isStopped: () => false,
    play: async (jobs) => jobs.map(played),
    usual: {},
    ...changes,
  })
  const played = (job: WalkJob): WalkResult => ({
    job,
    end: 'desktop',
    words: { device: job.choice.device },
    moves: [],
    facts: { mayHang: false, hasFault: false },
    absent: [],
    covers: ['state m.a', 'edge m 1'],
    length: 1,
  })

  test('plays what its budget allows, and says what was covered', async () => {
    const { runs, ended, ends, pairs, states, edges } = await exploreWalks(options({}))
    expect([runs, ended, ends]).toEqual([40, 'runs', { desktop: 40 }])
    expect([states.size, edges.size, pairs.size > 40]).toEqual([1, 1, true])
  })

  test('ends when no new transition comes, when the time is over, when it is stopped, and when nothing is left', async () => {
    expect(await exploreWalks(options({ plateau: 10 }))).toMatchObject({ ended: 'plateau', runs: 16 })
    expect(await exploreWalks(options({ isOver: () => true }))).toMatchObject({ ended: 'time', runs: 16 })
    expect(await exploreWalks(options({ isStopped: () => true, play: async () => [] }))).toMatchObject({
      ended: 'stopped',
      runs: 0,
    })
    const strategy = { next: () => undefined, hear() {} }
    expect(await exploreWalks(options({ strategy }))).toMatchObject({ ended: 'exhausted', runs: 0 })
  })

  test('makes each kind of finding smaller once, and counts how often it came', async () => {
    const finding = { kind: 'stuck', signature: 's', text: 't' } as const
    let smaller = 0
    const play = async (jobs: readonly WalkJob[]): Promise<WalkResult[]> =>
      jobs.map((job) => {
        if (job.words) smaller++
        return { ...played(job), words: job.words ?? { device: 'a', clockSkew: '1h' }, finding }
      })
    const { findings } = await exploreWalks(options({ runs: 20, play }))
    expect(findings).toHaveLength(1)
    expect(findings[0]).toMatchObject({ times: 20, words: { device: 'a' }, steps: 1 })
    expect(smaller).toBe(1)
  })

  test('the same seed and number of runs give the same result', async () => {
    const all = { ...allFactors(), device: ['surface-laptop-se', 'asus-br1100fka'], tenant: ['contoso-school'] }
    const explore = () =>
      exploreWalks(
        options({
          factors: all,
          strategy: randomWalks(all, 3, drawing(3)),
          runs: 8,
          play: async (jobs) => Promise.all(jobs.map(playWalk)),
        }),
      )
    const [one, other] = [await explore(), await explore()]
    expect(one.states.size).toBeGreaterThan(100)
    expect(other).toEqual(one)
  })
})
