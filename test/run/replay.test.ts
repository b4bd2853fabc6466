import { expect, test } from 'vitest'
import { namesOf } from '../../src/scenario/library.ts'
import { loadScenarios } from '../../src/scenario/scenario.ts'
import { specOf } from '../../src/scenario/spec-of.ts'
import { entriesOf, recordOf, replayOf, sealedScenario } from './recorded.ts'

const scenarios = namesOf('scenario').flatMap(loadScenarios)

test.each(scenarios.map((scenario) => [scenario.id, scenario] as const))(
  '%s is played again from its journal and its vault, byte by byte',
  async (_, scenario) => {
    const record = await recordOf(specOf(scenario, scenario.seed ?? 1))
    expect(await replayOf(record)).toBe(record.text)
  },
)

test('a fork at any input is the run up to there, byte by byte', async () => {
  const record = await recordOf(sealedScenario('wrong-password'))
  const inputs = entriesOf(record.text).filter((entry) => entry.kind === 'stimulus')
  expect(inputs.length).toBeGreaterThan(6)
  const lines = record.text.split('\n')
  for (const { seq } of inputs) {
    const forked = await replayOf(record, { point: { seq }, by: 'fork', stimuli: [() => ({ kind: 'stop' })] })
    const all = forked.split('\n')
    const at = all.findIndex((line) => line.includes('"by":"fork"'))
    expect(at).toBeGreaterThan(seq)
    expect(all.slice(0, at)).toEqual(lines.slice(0, at))
    expect(all.at(-3)).toContain('"outcome":{"kind":"stopped"}')
  }
})

test('a fork at a moment of device time happens at that moment, and can be played again itself', async () => {
  const record = await recordOf(sealedScenario('surface-wifi-happy-path'))
  const stimuli = [() => ({ kind: 'radio', position: 'off' }) as const, () => ({ kind: 'power' }) as const]
  const text = await replayOf(record, { point: { atMs: 400_001 }, by: 'fork', stimuli })
  const forked = entriesOf(text).filter((entry) => entry.kind === 'stimulus' && entry.by === 'fork')
  expect(forked.map((entry) => [entry.at, entry.kind === 'stimulus' && entry.stimulus.kind])).toEqual([
    [400_001, 'radio'],
    [400_001, 'power'],
  ])
  expect(text).not.toBe(record.text)
  expect(await replayOf({ text, vault: record.vault })).toBe(text)
})

test('another seed is another record, and each is played again as itself', async () => {
  const [one, two] = await Promise.all([1, 2].map((seed) => recordOf(sealedScenario('second-user', seed))))
  expect(one!.text).not.toBe(two!.text)
  expect(await replayOf(two!)).toBe(two!.text)
})
