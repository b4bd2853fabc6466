import type { Part, WriteLine } from './line.ts'
import { type Finished, isFlaky, isKnown, type Reporter } from './reporter.ts'
import { SumUp } from './sum-up.ts'

const IN_A_ROW = 80

/** A sign for each scenario: `·` passed, `x` failed, `!` could not be judged, `~` flaky or a known issue, `-` not played; then what failed, and the counts. */
export function dotReporter(write: WriteLine): Reporter {
  const sumUp = new SumUp()
  let count = 0
  const sign = (part: Part) => write([part], ++count % IN_A_ROW !== 0)
  return {
    onFinished(one) {
      sumUp.add(one)
      sign(signOf(one))
    },
    onNotPlayed() {
      sumUp.addNotPlayed()
      sign(['warn', '-'])
    },
    onEnd(end) {
      if (count % IN_A_ROW !== 0) write('')
      for (const line of sumUp.lines(end, true)) write(line)
    },
  }
}

function signOf(one: Finished): Part {
  if (isFlaky(one) || isKnown(one)) return ['warn', '~']
  if (one.passed) return ['pass', '·']
  return ['fail', one.broken ? '!' : 'x']
}
