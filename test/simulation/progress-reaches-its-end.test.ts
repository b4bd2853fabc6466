import { expect, test } from 'vitest'
import { runScenario } from '../../src/scenario/run-scenario.ts'
import { loadScenarios } from '../../src/scenario/scenario.ts'

// That it never goes back is an invariant of every run: src/run/invariants/progress-forward.ts.
test('the bar of the Enrollment Status Page gets to its end in account setup', async () => {
  const [scenario] = loadScenarios('surface-wifi-happy-path')
  const { journal } = await runScenario(scenario!, { seed: 1, transport: 'direct' })
  const shown = journal.flatMap((entry) =>
    entry.kind === 'screen' && 'screen' in entry && entry.screen.page === 'enrollmentStatus'
      ? [entry.screen.progress?.fraction ?? 0]
      : [],
  )
  expect([shown[0]! < 1 / 3, shown.at(-1)]).toEqual([true, 1])
})
