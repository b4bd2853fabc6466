import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type OrderJob, type OrderResult, playOrder } from '../../src/explore/order.ts'
import { exploreRaces } from '../../src/explore/races.ts'
import { pinnedOrder } from '../../src/scenario/pinned-order.ts'
import { playSealed, runScenario } from '../../src/scenario/run-scenario.ts'
import { loadScenarios } from '../../src/scenario/scenario.ts'
import { specOf } from '../../src/scenario/spec-of.ts'

/** Two choices with two answers each; three parts of a run see nothing of the second. */
const played = (breaks: (order: readonly number[]) => boolean) => {
  const orders: string[] = []
  const play = async (jobs: readonly OrderJob[]): Promise<OrderResult[]> =>
    jobs.map((job) => {
      const picked = [0, 1, 2].map((choice) => job.order[choice] ?? 0)
      orders.push(picked.join(''))
      const choices = picked.map((one) => ({ of: ['a', 'b'], picked: one }))
      return { job, failures: breaks(picked) ? ['broken'] : [], choices, trace: `${picked[0]}${picked[2]}` }
    })
  return { orders, play }
}
const common = { scenario: 's', id: 's', seed: 1, draw: () => 0 }

describe('the search', () => {
  test('plays orders with one other answer before those with two, and follows what nothing can tell apart once', async () => {
    const { orders, play } = played(() => false)
    const races = await exploreRaces({ ...common, runs: 100, depth: 9, play })
    expect(orders).toEqual(['000', '100', '010', '001', '110', '101'])
    expect(races).toMatchObject({ runs: 6, traces: 4, isWhole: true, drawn: 0 })
  })

  test('ends at the smallest order that breaks', async () => {
    const { play } = played(([first, , third]) => first === 1 && third === 1)
    const { broken } = await exploreRaces({ ...common, runs: 100, depth: 9, play })
    expect(broken?.job.order).toEqual({ 0: 1, 2: 1 })
  })

  test('says when the usual order breaks already', async () => {
    const { orders, play } = played(() => true)
    const { broken, runs } = await exploreRaces({ ...common, runs: 100, depth: 9, play })
    expect([broken?.job.order, runs, orders]).toEqual([{}, 1, ['000']])
  })

  test('plays no more than it may, and draws when the depth is done', async () => {
    const { play } = played(() => false)
    expect(await exploreRaces({ ...common, runs: 3, depth: 9, play })).toMatchObject({ runs: 3, isWhole: false })
    const drawing = await exploreRaces({ ...common, runs: 20, depth: 1, play })
    expect(drawing).toMatchObject({ runs: 20, drawn: 16, wholeDepth: 1 })
  })
})

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'oobe-test-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

/** A scenario of the school that ends at the desktop, with these events. */
function write(name: string, events: string): string {
  const file = join(folder, `${name}.yaml`)
  const facts = 'device: surface-laptop-se\ntenant: contoso-school\nnetwork: school-wifi\nperson: alice'
  writeFileSync(file, `title: ${name}\n${facts}\nevents:\n${events}\nexpect: { outcome: desktop }\n`)
  return file
}

const explore = (scenario: string, runs = 60) =>
  exploreRaces({
    scenario,
    id: loadScenarios(scenario)[0]!.id,
    seed: 2,
    runs,
    depth: 1,
    draw: () => 0,
    play: (jobs) => Promise.all(jobs.map(playOrder)),
  })

const HOLD = `  - when: { at: 1s }
    server: { hold: user }
  - when: { request: "GET *apps?phase=user" }
`

describe('a release that is said in the session that the check-in of the extension meets', () => {
  test('is lost where the check-in comes first, and the page hangs', async () => {
    const file = write('lost', `${HOLD}    server: { release: user, session: this }`)
    const { broken, runs } = await explore(file)
    expect(runs).toBeGreaterThan(1)
    expect(broken?.failures).toEqual([expect.stringContaining('0x800705b4')])
    const [[choice, answer]] = Object.entries(broken!.job.order) as [[string, number]]
    const pinned = join(folder, 'pinned.yaml')
    const of = broken!.choices[Number(choice)]!.of
    writeFileSync(pinned, pinnedOrder(file, [{ choice: Number(choice), answer, of }]))
    const options = { seed: 2, transport: 'direct', checkSettings: true } as const
    expect((await runScenario(loadScenarios(file)[0]!, options)).passed).toBe(true)
    expect((await runScenario(loadScenarios(pinned)[0]!, options)).failures).toEqual(
      expect.arrayContaining([...broken!.failures]),
    )
    expect(() => pinnedOrder(pinned, [])).toThrow('pins an order already')
  })

  test('is not lost where a push says it when the session is over', async () => {
    const { broken, runs, traces } = await explore(
      write('pushed', `${HOLD}    later: 5m\n    server: { release: user, session: push }`),
    )
    expect(broken).toBeUndefined()
    expect([runs > 20, traces > 1]).toEqual([true, true])
  })
})

// All of ./User is 405 for a moment, until the user's context is up (oobe-autopilot-esp.md): the release comes at its end.
const CONTEXT = `  - when: { state: enrollmentStatus.running.settingUpAccount }
    refuse: { csp: "Replace ./User/*ServerHasFinishedProvisioning", status: 405 }
    for: 200ms
`

describe('a release of the user that comes when the context of the user comes up', () => {
  test('hangs the page in an order in which it is answered with 405', async () => {
    const file = write('answered-405', CONTEXT)
    expect((await runScenario(loadScenarios(file)[0]!, { seed: 2, transport: 'direct' })).passed).toBe(true)
    const { broken, runs } = await explore(file)
    expect(runs).toBeLessThan(40)
    expect(broken?.failures).toEqual([expect.stringContaining('0x800705b4')])
    const { spec, vault } = specOf(loadScenarios(file)[0]!, 2)
    const pinned = { spec: { ...spec, choices: broken!.job.order }, vault }
    const { journal } = await playSealed(pinned, { transport: 'direct' })
    const releases = journal.flatMap((entry) =>
      entry.kind === 'csp' && /^\.\/User\/.*ServerHasFinishedProvisioning$/.test(entry.uri) ? [entry.status] : [],
    )
    expect(releases).toEqual([405])
  })

  test('hangs in no order where the server says it again', async () => {
    const again =
      '  - when: { csp: "Replace ./User/*ServerHasFinishedProvisioning" }\n    later: 5m\n    server: { release: user, session: push }\n'
    const { broken, runs, traces } = await explore(write('said-again', CONTEXT + again), 40)
    expect(broken).toBeUndefined()
    expect([runs, traces > 1]).toEqual([expect.toSatisfy((count: number) => count > 20), true])
  })
})
