import { expect, test } from 'vitest'
import { LiveSession } from '../../src/cli/live-session.ts'
import { AdjustablePace } from '../../src/ports/pace.ts'
import { prepareSealed } from '../../src/scenario/run-scenario.ts'
import { ScriptedPerson } from '../../src/scenario/scripted-person.ts'
import { sealedScenario } from '../run/recorded.ts'

test.each([
  [undefined, []],
  ['ws://127.0.0.1:9', [{ label: 'Watched at', value: 'ws://127.0.0.1:9' }]],
])('a terminal shows where its run is watched: %s', async (address, shown) => {
  const sealed = sealedScenario('surface-wifi-happy-path')
  const { run, release } = await prepareSealed(sealed, { transport: 'direct' })
  const session = new LiveSession(run, new AdjustablePace(1), sealed.spec, () => new ScriptedPerson({}), address)
  expect(session.snapshot().identity.filter(({ label }) => label === 'Watched at')).toEqual(shown)
  release()
})
