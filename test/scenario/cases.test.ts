import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { placeOf } from '../../src/run/run-spec.ts'
import { runScenario } from '../../src/scenario/run-scenario.ts'
import { loadScenarios } from '../../src/scenario/scenario.ts'
import { specOf } from '../../src/scenario/spec-of.ts'

const folder = mkdtempSync(join(tmpdir(), 'oobe-test-'))
afterAll(() => rmSync(folder, { recursive: true }))

function saved(name: string, text: string): string {
  const path = join(folder, `${name}.yaml`)
  writeFileSync(path, text)
  return path
}

const STORY = `title: A story
device: surface-laptop-se
tenant: contoso-school
network: school-wifi
person: alice
expect: { outcome: desktop }
`

const matrix = (lines: string) => loadScenarios(saved('story', `${STORY}matrix:\n${lines}`))

test('a matrix is over any fact: of a file that is used by name, of the scenario, and of what is expected', () => {
  const cases = matrix(`  network.latency: [20ms, 300ms]
  device.tpm.kind: [firmware, discrete]
  clockSkew: [0s, -2m]
  expect.within: [40m]
`)
  expect(cases.map(({ id }) => id)).toEqual(
    ['20ms', '300ms'].flatMap((latency) =>
      ['firmware', 'discrete'].flatMap((kind) =>
        ['0s', '-2m'].map((skew) => `story-latency-${latency}-kind-${kind}-clockSkew-${skew}`),
      ),
    ),
  )
  const last = cases.at(-1)!
  expect(last.environment.latencyMs).toBe(300)
  expect(last.device.tpm?.kind).toBe('discrete')
  expect(last.clockSkewMs).toBe(-120_000)
  expect(last.expect?.within).toBe(2_400_000)
  expect(cases[0]!.environment.latencyMs).toBe(20)
  expect(new Set(cases.map((one) => JSON.stringify(one.variant))).size).toBe(8)
})

test('a fact of a matrix is written where the matrix says it, and is no setting that needs an effect', () => {
  const [usual] = matrix('  clockSkew: [0s, 5m]\n')
  expect(usual!.varied).toEqual(['clockSkewMs'])
  const { places, varied } = specOf(usual!, 1).spec
  expect(varied).toEqual(['clockSkewMs'])
  expect(placeOf(places, 'clockSkewMs')).toMatch(/story\.yaml:8$/)
})

test('devices and persons of a matrix keep what the scenario changes of them, and give the case its name', () => {
  const cases = loadScenarios(
    saved(
      'story',
      `${STORY.replace('person: alice', 'person: { use: alice, with: { region: Canada } }')}matrix:
  person: [alice, ben]
  device: [surface-laptop-se, hp-fortis-11-g9]
`,
    ),
  )
  expect(cases.map(({ id }) => id)).toEqual([
    'story-surface-laptop-se-alice',
    'story-surface-laptop-se-ben',
    'story-hp-fortis-11-g9-alice',
    'story-hp-fortis-11-g9-ben',
  ])
  expect(cases.every(({ person }) => person.region === 'Canada')).toBe(true)
  expect(new Set(cases.map(({ person }) => JSON.stringify(person.signIn))).size).toBe(2)
})

test('exclude takes cases out; include adds facts to cases, and a case of its own where none is meant', () => {
  const cases = matrix(`  person: [alice, ben]
  network.latency: [20ms, 300ms]
  exclude: [{ person: ben, network.latency: 300ms }]
  include:
    - { person: ben, expect.within: 2h }
    - { person: carla, expect.outcome: failed }
`)
  expect(cases.map(({ id }) => id)).toEqual([
    'story-alice-latency-20ms',
    'story-alice-latency-300ms',
    'story-ben-latency-20ms',
    'story-carla-outcome-failed',
  ])
  expect(cases.map((one) => one.expect?.within)).toEqual([undefined, undefined, 7_200_000, undefined])
  expect(cases.at(-1)!.expect?.outcome).toBe('failed')
})

test.each<[what: string, lines: string, message: RegExp]>([
  ['a value that does not fit', '  network.latency: [20ms, fast]\n', /story\.yaml:8:27: network\.with: latency: /],
  [
    'a fact that is not there',
    '  netwrk: [a]\n',
    /story\.yaml:8:\d+: netwrk: unknown key "netwrk"\. Did you mean "network"\?/,
  ],
  [
    'a device that is not there',
    '  device: [surface-laptop-s]\n',
    /story\.yaml:8:12: there is no device "surface-laptop-s"/,
  ],
  ['no value', '  clockSkew: []\n', /story\.yaml:8:14: matrix\.clockSkew: must name at least one/],
  [
    'exclude of no case',
    '  person: [alice]\n  exclude: [{ person: ben }]\n',
    /story\.yaml:9:13: matrix\.exclude\.0 names no case/,
  ],
  [
    'exclude of no list',
    '  person: [alice]\n  exclude: [{ persn: alice }]\n',
    /story\.yaml:9:15: matrix\.exclude\.0\.persn "persn" is in no list/,
  ],
  ['all excluded', '  person: [alice]\n  exclude: [{ person: alice }]\n', /story\.yaml:7:1: matrix leaves no case/],
  ['a value of include', '  include: [{ expect.within: soon }]\n', /story\.yaml:8:30: expect\.within: /],
])('a matrix with %s is refused, with its place', (_, lines, message) => {
  expect(() => matrix(lines)).toThrow(message)
})

test('a matrix of more than a thousand cases is a mistake', () => {
  const list = (name: string) => `  ${name}: [${Array.from({ length: 40 }, (_, index) => `${index}m`).join(', ')}]\n`
  expect(() => matrix(list('clockSkew') + list('expect.within'))).toThrow(/matrix has 1600 cases: at most 1000/)
})

const extending = (lines: string) => {
  saved('base', `${STORY}tags: [nightly]\nclockSkew: 1m\n`)
  return loadScenarios(saved('own', `extends: ${join(folder, 'base.yaml')}\n${lines}`))
}

test('a scenario extends another one: objects merge, values and lists are replaced, null takes a fact away', () => {
  const [one] = extending(`title: Its own
network: { with: { downloadMbps: 3 } }
tags: [slow]
clockSkew: null
expect: { within: 3h }
`)
  expect(one).toMatchObject({ id: 'own', title: 'Its own', tags: ['slow'], clockSkewMs: 0 })
  expect(one!.environment.downloadMbps).toBe(3)
  expect(one!.environment.wifi.length).toBeGreaterThan(0)
  expect(one!.expect).toMatchObject({ outcome: 'desktop', within: 10_800_000 })
})

test('what is inherited is for more than this story; what the file states is its own', () => {
  const { places } = specOf(extending('expect.within: 3h\n')[0]!, 1).spec
  expect(placeOf(places, 'clockSkewMs')).toMatch(/base\.yaml:8$/)
  expect(placeOf(places, 'expect.outcome')).toMatch(/base\.yaml:6$/)
  expect(placeOf(places, 'expect.within')).toMatch(/own\.yaml:2$/)
  expect(Object.keys(places)[0]).toMatch(/own\.yaml$/)
})

test('facts that are written out take the place of a file by its name, and the other way round', () => {
  const [written] = extending('network: { ethernet: true }\nperson: { use: ben, with: { region: Canada } }\n')
  expect(written!.environment.wifi).toEqual([])
  expect(written!.person.region).toBe('Canada')
})

test.each<[what: string, lines: string, message: RegExp]>([
  ['a key that is not there', 'titel: x\n', /own\.yaml:2:1: titel: unknown key "titel"\. Did you mean "title"\?/],
  ['a fact to take away that is not there', 'seed: null\n', /own\.yaml:2:1: there is no "seed" to take away/],
  ['a value that does not fit', 'clockSkew: soon\n', /own\.yaml:2:12: clockSkew: /],
])('an extending scenario with %s is refused, with its place', (_, lines, message) => {
  expect(() => extending(lines)).toThrow(message)
})

test('one level: what is extended extends nothing', () => {
  saved('base', `extends: surface-wifi-happy-path\n`)
  const own = saved('own', `extends: ${join(folder, 'base.yaml')}\n`)
  expect(() => loadScenarios(own)).toThrow(/own\.yaml:1:10: .*base\.yaml extends a scenario itself/)
  expect(() => loadScenarios(saved('own', 'extends: surface-wifi-hapy-path\n'))).toThrow(
    /own\.yaml:1:10: there is no scenario/,
  )
})

test('what is extended has to be a scenario by itself', () => {
  saved('base', STORY.replace('title: A story\n', ''))
  const own = saved('own', `extends: ${join(folder, 'base.yaml')}\ntitle: x\n`)
  expect(() => loadScenarios(own)).toThrow(/base\.yaml:1:1: title is missing/)
})

test('an extending scenario runs, and its inherited events are its own', async () => {
  const [one] = loadScenarios(saved('own', 'extends: cable-pulled-during-esp\ntitle: With another seed\nseed: 5\n'))
  const { failures, seed } = await runScenario(one!, { seed: one!.seed!, transport: 'direct', checkSettings: true })
  expect([failures, seed]).toEqual([[], 5])
})
