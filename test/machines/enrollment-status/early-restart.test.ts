import { expect, test } from 'vitest'
import { fromCallback } from 'xstate'
import { deviceSetupMachine } from '../../../machines/enrollment-status/device-setup.ts'
import type { OverdueEvent } from '../../../machines/enrollment-status/provider-limit.ts'
import type { ProgressEvent } from '../../../machines/enrollment-status/setup-category.ts'
import type { EspCategoryId, EspProgress } from '../../../src/domain/esp.ts'
import { aProgress, progressAt } from '../samples.ts'
import { type Moves, outcomeOf, play, stateOf } from '../scene.ts'

const told = (progress: EspProgress): ProgressEvent => ({ type: 'progress.changed', progress })
const start = (...moves: Moves<typeof deviceSetupMachine>) => {
  const watchProgress = fromCallback<OverdueEvent, EspCategoryId>(() => {})
  return play(deviceSetupMachine.provide({ actors: { watchProgress } }), undefined, ...moves)
}

test.each(['securityPolicies', 'apps'] as const)(
  'an app that needs it restarts the device at once, from %s [point 57]',
  async (at) => {
    const wanting = progressAt('deviceSetup', at, { needsRestart: true, restartsNow: true })
    expect(stateOf(await start(told(progressAt('deviceSetup', at)), told(wanting), 9_999))).toBe('restartPending')
    expect(outcomeOf(await start(told(wanting), 10_000))).toMatchObject({ kind: 'earlyRestart', progress: wanting })
  },
)

test('an app that can wait does not [point 57]', async () => {
  const soft = progressAt('deviceSetup', 'apps', { needsRestart: true })
  expect(stateOf(await start(told(soft), 86_400_000))).toBe('apps')
  const done = aProgress('deviceSetup', { state: 'succeeded', needsRestart: true })
  expect(outcomeOf(await start(told(soft), told(done), 10_000))).toMatchObject({ kind: 'restart', progress: done })
})
