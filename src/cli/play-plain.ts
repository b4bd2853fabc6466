import { formatDuration } from '../domain/duration.ts'
import type { Target } from '../domain/target.ts'
import { AdjustablePace } from '../ports/pace.ts'
import { runScenario } from '../scenario/run-scenario.ts'
import type { Scenario } from '../scenario/scenario.ts'
import { outcomeText } from '../scenario/verdict.ts'
import { EXIT } from './exit-codes.ts'
import { exitOnSignals } from './exit-on-signals.ts'
import { openJournal } from './output-folder.ts'
import { plainLines } from './plain-lines.ts'
import { print } from './print.ts'
import { reportedKeys } from './reported-keys.ts'

export interface PlayOptions {
  seed: number
  speed: number
  target: Target | undefined
  out: string
}

/** Plays a scenario by itself and prints each page and the outcome. */
export async function playPlain(scenario: Scenario, { seed, speed, out, target }: PlayOptions): Promise<number> {
  const journal = openJournal(out, scenario.id)
  const release = exitOnSignals()
  const show = plainLines(print)
  print(`${scenario.title} — ${scenario.device.title}, ${scenario.tenant.name}, seed ${seed}`)
  try {
    const result = await runScenario(scenario, {
      seed,
      ...(target ? { target } : {}),
      keys: reportedKeys,
      pace: new AdjustablePace(speed),
      sink: (line) => {
        journal.write(line)
        show(line)
      },
    })
    print('')
    print(`outcome: ${outcomeText(result.outcome)}, after ${formatDuration(result.durationMs)} of device time`)
    for (const failure of result.failures) print(`  ${failure}`)
    return result.passed ? EXIT.pass : EXIT.scenarioFailed
  } finally {
    release()
    journal.close()
  }
}
