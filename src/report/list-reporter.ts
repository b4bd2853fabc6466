import { formatDuration } from '../domain/duration.ts'
import { requestsText } from '../journal/outcome.ts'
import type { Line, Part, WriteLine } from './line.ts'
import { type Finished, isFlaky, isKnown, isNegative, type Reporter } from './reporter.ts'
import { SumUp, whyLines } from './sum-up.ts'

/** One line for each scenario, what failed below it; at the end all failures once more, and the counts. */
export function listReporter(write: WriteLine): Reporter {
  const sumUp = new SumUp()
  return {
    onFinished(one) {
      sumUp.add(one)
      for (const line of linesOf(one)) write(line)
    },
    onNotPlayed({ id, todo }) {
      sumUp.addNotPlayed()
      write([['warn', '- '], id, ['quiet', todo === undefined ? '  not played' : `  to do: ${todo}`]])
    },
    onEnd(end) {
      for (const line of sumUp.lines(end)) write(line)
    },
  }
}

function linesOf(one: Finished): Line[] {
  if (one.broken) return [[['fail', '! '], one.id], ...whyLines(one)]
  return [headOf(one), ...whyLines(one), ...knownLines(one)]
}

/** Why a known issue fails, and what did not hold. */
const knownLines = ({ knownIssue, knownFailures }: Finished): Line[] =>
  knownFailures
    ? [
        ['    ', ['warn', `known issue: ${knownIssue}`]],
        ...knownFailures.map((text): Line => ['    ', ['quiet', text]]),
      ]
    : []

/** A scenario that is to fail reads as passed: how it ended is a detail. */
export function headOf(one: Finished): Line {
  const { id, passed, outcome, deviceMs, seed, service, retries = 0 } = one
  const asked = requestsText(service)
  const end: Part = isKnown(one)
    ? ['quiet', outcome?.text ?? '']
    : isNegative(one)
      ? ['quiet', `as expected: ${outcome!.text}`]
      : passed
        ? (outcome?.text ?? '')
        : ['fail', outcome?.text ?? '']
  return [
    isKnown(one) ? ['warn', '~ '] : passed ? ['pass', '✓ '] : ['fail', '✗ '],
    id,
    '  ',
    end,
    ['quiet', `  [${formatDuration(deviceMs)}, seed ${seed}${asked ? `, ${asked}` : ''}]`],
    ...(isFlaky(one) ? [['warn', `  flaky: passed in play ${retries + 1}`] as const] : []),
  ]
}
