import { describe, expect, test } from 'vitest'
import type { JournalEntry } from '../../src/domain/journal.ts'
import { namesOf } from '../../src/scenario/library.ts'
import { runScenario } from '../../src/scenario/run-scenario.ts'
import { loadScenarios } from '../../src/scenario/scenario.ts'

/** A start of the device, or another person at it, begins the page anew. */
const beginsAnew = (entry: JournalEntry): boolean =>
  entry.kind === 'power' || (entry.kind === 'screen' && 'screen' in entry && entry.screen.page === 'nextSignIn')

/** Steps back of the bar, as `time: from to`. */
function stepsBack(journal: readonly JournalEntry[]): string[] {
  const found: string[] = []
  let reached = 0
  for (const entry of journal) {
    if (beginsAnew(entry)) reached = 0
    if (entry.kind !== 'screen' || !('screen' in entry)) continue
    const fraction = entry.screen.progress?.categories && entry.screen.progress.fraction
    if (fraction === undefined) continue
    if (fraction < reached - 1e-9) found.push(`${entry.at}: ${reached} ${fraction}`)
    reached = Math.max(reached, fraction)
  }
  return found
}

describe('the bar of the Enrollment Status Page', () => {
  const scenarios = namesOf('scenario').flatMap(loadScenarios)

  test.each(scenarios.map((scenario) => [scenario.id, scenario] as const))(
    'never goes back in %s',
    async (_, scenario) => {
      const { journal } = await runScenario(scenario, { seed: scenario.seed ?? 1, transport: 'direct' })
      expect(stepsBack(journal)).toEqual([])
    },
  )

  test('gets to its end in account setup', async () => {
    const [scenario] = loadScenarios('surface-wifi-happy-path')
    const { journal } = await runScenario(scenario!, { seed: 1, transport: 'direct' })
    const shown = journal.flatMap((entry) =>
      entry.kind === 'screen' && 'screen' in entry && entry.screen.page === 'enrollmentStatus'
        ? [entry.screen.progress?.fraction ?? 0]
        : [],
    )
    expect([shown[0]! < 1 / 3, shown.at(-1)]).toEqual([true, 1])
  })
})
