import { formatDuration } from '../domain/duration.ts'
import { outcomeText } from '../scenario/verdict.ts'
import { type Finished, isPassed, type Reporter } from './reporter.ts'

/** One line for each scenario, what failed below it, and the counts at the end. */
export function listReporter(write: (line: string) => void): Reporter {
  const finished: Finished[] = []
  return {
    onFinished(one) {
      finished.push(one)
      for (const line of linesOf(one)) write(line)
    },
    onEnd() {
      const failed = finished.filter((one) => !isPassed(one))
      const realMs = finished.reduce((sum, { realMs: ms }) => sum + ms, 0)
      const virtualMs = finished.reduce((sum, one) => sum + ('result' in one ? one.result.durationMs : 0), 0)
      write('')
      write(
        `${finished.length - failed.length} passed, ${failed.length} failed (${formatDuration(virtualMs)} of device time in ${(realMs / 1000).toFixed(1)} s)`,
      )
    },
  }
}

function linesOf(one: Finished): string[] {
  if ('error' in one) return [`! ${one.id}`, `    ${one.error.code}: ${one.error.message}`]
  const { result } = one
  const head = `${result.passed ? '✓' : '✗'} ${one.id}  ${outcomeText(result.outcome)}  [${formatDuration(result.durationMs)}, seed ${result.seed}]`
  return [head, ...result.failures.map((failure) => `    ${failure}`)]
}
