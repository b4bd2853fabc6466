import { formatDuration } from '../domain/duration.ts'
import { requestsText } from '../journal/outcome.ts'
import type { Line, Part, WriteLine } from './line.ts'
import { type Finished, isFlaky, isNegative, type Reporter } from './reporter.ts'
import { SumUp, whyLines } from './sum-up.ts'

/** One line for each scenario, what failed below it; at the end all failures once more, and the counts. */
export function listReporter(write: WriteLine): Reporter {
  const sumUp = new SumUp()
  return {
    onFinished(one) {
      sumUp.add(one)
      for (const line of linesOf(one)) write(line)
    },
    onNotPlayed({ id }) {
      sumUp.addNotPlayed()
      write([['warn', '- '], id, ['quiet', '  not played']])
    },
    onEnd(end) {
      for (const line of sumUp.lines(end)) write(line)
    },
  }
}

function linesOf(one: Finished): Line[] {
  if (one.broken) return [[['fail', '! '], one.id], ...whyLines(one)]
  return [headOf(one), ...whyLines(one)]
}

/** A scenario that is to fail reads as passed: how it ended is a detail. */
export function headOf(one: Finished): Line {
  const { id, passed, outcome, deviceMs, seed, service, retries = 0 } = one
  const asked = requestsText(service)
  const end: Part = isNegative(one)
    ? ['quiet', `as expected: ${outcome!.text}`]
    : passed
      ? (outcome?.text ?? '')
      : ['fail', outcome?.text ?? '']
  return [
    passed ? ['pass', '✓ '] : ['fail', '✗ '],
    id,
    '  ',
    end,
    ['quiet', `  [${formatDuration(deviceMs)}, seed ${seed}${asked ? `, ${asked}` : ''}]`],
    ...(isFlaky(one) ? [['warn', `  flaky: passed in play ${retries + 1}`] as const] : []),
  ]
}
