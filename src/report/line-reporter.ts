import type { WriteLine } from './line.ts'
import type { Reporter } from './reporter.ts'
import { SumUp } from './sum-up.ts'

/** Nothing for a scenario that passes: what failed, and the counts. On a terminal the progress is below. */
export function lineReporter(write: WriteLine): Reporter {
  const sumUp = new SumUp()
  return {
    onFinished: (one) => sumUp.add(one),
    onNotPlayed: () => sumUp.addNotPlayed(),
    onEnd(end) {
      for (const line of sumUp.lines(end, true)) write(line)
    },
  }
}
