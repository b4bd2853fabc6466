import { expect, test } from 'vitest'
import { loadDevice } from '../../src/library/first-boot.ts'
import { runScenario } from '../../src/library/run-scenario.ts'
import { serve } from '../../src/library/serve.ts'
import type { ScenarioWords } from '../../src/scenario/scenario-words.ts'
import '../../src/library/vitest.ts'

const WORDS: ScenarioWords = {
  title: 'As an object',
  device: 'surface-laptop-se',
  tenant: 'contoso-school',
  network: 'school-wifi',
  person: 'alice',
  expect: { outcome: 'desktop', never: ['enrollmentStatusFailure'] },
}
const direct = { transport: 'direct' } as const

test('plays a scenario by its name, and as an object', async () => {
  const named = await runScenario('surface-wifi-happy-path', direct)
  expect(named).toMatchObject({ name: 'surface-wifi-happy-path', passed: true, failures: [], seed: 1 })
  const written = await runScenario(WORDS, { ...direct, seed: 4 })
  expect(written).toMatchObject({ passed: true, failures: [], seed: 4 })
  expect(written).toEnd('desktop')
  await expect(written).toBeReplayable()
})

test('resolves where a scenario does not pass, with what was missed', async () => {
  const run = await runScenario(
    { ...WORDS, expect: { outcome: 'kiosk', boots: 9, reach: ['deviceSetup.apps'] } },
    direct,
  )
  expect(run.passed).toBe(false)
  expect(run.failures).toEqual([
    expect.stringMatching(/^expected the outcome kiosk, got desktop /),
    'expected 9 starts, got 3',
  ])
})

test('asks for the case of a matrix', async () => {
  const matrix = { ...WORDS, matrix: { device: ['surface-laptop-se', 'asus-br1100fka'] } }
  const { device: _, ...bare } = matrix
  await expect(runScenario(bare, direct)).rejects.toMatchObject({
    code: 'ERR_NO_CASE',
    message: 'runScenario has 2 cases: name one',
    details: [expect.stringContaining('runScenario-asus-br1100fka')],
  })
  await expect(runScenario(bare, { ...direct, case: 'asus' })).rejects.toMatchObject({ code: 'ERR_NO_CASE' })
  const run = await runScenario(bare, { ...direct, case: 'runScenario-surface-laptop-se' })
  expect(run).toMatchObject({ name: 'runScenario-surface-laptop-se', passed: true })
})

test.each<[string, () => Promise<unknown>, string, RegExp]>([
  [
    'an unknown scenario',
    () => runScenario('surface-wifi-happy-pat'),
    'ERR_NOT_FOUND',
    /^there is no scenario "surface-wifi-happy-pat"$/,
  ],
  [
    'an unknown key',
    () => runScenario({ ...WORDS, expekt: 1 } as never),
    'ERR_FILE_INVALID',
    /^runScenario:\d+:\d+: expekt: unknown key "expekt"\. Did you mean "expect"\?$/,
  ],
  [
    'an unknown state',
    () => runScenario({ ...WORDS, expect: { outcome: 'desktop', reach: ['deviceSetup.appz' as never] } }),
    'ERR_UNKNOWN_NAME',
    /^runScenario:\d+:\d+: there is no page or state "deviceSetup\.appz"$/,
  ],
  ['an unknown device', () => loadDevice('surface-laptop'), 'ERR_NOT_FOUND', /^there is no device/],
])('rejects %s', async (_, play, code, message) => {
  await expect(play()).rejects.toMatchObject({ name: 'UserError', code, message: expect.stringMatching(message) })
})

test('refuses an unknown tenant before it listens', async () => {
  await expect(serve({ tenant: 'contoso' })).rejects.toMatchObject({ code: 'ERR_NOT_FOUND' })
})
