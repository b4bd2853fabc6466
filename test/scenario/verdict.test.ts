import { expect, test } from 'vitest'
import type { JournalEntry, Outcome } from '../../src/domain/journal.ts'
import { outcomeText } from '../../src/journal/outcome.ts'
import { missingInOrder } from '../../src/journal/pages.ts'
import { override, unwritten } from '../../src/scenario/override.ts'
import { runScenario } from '../../src/scenario/run-scenario.ts'
import { loadScenarios, type Scenario } from '../../src/scenario/scenario.ts'
import { ScriptedPerson } from '../../src/scenario/scripted-person.ts'
import { judge } from '../../src/scenario/verdict.ts'

const desktop: Outcome = { kind: 'desktop', account: 'standard', managed: true, autopilot: true }
const result = (outcome: Outcome) => ({
  outcome,
  journal: [],
  durationMs: 60_000,
  seed: 1,
  effective: new Set<never>(),
  refusals: new Map<never, string>(),
})
const nothing = { outcome: 'desktop', pages: [], never: [], csp: [] } as const

test.each([
  ['the outcome', { ...nothing, outcome: 'failed' }, /expected the outcome failed, got desktop/],
  ['the code', { ...nothing, code: '0x1' }, /expected the code 0x1, got none/],
  ['the cause', { ...nothing, cause: 'no licence' }, /^expected the cause "no licence", found none$/],
  ['the time', { ...nothing, within: 30_000 }, /expected it within 30\.0s, took 1:00/],
  ['the pages', { ...nothing, pages: ['region'] }, /region is missing/],
  ['the account', { ...nothing, account: 'administrator' }, /expected account administrator, got standard/],
  ['the starts', { ...nothing, boots: 2 }, /expected 2 starts, got 0/],
])('says what of %s did not hold', (_, expected, message) => {
  const failures = judge(expected as unknown as NonNullable<Scenario['expect']>, result(desktop))
  expect(failures).toEqual([expect.stringMatching(message)])
})

const written: JournalEntry = {
  at: 0,
  seq: 0,
  kind: 'csp',
  by: 'server',
  command: 'Add',
  uri: './User/Vendor/MSFT/DMClient/Provider/S',
  status: 405,
}
const add = { command: 'Add', uri: '/DMClient/Provider/S', status: 405 } as const

test.each([
  ['is there', add, []],
  [
    'was another',
    { ...add, command: 'Replace' },
    [`expected that a server's Replace of /DMClient/Provider/S is answered with 405; nearest: "Add ${written.uri}"`],
  ],
  [
    'was of another node',
    { ...add, uri: '/Provider/T' },
    [`expected that a server's Add of /Provider/T is answered with 405; nearest: "Add ${written.uri}"`],
  ],
  [
    'was answered otherwise',
    { ...add, status: 200 },
    ["expected that a server's Add of /DMClient/Provider/S is answered with 200, got 405"],
  ],
] as const)('a command that %s', (_, expected, failures) => {
  const run = { ...result(desktop), journal: [written] }
  expect(judge({ ...nothing, pages: [], never: [], csp: [expected] }, run)).toEqual(failures)
})

test('codes are compared without letter case', () => {
  const failed: Outcome = { kind: 'failed', page: 'deviceJoin', code: '0x801C0003', text: '' }
  expect(judge({ outcome: 'failed', code: '0x801c0003', pages: [], never: [], csp: [] }, result(failed))).toEqual([])
})

test('where nothing is expected, an end is a pass and anything else is said', () => {
  expect(judge(null, result(desktop))).toEqual([])
  const stuck: Outcome = { kind: 'stuck', state: 'network.choosing', waitingFor: 'x', since: 0 }
  expect(judge(null, result(stuck))).toEqual([outcomeText(stuck)])
})

test.each([
  [['a', 'b', 'c'], ['a', 'c'], undefined],
  [['a', 'b', 'a'], ['a', 'a'], undefined],
  [['a', 'b'], ['b', 'a'], 'a'],
  [['a'], ['a', 'a'], 'a'],
  [[], [], undefined],
])('in %j the order %j misses %s', (shown, wanted, missing) => {
  expect(missingInOrder<string>(shown, wanted)).toBe(missing)
})

const happy = () => loadScenarios('surface-wifi-happy-path')[0]!
const down = { kind: 'network', value: 'down' } as const

test('a fault that never happens fails the scenario: it tested nothing', async () => {
  const when = { kind: 'state', machine: 'tpmAttestation', state: 'failed' } as const
  const scenario = { ...happy(), events: [{ when, does: down, times: 1, from: 1 }] }
  const { failures, outcome } = await runScenario(scenario, { seed: 1, transport: 'direct' })
  expect(outcome.kind).toBe('desktop')
  expect(failures).toEqual(['events.0 (network down) never happened: nothing met its condition'])
})

test.each([
  ['deviceSetup', 'appz', /There are: .*deviceSetup\.apps/],
  ['deviceSettup', 'apps', /There are: .*deviceSetup/],
])('a fault on %s.%s is refused, with what there is', async (machine, state, hint) => {
  const scenario = {
    ...happy(),
    events: [{ when: { kind: 'state' as const, machine, state }, does: down, times: 1, from: 1 }],
  }
  await expect(runScenario(scenario, { seed: 1, transport: 'direct' })).rejects.toMatchObject({
    code: 'ERR_UNKNOWN_STATE',
    details: [expect.stringMatching(hint)],
  })
})

test('an answer that fits nothing on the page is named, with what is near', () => {
  const screen = {
    page: 'region',
    title: 'Region?',
    body: [],
    why: [],
    controls: [
      { id: 'region', kind: 'choice', label: '', options: [{ id: 'FR', label: 'France' }] },
      { id: 'yes', kind: 'button', label: 'Yes', event: 'user.accept', primary: true },
    ],
  } as const
  const person = new ScriptedPerson({ region: 'Frence' })
  const shown = structuredClone(screen) as unknown as Parameters<typeof person.explain>[0]
  expect(person.explain(shown)).toEqual({
    text: 'the answer "Frence" is nothing that the page region ("Region?") offers; did you mean "France"?',
    controls: ['region', 'yes'],
  })
  expect(new ScriptedPerson({}).explain(shown)).toBeUndefined()
})

test('facts are overridden one by one, lists and values whole, and null takes a fact away', () => {
  const facts = { a: { b: 1, c: [1, 2] }, d: 'x' }
  expect(override(facts, { a: { c: [3] }, d: null }, unwritten('file'))).toEqual({ a: { b: 1, c: [3] } })
  expect(facts).toEqual({ a: { b: 1, c: [1, 2] }, d: 'x' })
  expect(() => override({ tpm: {} }, { tpmm: null }, unwritten('file'))).toThrow(
    'file: there is no "tpmm" to take away',
  )
})
