import { describe, expect, test } from 'vitest'
import { fromCallback } from 'xstate'
import { accountSetupMachine } from '../../../machines/enrollment-status/account-setup.ts'
import { deviceSetupMachine } from '../../../machines/enrollment-status/device-setup.ts'
import type { OverdueEvent } from '../../../machines/enrollment-status/provider-limit.ts'
import type { ProgressEvent } from '../../../machines/enrollment-status/setup-category.ts'
import type { EspCategoryId, EspProgress } from '../../../src/domain/esp.ts'
import { aProgress, progressAt } from '../samples.ts'
import { type Moves, outcomeOf, play, stateOf } from '../scene.ts'

const STEPS = ['securityPolicies', 'certificates', 'networkConnections', 'apps'] as const
const CATEGORIES = { deviceSetup: deviceSetupMachine, accountSetup: accountSetupMachine }
const told = (progress: EspProgress): ProgressEvent => ({ type: 'progress.changed', progress })

/** A category whose tree says nothing unless the test does. */
async function start(id: keyof typeof CATEGORIES, ...moves: Moves<typeof deviceSetupMachine>) {
  const watched: EspCategoryId[] = []
  const watchProgress = fromCallback<OverdueEvent, EspCategoryId>(({ input }) => {
    watched.push(input)
  })
  // The two have the same events, and the device's outcomes include the account's.
  const machine = CATEGORIES[id].provide({ actors: { watchProgress } }) as typeof deviceSetupMachine
  return { ...(await play(machine, undefined, ...moves)), watched }
}

describe.each(Object.keys(CATEGORIES) as (keyof typeof CATEGORIES)[])('%s', (id) => {
  test('watches its own category, and shows that it looks for its steps', async () => {
    const scene = await start(id)
    expect({ state: stateOf(scene), watched: scene.watched }).toEqual({ state: 'identifying', watched: [id] })
  })

  test.each(STEPS)('is at %s when the tree is', async (step) => {
    expect(stateOf(await start(id, told(progressAt(id, step))))).toBe(step)
  })

  test.each(STEPS.flatMap((from) => STEPS.map((to) => [from, to] as const)))('goes from %s to %s', async (from, to) => {
    expect(stateOf(await start(id, told(progressAt(id, from)), told(progressAt(id, to))))).toBe(to)
  })

  test('waits when every step is done and the category is not', async () => {
    expect(stateOf(await start(id, told(progressAt(id, 'apps')), told(aProgress(id, { steps: [] }))))).toBe(
      'identifying',
    )
  })

  test.each(['identifying', ...STEPS] as const)('ends from %s', async (step) => {
    const at = step === 'identifying' ? aProgress(id, { steps: [] }) : progressAt(id, step)
    const success = aProgress(id, { state: 'succeeded' })
    const failure = aProgress(id, { state: 'failed', code: '0x87d1041c', needsRestart: true })
    expect(outcomeOf(await start(id, told(at), told(success)))).toMatchObject({ kind: 'succeeded', progress: success })
    expect(outcomeOf(await start(id, told(at), told(failure)))).toMatchObject({
      kind: 'failed',
      progress: failure,
      code: '0x87d1041c',
    })
  })

  test('a failure without a code has the unspecified one', async () => {
    const failure = aProgress(id, { state: 'failed' })
    expect(outcomeOf(await start(id, told(failure)))).toMatchObject({ code: '0x80004005' })
  })

  test('has no own time limit', async () => {
    expect(stateOf(await start(id, told(progressAt(id, 'apps')), 86_400_000))).toBe('apps')
  })
})

describe('a restart that policies want', () => {
  const wanting = (id: EspCategoryId) => aProgress(id, { state: 'succeeded', needsRestart: true })

  test.each(['identifying', ...STEPS] as const)('is on the page before it happens, from %s', async (step) => {
    const at = step === 'identifying' ? aProgress('deviceSetup', { steps: [] }) : progressAt('deviceSetup', step)
    const scene = await start('deviceSetup', told(at), told(wanting('deviceSetup')), 9_999)
    expect(stateOf(scene)).toBe('restartPending')
  })

  test('happens at the end of the device setup', async () => {
    const scene = await start('deviceSetup', told(wanting('deviceSetup')), 10_000)
    expect(outcomeOf(scene)).toMatchObject({ kind: 'restart', progress: wanting('deviceSetup') })
  })

  test('does not happen while a step is under way', async () => {
    const busy = progressAt('deviceSetup', 'apps', { needsRestart: true })
    expect(stateOf(await start('deviceSetup', told(busy), 86_400_000))).toBe('apps')
  })

  test('is not supported in the account setup', async () => {
    const progress = wanting('accountSetup')
    expect(outcomeOf(await start('accountSetup', told(progress)))).toMatchObject({ kind: 'succeeded', progress })
  })
})
