import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import type { JournalEntry } from '../../src/domain/journal.ts'
import type { RunSpec } from '../../src/run/run-spec.ts'
import { placeOf } from '../../src/run/run-spec.ts'
import { runScenario } from '../../src/scenario/run-scenario.ts'
import { loadScenarios } from '../../src/scenario/scenario.ts'
import { type SealedRun, specOf } from '../../src/scenario/spec-of.ts'
import { entriesOf, recordOf, replayOf } from '../run/recorded.ts'

const folder = mkdtempSync(join(tmpdir(), 'oobe-test-'))
afterAll(() => rmSync(folder, { recursive: true }))

function scenarios(text: string) {
  const path = join(folder, 'story.yaml')
  writeFileSync(path, text)
  return loadScenarios(path)
}

const STORY = `title: A story
tenant: contoso-school
network: school-wifi
device: surface-laptop-se
`

const board = () => loadScenarios('board-of-another-laptop')

const lookup = (journal: readonly JournalEntry[]) =>
  journal.flatMap((entry) => (entry.kind === 'log' && entry.event === 'profileDownloaded' ? [entry] : []))

test('each device is a run of its own, and the school of the next one is as the one before it has left it', async () => {
  const [donor, receiver] = board()
  expect([donor!.id, receiver!.id]).toEqual(['board-of-another-laptop-donor', 'board-of-another-laptop-receiver'])
  const plays = { seed: 1, transport: 'direct' } as const
  const first = await runScenario(donor!, plays)
  const second = await runScenario(receiver!, plays)
  expect([first.failures, second.failures]).toEqual([[], []])
  expect([first.outcome, second.outcome]).toMatchObject([{ autopilot: false }, { autopilot: true }])
  // The same device in a school that knows nothing of the first one gets no profile.
  const alone = await runScenario({ ...receiver!, before: [], expect: null }, plays)
  expect(alone.outcome).not.toMatchObject({ autopilot: true })
  expect(lookup(alone.journal)).toEqual([])
})

test('the later run is a value: it is played again from its own journal and vault, byte by byte', async () => {
  const sealed = specOf(board()[1]!, 3)
  const record = await recordOf(sealed)
  expect(await replayOf(record)).toBe(record.text)
  expect(await recordOf(specOf(board()[1]!, 3))).toEqual(record)
  const text = JSON.stringify({ ...sealed.spec, places: {} })
  for (const [name, secret] of Object.entries(sealed.vault)) {
    expect(text).toContain(JSON.stringify(name))
    if (secret !== '') expect(text).not.toContain(`:${JSON.stringify(secret)}`)
  }
  expect(entriesOf(record.text)[0]).toMatchObject({ spec: { before: [{ scenario: 'board-of-another-laptop-donor' }] } })
})

test('a vault without a secret of an earlier device is refused', async () => {
  const sealed = specOf(board()[1]!, 1)
  const name = Object.keys(sealed.vault).find((one) => one.startsWith('before.0.'))!
  const { [name]: _, ...vault } = sealed.vault
  await expect(recordOf({ spec: sealed.spec, vault } as SealedRun)).rejects.toMatchObject({ code: 'ERR_VAULT' })
})

test('two devices of one seed have different ids, and the first is as if it were alone', async () => {
  const [first, second] = scenarios(`${STORY}devices:
  - { name: a, person: alice, expect: { outcome: desktop } }
  - { name: b, device: hp-fortis-11-g9, person: ben, expect: { outcome: desktop } }
`)
  const [one, other] = [await recordOf(specOf(first!, 1)), await recordOf(specOf(second!, 1))]
  const idsOf = (text: string) =>
    entriesOf(text).flatMap((entry) => (entry.kind === 'device' && entry.deviceId ? [entry.deviceId] : []))
  const [own, others] = [idsOf(one.text), idsOf(other.text)]
  expect(own.length).toBeGreaterThan(0)
  expect(others.length).toBeGreaterThan(0)
  expect(others.some((id) => own.includes(id))).toBe(false)
})

test('each device has its own person, events, network and expectations; what it leaves out is for all', () => {
  const [first, second] = scenarios(`${STORY}person: alice
clockSkew: 1m
devices:
  - { name: a, expect: { outcome: desktop } }
  - name: b
    later: 2h
    clockSkew: 5m
    network: { use: school-wifi, with: { latency: 90ms } }
    expect: { outcome: failed }
`)
  expect(first!.startsAt + 2 * 3_600_000).toBe(second!.startsAt)
  expect([first!.clockSkewMs, second!.clockSkewMs]).toEqual([60_000, 300_000])
  expect([first!.environment.latencyMs === 90, second!.environment.latencyMs]).toEqual([false, 90])
  expect(second!.person).toEqual(first!.person)
  const { places } = specOf(second!, 1).spec as RunSpec
  expect(placeOf(places, 'clockSkewMs')).toMatch(/story\.yaml:11$/)
  expect(placeOf(places, 'expect.outcome')).toMatch(/story\.yaml:13$/)
  expect(placeOf(places, 'person')).toMatch(/:5$/)
})

test('the same device twice is registered once, and joins as another one', async () => {
  const [, again] = scenarios(`${STORY}person: alice
devices:
  - { name: new, expect: { outcome: desktop } }
  - { name: after-reset, expect: { outcome: desktop, autopilot: true } }
`)
  const { failures } = await runScenario(again!, { seed: 1, transport: 'direct' })
  expect(failures).toEqual([])
})

test('a device that is switched on before the one before it is done is refused', async () => {
  const [, second] = scenarios(`${STORY}person: alice
devices:
  - { name: a, expect: { outcome: desktop } }
  - { name: b, later: 10m, expect: { outcome: desktop } }
`)
  await expect(runScenario(second!, { seed: 1, transport: 'direct' })).rejects.toMatchObject({
    code: 'ERR_DEVICES_OVERLAP',
    message: expect.stringContaining('story-b is switched on at 2026-09-07T08:10:00.000Z, and story-a was not done'),
  })
})

test.each<[what: string, lines: string, message: RegExp]>([
  [
    'expect for all',
    'expect: { outcome: desktop }\ndevices: [{ name: a, expect: { outcome: desktop } }]\n',
    /story\.yaml:5:\d+: expect: goes below devices/,
  ],
  [
    'events for all',
    'events: []\ndevices: [{ name: a, expect: { outcome: desktop } }]\n',
    /story\.yaml:5:\d+: events: goes below devices/,
  ],
  ['none', 'devices: []\n', /devices: must name at least one/],
  [
    'two of one name',
    'devices: [{ name: a, expect: { outcome: desktop } }, { name: a, expect: { outcome: desktop } }]\n',
    /two devices have the same name/,
  ],
  ['no expectation', 'devices: [{ name: a }]\n', /devices\.0\.expect is missing/],
  [
    'a wrong key',
    'devices: [{ name: a, persn: alice, expect: { outcome: desktop } }]\n',
    /devices\.0\.persn: unknown key "persn"\. Did you mean "person"\?/,
  ],
  [
    'a person that is not there',
    'devices: [{ name: a, person: alise, expect: { outcome: desktop } }]\n',
    /story\.yaml:5:30: there is no person "alise"/,
  ],
])('devices with %s are refused, with their place', (_, lines, message) => {
  expect(() => scenarios(STORY + lines)).toThrow(message)
})

test('a fact of one device is a setting of its own: without an effect it fails that device', async () => {
  const [first] = scenarios(`${STORY}devices:
  - name: a
    device: { use: surface-laptop-se, with: { behaviour: { skippedAppBlocks: true } } }
    person: alice
    expect: { outcome: desktop }
`)
  const { failures } = await runScenario(first!, { seed: 1, transport: 'direct', checkSettings: true })
  expect(failures.map((one) => one.replace(/\S*story/, 'story'))).toEqual([
    'device.with.behaviour.skippedAppBlocks had no effect: the run is the same without it. story.yaml:7:60',
  ])
})
